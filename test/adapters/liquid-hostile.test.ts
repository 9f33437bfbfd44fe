import { describe, expect, it } from 'vitest'
import { liquid } from '../../src/adapters/liquid/index.ts'
import { MAX_TEMPLATE_LENGTH, re2Engine } from '../../src/expressions/index.ts'
import { environment, fill, SCOPE } from './liquid-helpers.ts'

const times = (part: string, count: number) => part.repeat(count)
const fullOf = (part: string) => times(part, Math.floor(MAX_TEMPLATE_LENGTH / part.length))

/** Long enough for the slowest machine, and far below what would be felt as a hang. */
const AT_MOST_MS = 2_000

function within<T>(work: () => T): T {
  const begun = performance.now()
  const result = work()
  expect(performance.now() - begun).toBeLessThan(AT_MOST_MS)
  return result
}

describe('a hostile source ends as faults', () => {
  it.each([
    ['too long', times(' ', MAX_TEMPLATE_LENGTH + 1), 'expression.tooLong'],
    ['50,000 tags that are not closed', times('{% if a %}', 50_000), 'expression.tooLong'],
    ['as many as fit', fullOf('{% if a %}'), 'expression.tooDeep'],
    ['loops inside loops', fullOf('{% for a in b %}'), 'expression.tooDeep'],
    ['brackets inside brackets', `{{ a${times('[a', 9_000)} }}`, 'expression.tooDeep'],
    ['ranges inside ranges', `{{ ${times('(1..', 4_000)} }}`, 'expression.tooDeep'],
    ['brackets behind a quoted end', `{{ "}}" | append: a${times('[a', 9_000)} }}`, undefined],
    ['outputs that are not closed', fullOf('{{'), 'expression.unclosedHole'],
    ['tags that are not closed', fullOf('{%'), undefined],
    ['raw that is not closed', `{% raw %}${fullOf('{% x').slice(0, 19_000)}`, undefined],
    ['quotes that are not closed', `{{ ${fullOf('"').slice(0, 19_001)} }}`, undefined],
    ['nothing but braces', fullOf('{'), undefined],
  ])('%s', (_, source, code) => {
    const { faults } = within(() => liquid.checkTemplate(source, SCOPE))
    expect(faults.length).toBeGreaterThan(0)
    if (code !== undefined) expect(faults[0]!.code).toBe(code)
    for (const { range } of faults) expect(range.end).toBeLessThanOrEqual(source.length)
  })
})

