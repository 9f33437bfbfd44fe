import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { liquid } from '../../src/adapters/liquid/index.ts'
import { createScope, type Renaming } from '../../src/expressions/index.ts'

const names = (variables: Record<string, string>, nodes: Record<string, string> = {}): Renaming => ({
  variables: new Map(Object.entries(variables)),
  nodes: new Map(Object.entries(nodes)),
})

const NEW = names({ retries: 'tries', tags: 'labels' }, { menu: 'welcome' })

describe('a text that parses', () => {
  test.each([
    ['retries', 'retries'],
    ['{{ retries }}', '{{ tries }}'],
    ['{{retries}} retries {{- vars.retries -}}', '{{tries}} retries {{- vars.tries -}}'],
    ['{{ vars["retries"] }} {{ vars[\'retries\'] }}', '{{ vars["tries"] }} {{ vars[\'tries\'] }}'],
    ['{{ ["retries"] }}', '{{ ["tries"] }}'],
    ['{{ nodes.menu.value | upcase }}', '{{ nodes.welcome.value | upcase }}'],
    ['{{ nodes["menu"].value }}', '{{ nodes["welcome"].value }}'],
    ['{{ retries | plus: retries }}', '{{ tries | plus: tries }}'],
    ['{{ "retries" | append: vars.retries }}', '{{ "retries" | append: vars.tries }}'],
    ['{{ tags[retries] }} {{ tags.first }}', '{{ labels[tries] }} {{ labels.first }}'],
    ['{{ contact.retries }} {{ contact["retries"] }}', '{{ contact.retries }} {{ contact["retries"] }}'],
    [
      '{% if retries > 1 and vip %}a{% elsif retries %}b{% endif %}',
      '{% if tries > 1 and vip %}a{% elsif tries %}b{% endif %}',
    ],
    ['{% unless retries == empty %}{% endunless %}', '{% unless tries == empty %}{% endunless %}'],
    [
      '{% case retries %}{% when retries, 2 %}x{% endcase %}',
      '{% case tries %}{% when tries, 2 %}x{% endcase %}',
    ],
    ['{% echo retries %}{% cycle retries, "retries" %}', '{% echo tries %}{% cycle tries, "retries" %}'],
    ['{% if (1..retries) contains 2 %}{% endif %}', '{% if (1..tries) contains 2 %}{% endif %}'],
    ['{% raw %}{{ retries }}{% endraw %}{% comment %}{{ retries }}{% endcomment %}', undefined],
    // Names that the text makes itself.
    [
      '{% for t in tags limit: retries %}{{ t }}{% endfor %}',
      '{% for t in labels limit: tries %}{{ t }}{% endfor %}',
    ],
    [
      '{% for tags in tags %}{{ tags }}{% endfor %}{{ tags }}',
      '{% for tags in labels %}{{ tags }}{% endfor %}{{ labels }}',
    ],
    ['{% assign x = retries %}{{ x }}', '{% assign x = tries %}{{ x }}'],
    ['{% assign retries = 1 %}{{ retries }}', undefined],
    ['{% capture retries %}{{ name }}{% endcapture %}{{ retries }}', undefined],
    ['{% increment retries %}', undefined],
    // Those that may be read from the flow before.
    [
      '{% assign retries = retries | plus: 1 %}{{ retries }}',
      '{% assign tries = tries | plus: 1 %}{{ tries }}',
    ],
    [
      '{% capture tags %}{{ tags }}{% endcapture %}{{ tags }}',
      '{% capture labels %}{{ labels }}{% endcapture %}{{ labels }}',
    ],
    [
      '{% if vip %}{% assign retries = 1 %}{% endif %}{{ retries }}',
      '{% if vip %}{% assign tries = 1 %}{% endif %}{{ tries }}',
    ],
    ['{% increment retries %}{{ retries }}', '{% increment tries %}{{ tries }}'],
    // The new name means something else in the text.
    [
      '{% assign tries = retries %}{{ retries }}{{ tries }}',
      '{% assign tries = vars.tries %}{{ vars.tries }}{{ tries }}',
    ],
    [
      '{% for tries in tags %}{{ retries }}{% endfor %}',
      '{% for tries in labels %}{{ vars.tries }}{% endfor %}',
    ],
    [
      '{% assign tries = 1 %}{% assign retries = retries %}{{ retries }}',
      '{% assign tries = 1 %}{% assign retries = vars.tries %}{{ retries }}',
    ],
  ])('%s', (source, renamed = source) => {
    expect(liquid.rename('template', source, NEW)).toBe(renamed)
    expect(liquid.rename('expression', source, NEW)).toBe(renamed)
  })

  test.each([
    ['{{ retries }}', 'empty', '{{ vars.empty }}'],
    ['{{ retries }}', 'now', '{{ vars.now }}'],
    ['{{ retries }}', 'first try', '{{ vars["first try"] }}'],
    ['{{ vars.retries }}', 'first try', '{{ vars["first try"] }}'],
    ["{{ vars['retries'] }}", "it's", '{{ vars["it\'s"] }}'],
  ])('%s to the name %j', (source, name, renamed) => {
    expect(liquid.rename('template', source, names({ retries: name }))).toBe(renamed)
  })

  test('names are swapped', () => {
    const swap = names({ a: 'b', b: 'a' })
    expect(liquid.rename('template', '{{ a }}{{ vars.b | plus: b }}', swap)).toBe(
      '{{ b }}{{ vars.a | plus: a }}',
    )
  })
})

