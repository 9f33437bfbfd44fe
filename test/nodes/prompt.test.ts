import { describe, expect, it } from 'vitest'
import type { Environment, Template } from '../../src/expressions/index.ts'
import { isSource, linkPrompt, promptTemplates } from '../../src/nodes/index.ts'

const ENV: Environment = { vars: {}, contact: {}, trigger: {}, nodes: {}, session: {}, now: 0 }

/** Templates that say a fixed text, by language. */
function texts(byLanguage: { readonly [language: string]: string }): ReadonlyMap<string, Template> {
  return new Map(Object.entries(byLanguage).map(([language, text]) => [language, () => text]))
}

function shown(byLanguage: { readonly [language: string]: string }, language: string, fallback = 'en') {
  return linkPrompt({ text: texts(byLanguage) }, undefined, fallback).render(ENV, language)
}

describe('the language of a prompt', () => {
  it.each([
    [{ de: 'Hallo', en: 'Hello' }, 'de', 'Hallo'],
    [{ 'de-AT': 'Servus', de: 'Hallo', en: 'Hello' }, 'de-AT', 'Servus'],
    [{ de: 'Hallo', en: 'Hello' }, 'de-AT', 'Hallo'],
    [{ 'zh-Hant': '你好', en: 'Hello' }, 'zh-Hant-TW', '你好'],
    [{ de: 'Hallo', en: 'Hello' }, 'fr', 'Hello'],
    [{ de: 'Hallo', it: 'Ciao' }, 'fr', 'Hallo'],
    [{ de: 'Hallo', en: 'Hello' }, '', 'Hello'],
    [{ '': 'Any' }, 'fr', 'Any'],
  ])('of %j for %j is %j', (byLanguage, language, text) => {
    expect(shown(byLanguage, language)).toEqual({ text })
  })

  it('is chosen for each part by itself', () => {
    const prompt = linkPrompt(
      { text: texts({ '': 'Shown' }), speech: texts({ de: 'Gesagt', en: 'Said' }) },
      undefined,
      'en',
    )
    expect(prompt.render(ENV, 'de')).toEqual({ text: 'Shown', speech: 'Gesagt' })
    expect(prompt.render(ENV, 'fr')).toEqual({ text: 'Shown', speech: 'Said' })
  })
})

describe('linkPrompt', () => {
  it('renders all parts', () => {
    const parts = { text: texts({ '': 'a' }), speech: texts({ '': 'b' }), media: texts({ '': 'c' }) }
    expect(linkPrompt(parts, 'd', 'en').render(ENV, 'en')).toEqual({
      text: 'a',
      speech: 'b',
      media: 'c',
      audio: 'd',
    })
  })

  it('shows nothing where there is nothing to show', () => {
    expect(linkPrompt({}, 'hello', 'en').render(ENV, 'en')).toEqual({ text: '', audio: 'hello' })
    expect(linkPrompt({ speech: texts({ '': 'b' }) }, undefined, 'en').render(ENV, 'en')).toEqual({
      text: '',
      speech: 'b',
    })
  })

  it('gives back the fault of a template', () => {
    const fault = { fault: true, code: 'evaluation.type', message: 'No.' } as const
    const failing = new Map<string, Template>([['', () => fault]])
    expect(linkPrompt({ text: failing }, undefined, 'en').render(ENV, 'en')).toBe(fault)
    expect(linkPrompt({ text: texts({ '': 'a' }), media: failing }, undefined, 'en').render(ENV, 'en')).toBe(
      fault,
    )
  })
})

describe('promptTemplates', () => {
  const liquid = { language: 'liquid', source: 'x' }

  it.each<[unknown, unknown]>([
    ['a', [{ part: 'text', language: '', source: 'a', path: [] }]],
    [liquid, [{ part: 'text', language: '', source: liquid, path: [] }]],
    [
      { media: 'm', text: { texts: { en: 'a', de: liquid, fr: 5 } }, speech: 's', audio: 'x' },
      [
        { part: 'text', language: 'de', source: liquid, path: ['text', 'texts', 'de'] },
        { part: 'text', language: 'en', source: 'a', path: ['text', 'texts', 'en'] },
        { part: 'speech', language: '', source: 's', path: ['speech'] },
        { part: 'media', language: '', source: 'm', path: ['media'] },
      ],
    ],
    [{ text: { texts: null } }, []],
    [{ text: { texts: 'a' } }, []],
    [{ text: 5 }, []],
    [{}, []],
    [null, []],
    [7, []],
  ])('of %j', (value, templates) => {
    expect(promptTemplates(value)).toEqual(templates)
  })
})

describe('isSource', () => {
  it.each([
    ['', true],
    ['a', true],
    [{ language: 'cel', source: 'a' }, true],
    [{ language: 'cel' }, false],
    [{ source: 'a' }, false],
    [null, false],
    [7, false],
    [[], false],
  ])('%j: %s', (value, source) => {
    expect(isSource(value)).toBe(source)
  })
})
