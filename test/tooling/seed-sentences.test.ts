import { describe, expect, it } from 'vitest'
import { checkSeeds, type Unnamed } from '../../scripts/seeds/check-seeds.ts'
import { namedSentences } from '../../scripts/seeds/named-sentences.ts'
import { readNamedSentences, readSeedPages } from '../../scripts/seeds/read-seeds.ts'
import { readPage, type SeedPage, sentencesOf } from '../../scripts/seeds/sentences.ts'
import { NOT_HERE } from '../walkthroughs/not-here.ts'

describe('sentencesOf', () => {
  it.each<[string, string, readonly string[]]>([
    ['a line', 'Bake the bread', ['Bake the bread']],
    [
      'sentences of a line',
      'Knead it. Is it soft? Wait! Then bake.',
      ['Knead it.', 'Is it soft?', 'Wait!', 'Then bake.'],
    ],
    ['blank lines', 'Flour\n\n  \nWater', ['Flour', 'Water']],
    ['decoration', '📘\n948\n---\nFlour\n*', ['Flour']],
    ['bullets', '  • Flour\n  - Water\n* Salt', ['Flour', 'Water', 'Salt']],
    ['numbers of a list', '  1. Flour\n 12) Water', ['Flour', 'Water']],
    ['numbers of a text', '3 eggs\n2.5 cups', ['3 eggs', '2.5 cups']],
    [
      'quotations and brackets',
      'He said so. "Bake it." (Or not.) ‘Now.’',
      ['He said so.', '"Bake it." (Or not.) ‘Now.’'],
    ],
    [
      'points within a sentence',
      'Add salt, sugar, etc. to V1.0 of it, i.e. the dough',
      ['Add salt, sugar, etc. to V1.0 of it, i.e. the dough'],
    ],
    [
      'letters that count',
      'You can: a. Bake it now, and b. Eat it. (C. Or not)',
      ['You can: a. Bake it now, and b. Eat it.', '(C. Or not)'],
    ],
    ['abbreviations', 'Rye vs. Wheat explained', ['Rye vs. Wheat explained']],
    ['other alphabets', 'Éclair fini. Öl dazu.', ['Éclair fini.', 'Öl dazu.']],
    ['a text that ends without a full stop', 'First. Second', ['First.', 'Second']],
  ])('takes apart %s', (_, text, sentences) => {
    expect(sentencesOf(text)).toEqual(sentences)
  })

  it('gives a page the digits of its file', () => {
    expect(readPage('007_baking.txt', 'Bread\nSalt it. Bake it.')).toEqual({
      page: '007',
      sentences: ['Bread', 'Salt it.', 'Bake it.'],
    })
  })
})

describe('namedSentences', () => {
  const namesIn = (source: string) => namedSentences('a.test.ts', source).map(({ sentence }) => sentence)

  it.each([
    ['a step', `step('001.1', 'dough', () => {})`, ['001.1']],
    ['a step of several', `step(['001.1', "001.2"], 'dough', () => {})`, ['001.1', '001.2']],
    ['a modifier', `step.only('001.1', 'dough', () => {})`, ['001.1']],
    ['a step in a group', `describe('x', () => { step('001.1', 'dough') })`, ['001.1']],
    ['a skipped step', `step.skip('001.1', 'dough')`, []],
    ['a step to be written', `step.todo('001.1', 'dough')`, []],
    ['another call', `it('001.1', () => {}); chain.step.x('001.1')`, []],
    ['a comment', `// step('001.1', 'dough')`, []],
  ])('finds in %s what it names', (_, source, expected) => {
    expect(namesIn(source)).toEqual(expected)
  })

  it.each(['step(name, 1)', 'step([name], 1)', 'step([], 1)', 'step()', 'step("001." + n, 1)'])(
    'refuses %s, which it could not read',
    (source) => {
      expect(() => namesIn(`\n${source}`)).toThrow('a.test.ts:2')
    },
  )

  it('says where', () => {
    expect(namedSentences('a.test.ts', `\n\nstep('001.1', 'dough')`)).toEqual([
      { sentence: '001.1', file: 'a.test.ts', line: 3 },
    ])
  })
})

describe('checkSeeds', () => {
  const pages: readonly SeedPage[] = [
    { page: '001', sentences: ['Bread', 'Salt it.', 'Bake it.', 'Eat it.'] },
    { page: '002', sentences: ['Soup'] },
  ]
  const step = (sentence: string) => ({ sentence, file: 'a.test.ts', line: 3 })
  const HEADINGS: Unnamed = { reason: 'heading', sentences: ['001.1', '002.1'] }

  it('is content where every sentence is named or marked', () => {
    const { pages: reports, problems } = checkSeeds(
      pages,
      [step('001.2'), step('001.2')],
      [HEADINGS, { reason: 'later', sentences: ['001.3-4'] }],
    )
    expect(problems).toEqual([])
    expect(reports).toEqual([
      {
        page: '001',
        sentences: 4,
        named: 1,
        marked: new Map([
          ['heading', 1],
          ['later', 2],
        ]),
        open: [],
      },
      { page: '002', sentences: 1, named: 0, marked: new Map([['heading', 1]]), open: [] },
    ])
  })

  it.each<[string, readonly string[], readonly Unnamed[], readonly string[]]>([
    [
      'a sentence that nothing accounts for',
      ['001.2', '001.3'],
      [HEADINGS],
      ['001.4 is neither named by a step nor marked'],
    ],
    [
      'a step that names what does not exist',
      ['001.2', '001.3', '001.4', '001.5'],
      [HEADINGS],
      ['a.test.ts:3 names 001.5, which does not exist'],
    ],
    [
      'a mark for what does not exist',
      ['001.2', '001.3', '001.4'],
      [HEADINGS, { reason: 'talk', sentences: ['003.1'] }],
      ['003.1 is marked as talk and does not exist'],
    ],
    [
      'a sentence that is both named and marked',
      ['001.1', '001.2', '001.3', '001.4'],
      [HEADINGS],
      ['001.1 is marked as heading, and a.test.ts:3 names it'],
    ],
    [
      'a sentence that is marked twice',
      ['001.2', '001.3', '001.4'],
      [HEADINGS, { reason: 'talk', sentences: ['002.1'] }],
      ['002.1 is marked twice, as heading and talk'],
    ],
  ])('names %s', (_, named, unnamed, expected) => {
    expect(checkSeeds(pages, named.map(step), unnamed).problems).toEqual(expected)
  })

  it.each(['001.4-3', '001.3-3'])('refuses %s, which is no row', (row) => {
    expect(() => checkSeeds(pages, [], [{ reason: 'talk', sentences: [row] }])).toThrow(row)
  })
})

it('every sentence of the pages is named by a step of a walkthrough, or marked', ({ skip }) => {
  const pages = readSeedPages()
  if (pages === undefined) return skip('the pages of the rules are not on this machine')
  expect(checkSeeds(pages, readNamedSentences(), NOT_HERE).problems).toEqual([])
})
