import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { liquid } from '../../src/adapters/liquid/index.ts'
import { SCOPE } from './liquid-helpers.ts'

/** Completes where `^` stands. */
function complete(marked: string) {
  const offset = marked.indexOf('^')
  const source = marked.slice(0, offset) + marked.slice(offset + 1)
  const { range, items } = liquid.complete('template', source, offset, SCOPE)
  return { items, labels: items.map(({ label }) => label), typed: source.slice(range.start, range.end) }
}

describe('completion of Liquid', () => {
  test.each([
    ['na^', []],
    ['{{ na^', ['name']],
    ['{{ na^ }} and {{ vip }}', ['name']],
    ['{{ NA^ }}', ['name']],
    ['{{ contact.^ }}', ['name', 'pin']],
    ['{{ contact["na^"] }}', []],
    ['{{ nodes.http.st^ }}', ['status']],
    ['{{ nodes["http"].st^ }}', ['status']],
    ['{{ people[0].a^', ['age']],
    ['{{ people.first.a^', ['age']],
    ['{{ tags.^', ['first', 'last', 'size']],
    ['{{ unknown.^', []],
    ['{{ name | up^ }}', ['upcase']],
    ['{{ name | append: na^', ['name']],
    ['{{ name na^', []],
    ['{{ 1^', []],
    ['{{ "na^', []],
    ['{% if na^ %}', ['name']],
    ['{% if vip and na^ %}', ['name']],
    ['{% as^', ['assign']],
    ['{% as^sign x = 1 %}', ['assign']],
    ['{%- endi^ %}', ['endif']],
    ['{^{ name }}', []],
    ['{{^- name }}', []],
    ['{% assign na^', []],
    ['{% for t in ta^ %}', ['tags']],
    ['{% assign wish = name %}{{ wi^ }}', ['wish']],
    ['{% for p in people %}{{ p.a^ }}{% endfor %}', ['age']],
    ['{% for p in people[0].friends %}{{ p.a^ }}{% endfor %}', []],
    ['{% for name in people %}{{ name.a^', ['age']],
    ['{% for name in people %}{% endfor %}{{ name.^', ['size']],
    ['{% for person in people %}{% endfor %}{{ perso^', []],
    ['{% raw %}{{ na^ }}{% endraw %}', []],
  ])('%s', (marked, labels) => {
    expect(complete(marked).labels).toEqual(labels)
  })

  test('says what the names are, and replaces the whole of them', () => {
    const { items, typed } = complete('{{ re^tri }}')
    expect(items).toEqual([{ label: 'retries', kind: 'variable', type: 'number', insert: 'retries' }])
    expect(typed).toBe('retri')
    expect(complete('{{ cont^ }}').items[0]).toMatchObject({ kind: 'root', type: 'object' })
    expect(complete('{{ name | upc^ }}').items[0]).toMatchObject({ kind: 'filter' })
    expect(complete('{% ^ %}').items[0]).toMatchObject({ kind: 'keyword' })
  })

  test('any soup of tokens, at any offset', () => {
    const words = [
      '{{',
      '}}',
      '{%',
      '%}',
      'for',
      'p',
      ' in ',
      'people',
      '.',
      '[',
      ']',
      '0',
      '"',
      '|',
      ':',
      'endfor',
      'assign',
      'raw',
      ' ',
      '-',
    ]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 30 }), fc.nat(), (parts, at) => {
        const source = parts.join('')
        const { range } = liquid.complete('template', source, at % (source.length + 2), SCOPE)
        expect(range.start).toBeLessThanOrEqual(range.end)
        expect(range.end).toBeLessThanOrEqual(source.length)
      }),
      { numRuns: 1_000 },
    )
    for (const part of ['{{', '{% for a in a %}', '{{ a.', '{{ "', 'a[']) {
      const started = performance.now()
      const source = part.repeat(20_000 / part.length)
      liquid.complete('template', source, source.length, SCOPE)
      expect(performance.now() - started).toBeLessThan(1_000)
    }
  })
})