describe('a hostile template ends as a fault', () => {
  const env = environment({
    anything: { max: Number.MAX_SAFE_INTEGER, list: Array(5_000).fill('x') },
    name: 'x',
  })

  it.each([
    ['a range of millions', '{% for i in (1..100000000) %}{% endfor %}', 'evaluation.cost'],
    ['a range without an end', `{% for i in (1..${times('9', 400)}) %}{% endfor %}`, 'evaluation.argument'],
    [
      'a range where adding one has no effect',
      '{% for i in (9007199254740992..9007199254740999) %}{% endfor %}',
      'evaluation.argument',
    ],
    [
      'the same, computed',
      '{% assign a = anything.max | plus: 1 %}{% assign b = a | plus: 8 %}{% for i in (a..b) %}{% endfor %}',
      'evaluation.argument',
    ],
    [
      'loops inside loops',
      '{% for a in (1..1000) %}{% for b in (1..1000) %}{% for c in (1..1000) %}{{ c }}{% endfor %}{% endfor %}{% endfor %}',
      'evaluation.cost',
    ],
    [
      'a text that doubles',
      '{% for i in (1..60) %}{% assign t = t | append: t | append: "xxxxxxxx" %}{% endfor %}',
      'evaluation.cost',
    ],
    [
      'a text that grows by replacing',
      `{% assign t = "xxxxxxxxxxxxxxxx" %}${times('{% assign t = t | replace: "x", t %}', 8)}{{ t }}`,
      'evaluation.cost',
    ],
    [
      'a capture that doubles',
      '{% for i in (1..60) %}{% capture t %}{{ t }}{{ t }}12345678{% endcapture %}{% endfor %}',
      'evaluation.cost',
    ],
    [
      'a list that doubles',
      '{% assign l = "a,b" | split: "," %}{% for i in (1..40) %}{% assign l = l | concat: l %}{% endfor %}',
      'evaluation.cost',
    ],
    [
      'a list that holds itself many times over',
      `{% assign l = "a,b" | split: "," %}{% for i in (1..60) %}{% assign g = l | group_by: "x" %}{% assign l = g | concat: g %}{% endfor %}{{ l }}`,
      'evaluation.cost',
    ],
    [
      'the same as the text of a filter',
      `{% assign l = "a,b" | split: "," %}{% for i in (1..60) %}{% assign g = l | group_by: "x" %}{% assign l = g | concat: g %}{% endfor %}{{ l | upcase }}{{ l | json }}`,
      'evaluation.cost',
    ],
    ['a width of a hundred million', '{{ "now" | date: "%100000000d" }}', 'evaluation.argument'],
    ['a long text in a loop', `{% for i in (1..9000) %}${times('x', 9_000)}{% endfor %}`, 'evaluation.cost'],
    [
      'many operands in a loop',
      `{% for i in (1..9000) %}{% if ${times('true and ', 2_000)}true %}{% endif %}{% endfor %}`,
      'evaluation.cost',
    ],
    [
      'many cases in a loop',
      `{% for i in (1..9000) %}{% case i %}{% when ${times('name, ', 2_000)}name %}{% endcase %}{% endfor %}`,
      'evaluation.cost',
    ],
    [
      'a long path in a loop',
      `{% for i in (1..9000) %}{{ anything${times('.a', 5_000)} }}{% endfor %}`,
      'evaluation.cost',
    ],
    [
      'many filters in a loop',
      `{% for i in (1..9000) %}{{ name${times('|upcase', 2_000)} }}{% endfor %}`,
      'evaluation.cost',
    ],
    [
      'a list looked through in a loop',
      '{% for i in (1..9000) %}{% if anything.list contains i %}{% endif %}{% endfor %}',
      'evaluation.cost',
    ],
    [
      'lists compared in a loop',
      '{% for i in (1..9000) %}{% if anything.list == anything.list %}{% endif %}{% endfor %}',
      'evaluation.cost',
    ],
    [
      'a sum in a loop',
      '{% for i in (1..9000) %}{% assign s = anything.list | sum %}{% endfor %}',
      'evaluation.cost',
    ],
    ['JSON in a loop', '{% for i in (1..9000) %}{{ anything }}{% endfor %}', 'evaluation.cost'],
    [
      'a pattern that grows exponentially elsewhere',
      '{{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!" | matches: "^(a+)+$" }}',
      'false',
    ],
    [
      'a pattern with counters inside of counters',
      '{{ name | matches: "((a{1,30}){1,30}){1,30}" }}',
      'evaluation.pattern',
    ],
    ['look-around', '{{ name | matches: "(?=x)" }}', 'evaluation.pattern'],
    ['no result', '{{ 1 | modulo: 0 }}', 'evaluation.notFinite'],
    ['a number beyond all bounds', `{{ ${times('9', 400)} }}`, 'evaluation.notFinite'],
    ['a filter without what it needs', '{{ "x" | append }}', 'evaluation.argument'],
    ['a member that is a source', '{{ anything.list | map: "a[b]" }}', 'evaluation.argument'],
    ['an address that cannot be read', '{{ "%E0%A4%A" | url_decode }}', 'evaluation.conversion'],
    ['a zone that nobody knows', '{{ "now" | date: "%H", "Mars/Olympus" }}', 'evaluation.timeZone'],
  ])('%s', (_, source, outcome) => {
    expect(within(() => fill(source, env))).toBe(outcome)
  })

  it('says nothing of the values in its message', () => {
    const { checked } = liquid.checkTemplate(
      '{{ contact.pin | append }}{{ contact.pin | divided_by: 0 }}',
      SCOPE,
    )
    const fault = liquid.linkTemplate(checked!.tree, { regex: re2Engine })(environment())
    expect(JSON.stringify(fault)).not.toContain('4711')
  })

  it('costs the same every time', () => {
    const source = '{% for i in (1..20) %}{{ i | times: 2 }}{% endfor %}'
    const { checked } = liquid.checkTemplate(source, SCOPE)
    const enough = [...Array(500).keys()].find(
      (maxCost) => typeof liquid.linkTemplate(checked!.tree, { maxCost })(environment()) === 'string',
    )!
    for (let i = 0; i < 3; i++) {
      expect(liquid.linkTemplate(checked!.tree, { maxCost: enough })(environment())).toMatch(/40$/)
      expect(liquid.linkTemplate(checked!.tree, { maxCost: enough - 1 })(environment())).toMatchObject({
        code: 'evaluation.cost',
      })
    }
  })
})
