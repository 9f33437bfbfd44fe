import { describe, expect, it } from 'vitest'
import type { Json } from '../../src/index.ts'
import { ask, end, program } from '../support/flow.ts'
import { play } from '../support/play.ts'

const TEXTS = { text: { texts: { en: 'Hello', de: 'Hallo', 'de-AT': 'Servus', fr: 'Bonjour' } } }

const speaking = (prompt: Json, settings = {}) =>
  program({
    settings,
    nodes: { ask: ask(prompt as string), done: end('ok') },
    connect: ['start -> ask', 'ask:valid -> done'],
  })

describe('the language of a prompt', () => {
  it.each<[string | undefined, string]>([
    ['de', 'Hallo'],
    ['de-AT', 'Servus'],
    ['de-CH', 'Hallo'],
    ['de-Latn-AT', 'Hallo'],
    ['fr-FR', 'Bonjour'],
    ['es', 'Hello'],
    [undefined, 'Hello'],
    ['', 'Hello'],
  ])('in a session in %s is chosen by tag, then without region, then the default: %s', (language, text) => {
    const run = play(speaking(TEXTS), language === undefined ? {} : { language })
    expect(run.said).toEqual([text])
  })

  it('falls back to the default of the flow', () => {
    expect(play(speaking(TEXTS, { languages: { default: 'fr' } }), { language: 'es' }).said).toEqual([
      'Bonjour',
    ])
    expect(play(speaking(TEXTS, { languages: { default: 'fr' } })).said).toEqual(['Bonjour'])
  })

  it('falls back to the first text where the default has none', () => {
    expect(play(speaking({ text: { texts: { it: 'Ciao', pl: 'Hej' } } }), { language: 'es' }).said).toEqual([
      'Ciao',
    ])
  })

  it('one text serves every language', () => {
    expect(play(speaking('Hi'), { language: 'de' }).said).toEqual(['Hi'])
  })

  it('is kept in the session only where it differs from the default, and expressions can read it', () => {
    expect(play(speaking('{{session.language}} {{session.id}}'), { language: 'de' }).said).toEqual(['de s'])
    expect(play(speaking('{{session.language}}')).said).toEqual(['en'])
    expect(play(speaking('x'), { language: 'de' }).session.language).toBe('de')
    expect(play(speaking('x'), { language: 'en' }).session.language).toBeUndefined()
  })

  it('shows, speaks, plays and pictures apart', () => {
    const prompt = {
      text: 'Hi {{session.id}}',
      speech: { texts: { en: 'Hello', de: 'Hallo' } },
      audio: 'hello',
      media: 'https://x.test/{{session.id}}.png',
    }
    expect(play(speaking(prompt), { language: 'de' }).effects[0]).toMatchObject({
      text: 'Hi s',
      speech: 'Hallo',
      audio: 'hello',
      media: 'https://x.test/s.png',
    })
  })

  it('a text that cannot be filled fails the node', () => {
    expect(play(speaking({ text: 'x', speech: '{{1 / 0}}' })).errorCode).toBe('evaluation.notFinite')
    expect(play(speaking('{{dyn([1])}}')).errorCode).toBe('evaluation.notText')
  })
})