test.each([
  ['{{ retries', '{{ tries'],
  ['{{ retries | }} retries {{ vars.retries', '{{ tries | }} retries {{ vars.tries'],
  ['{% if retries %}{{ nodes.menu.value }}', '{% if tries %}{{ nodes.welcome.value }}'],
  ['{% if vars["retries"] == "retries" %}', '{% if vars["tries"] == "retries" %}'],
  [
    '{% if x %}{{ x | retries: retries }}{{ contact.retries }}',
    '{% if x %}{{ x | retries: tries }}{{ contact.retries }}',
  ],
  ['{% for tags in tags %}{{ tags }} {{ retries }}', '{% for tags in tags %}{{ tags }} {{ tries }}'],
  ['{% assign retries = retries | plus: 1 %}{% if', '{% assign tries = tries | plus: 1 %}{% if'],
  ['{% assign tries = retries %}{% if', '{% assign tries = vars.tries %}{% if'],
  [
    '{% raw %}{{ retries }}{% endraw %}{{ retries }}{% if',
    '{% raw %}{{ retries }}{% endraw %}{{ tries }}{% if',
  ],
])('a text that does not parse: %s', (source, renamed) => {
  expect(liquid.checkTemplate(source, createScope()).checked).toBeUndefined()
  expect(liquid.rename('template', source, NEW)).toBe(renamed)
})

const texts = fc
  .array(
    fc.constantFrom(
      'a b c',
      '{{ a }}',
      '{{ vars.a | plus: b }}',
      '{{ contact.a | append: "a" }}',
      '{{ nodes.menu.a }}',
      '{{ nodes["menu"].value }}',
      '{{ list[a] }}',
      '{% if a > b and vars.c %}{{ c }}{% else %}c{% endif %}',
      '{% for a in list %}{{ a }}{{ b }}{% endfor %}',
      '{% for z in vars.list limit: c %}{{ a }}{{ z }}{% endfor %}',
      '{% case a %}{% when b, "b" %}{{ c }}{% endcase %}',
      '{% assign y = b %}',
      '{% raw %}{{ a }}{% endraw %}',
      '{% assign b = b | plus: a %}',
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(' '))

function scopeOf(names: Renaming) {
  const name = (old: string) => names.variables?.get(old) ?? old
  const id = (old: string) => names.nodes?.get(old) ?? old
  return createScope({
    vars: {
      [name('a')]: 'number',
      [name('b')]: 'number',
      [name('c')]: 'number',
      [name('list')]: { list: 'number' },
    },
    contact: { fields: { a: 'text' } },
    nodes: { fields: { [id('menu')]: { fields: { value: 'text', a: 'number' } } } },
  })
}

describe('the laws of renaming', () => {
  test('no names, no change; to a fresh name and back', () => {
    fc.assert(
      fc.property(texts, fc.nat(), (text, cut) => {
        for (const source of [text, text.slice(0, cut % (text.length + 1))]) {
          expect(liquid.rename('template', source, {})).toBe(source)
          const there = liquid.rename('template', source, names({ a: 'fresh', c: 'new' }, { menu: 'other' }))
          const back = names({ fresh: 'a', new: 'c' }, { other: 'menu' })
          expect(liquid.rename('template', there, back)).toBe(source)
        }
      }),
    )
  })

  test('the renamed text reads and says the same under the new names, and has no faults', () => {
    const renamings = fc.constantFrom(
      names({ a: 'q' }, { menu: 'welcome' }),
      names({ a: 'b', b: 'a' }),
      names({ a: 'z', c: 'y', b: 'p' }),
      names({ a: 'empty', list: 'w' }),
    )
    fc.assert(
      fc.property(texts, renamings, (source, names) => {
        const before = liquid.checkTemplate(source, scopeOf({}))
        const renamed = liquid.rename('template', source, names)
        const after = liquid.checkTemplate(renamed, scopeOf(names))
        expect(after.faults, `${source}\n${renamed}`).toEqual([])
        const vars = { a: 3, b: 2, c: 1, list: [7, 8, 9, 10] }
        const env = { contact: {}, trigger: {}, nodes: {}, session: {}, now: 0 }
        const rename = (name: string) => names.variables?.get(name) ?? name
        const renamedVars = Object.fromEntries(
          Object.entries(vars).map(([name, value]) => [rename(name), value]),
        )
        const said = liquid.linkTemplate(before.checked!.tree)({ ...env, vars })
        expect(liquid.linkTemplate(after.checked!.tree)({ ...env, vars: renamedVars })).toBe(said)
        // The check takes a name that a text makes and the flow has as well for both.
        fc.pre(!source.includes('assign b') || !names.variables?.has('a') || names.variables.get('a') === 'q')
        const expected = before.checked!.reads.map(({ path: [root, name, ...rest] }) => {
          if (name === undefined) return [root]
          const kept =
            (root === 'vars' ? rename(name) : root === 'nodes' ? names.nodes?.get(name) : name) ?? name
          return [root, kept, ...rest]
        })
        expect(after.checked!.reads.map(({ path }) => [...path])).toEqual(expected)
      }),
      { numRuns: 300 },
    )
  })

  test('any text at all, in no time', () => {
    for (const part of ['{{', '{% a', '{{ a }}', '{% raw %}', '{{ "', "'", '{% for a in a %}', '{{ a.']) {
      const started = performance.now()
      liquid.rename('template', part.repeat(20_000 / part.length), names({ a: 'b' }))
      expect(performance.now() - started).toBeLessThan(2_000)
    }
  })
})
