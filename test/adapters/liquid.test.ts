import { describe, expect, it, test } from 'vitest'
import { FILTER_NAMES } from '../../src/adapters/liquid/filters.ts'
import { liquid } from '../../src/adapters/liquid/index.ts'
import { EVALUATION_CODES } from '../../src/diagnostics/expression-codes.ts'
import { DIAGNOSTICS } from '../../src/diagnostics/index.ts'
import { re2Engine } from '../../src/expressions/index.ts'
import { tryCompile } from '../../src/interpreter/compile.ts'
import { palette } from '../../src/palette/index.ts'
import { validate } from '../../src/validation/index.ts'
import { flow, node, say } from '../support/flow.ts'
import { environment, evaluate, faultsOf, fill, readsOf, SCOPE } from './liquid-helpers.ts'

describe('a text', () => {
  it.each([
    ['{{ name }}', ' Ada '],
    ['{{ vars.name | strip | downcase }}', 'ada'],
    ['{{ "A-B" | remove: "-" | append: "!" }}', 'AB!'],
    ['{% assign n = retries | plus: 1 %}{{ n }}', '3'],
    ['{% if retries == 2 and name contains "Ad" %}yes{% endif %}', 'yes'],
    ['{% unless vip %}no{% endunless %}', 'no'],
    ['{% case retries %}{% when 1 %}one{% when 2 %}two{% else %}many{% endcase %}', 'two'],
    ['{% for tag in tags %}{{ tag }}{% unless forloop.last %}, {% endunless %}{% endfor %}', 'a, b'],
    ['{% capture x %}{{ name | strip }}!{% endcapture %}{{ x }}', 'Ada!'],
    ['{% comment %}{{ nonsense | }}{% endcomment %}-{% raw %}{{ x }}{% endraw %}', '-{{ x }}'],
    ['{{ people | map: "name" | join: "/" }}', 'Ada/Bea'],
    ['{{ people | where: "age", 30 | first | json }}', '{"name":"Ada","age":30}'],
    ['{{ anything.list[1].x }} {{ anything["list"][1]["x"] }} {{ anything.list.size }}', '7 7 2'],
    ['{% increment retries %}{{ retries }}', '23'],
    ['{%- if true -%}  x  {%- endif -%}', 'x'],
  ])('%s is %s', (source, text) => {
    const env = environment({
      name: ' Ada ',
      retries: 2,
      vip: false,
      tags: ['a', 'b'],
      people: [
        { name: 'Ada', age: 30 },
        { name: 'Bea', age: 40 },
      ],
      anything: { list: [1, { x: 7 }] },
    })
    expect(fill(source, env)).toBe(text)
  })

  it.each([
    [null, ''],
    [undefined, ''],
    [0.1 + 0.2, '0.30000000000000004'],
    [1e21, '1e+21'],
    [-0, '0'],
    [true, 'true'],
    [[1, 'a', null], '[1,"a",null]'],
    [{ a: { b: 1 } }, '{"a":{"b":1}}'],
  ])('prints %j as %s, never as an object', (value, text) => {
    expect(fill('{{ anything }}', environment({ anything: value as never }))).toBe(text)
  })

  it('takes lists and objects for their JSON where a filter works on texts', () => {
    const env = environment({ anything: { a: [1] } })
    expect(fill('{{ anything | append: anything.a }}', env)).toBe('{"a":[1]}[1]')
  })

  it('does not change what it reads', () => {
    const env = environment({ tags: ['b', 'a'] })
    fill('{% increment retries %}{% assign tags = tags | sort %}{{ tags | push: "c" }}', env)
    expect(env.vars).toEqual({ tags: ['b', 'a'] })
  })

  it('reads own properties only', () => {
    const env = environment({ anything: { a: 1 }, name: 'constructor', tags: ['x'] })
    expect(fill('{{ anything.toString }}{{ anything[name] }}{{ tags[name] }}', env)).toBe('')
    expect(faultsOf('{{ anything.constructor }}')).toEqual([['expression.unknownMember', 'constructor']])
  })
})

describe('an expression', () => {
  it.each([
    ['{% if true %} true\n{% endif %}', 'boolean', true],
    ['{% if false %}true{% endif %}', 'boolean', false],
    ['True', 'boolean', false],
    ['{{ 3 | times: 1.5 }} ', 'number', 4.5],
    ['{{ name }}', 'number', 'evaluation.conversion'],
    ['n/a', 'number', 'evaluation.conversion'],
    ['{{ contact.name }}!', 'text', 'Ada!'],
    ['plain', 'any', 'plain'],
    ['', 'any', ''],
  ] as const)('%s as %s is %j', (source, expected, value) => {
    expect(evaluate(source, expected)).toBe(value)
  })

  it('cannot be a list, and cannot be empty where a value is asked for', () => {
    expect(liquid.checkExpression('x', SCOPE, { list: 'text' }).faults[0]?.code).toBe('expression.wrongType')
    expect(liquid.checkExpression(' ', SCOPE, 'boolean').faults[0]?.code).toBe('expression.empty')
  })

  it('keeps to the cost that it is given', () => {
    const { checked } = liquid.checkTemplate('{% for i in (1..50) %}{{ i }}{% endfor %}', SCOPE)
    const run = (maxCost: number) => liquid.linkTemplate(checked!.tree, { maxCost })(environment())
    expect(run(1_000)).toMatch(/^12345.*50$/)
    expect(run(50)).toMatchObject({ code: 'evaluation.cost' })
    expect(run(1_000)).toMatch(/^1/)
  })
})

describe('names', () => {
  it.each([
    ['{{ nmae }}', 'expression.unknownName', 'nmae', 'name'],
    ['{% if retires > 1 %}{% endif %}', 'expression.unknownName', 'retires', 'retries'],
    ['{{ name | append: adress.city }}', 'expression.unknownName', 'adress', 'address'],
    ['{{ contact.nmae }}', 'expression.unknownMember', 'nmae', 'name'],
    ['{{ nodes.htpp.status }}', 'expression.unknownMember', 'htpp', 'http'],
    ['{{ nodes["htpp"].status }}', 'expression.unknownMember', '"htpp"', 'http'],
    ['{{ retries.length }}', 'expression.noMembers', 'length'],
    ['{{ people[0].nmae }}', 'expression.unknownMember', 'nmae', 'name'],
    ['{{ ["nmae"] }}', 'expression.unknownName', '"nmae"', 'name'],
    ['{{ contact . nmae }}', 'expression.unknownName', 'nmae', 'name'],
    ['{% for i in (1..retires) %}{% endfor %}', 'expression.unknownName', 'retires', 'retries'],
    ['{{ people[retires].name }}', 'expression.unknownName', 'retires', 'retries'],
    ['{% for x in tags %}{{ x }}{% endfor %}{{ x }}', 'expression.unknownName', 'x'],
  ])('%s has %s at %s', (source, code, marked, ...suggestion) => {
    expect(faultsOf(source)).toEqual([[code, marked, ...suggestion]])
  })

  it.each([
    ['{{ name | upcse }}', 'expression.unknownFilter', 'upcse', 'upcase'],
    ['{{ tags | sample }}', 'expression.unknownFilter', 'sample'],
    ['{{ tags | where_exp: "t", "t" }}', 'expression.unknownFilter', 'where_exp'],
    ['a {% elseif %}', 'expression.unknownTag', '{% elseif %}', 'elsif'],
    ['{% render "x" %}', 'expression.unknownTag', '{% render "x" %}'],
    ['{% include "x" %}', 'expression.unknownTag', '{% include "x" %}'],
    ['{% layout "x" %}', 'expression.unknownTag', '{% layout "x" %}'],
    ['{% liquid echo 1 %}', 'expression.unknownTag', '{% liquid echo 1 %}'],
    ['{% endif %}', 'expression.unknownTag', '{% endif %}'],
    ['x {% if vip %} y', 'expression.unclosedTag', '{% if vip %}'],
    ['x {% if vip', 'expression.unclosedTag', '{% if vip'],
    ['x {{ name', 'expression.unclosedHole', '{{'],
    ['x {{ }} y', 'expression.emptyHole', '{{ }}'],
    ['{% if %}{% endif %}', 'expression.unfinished', '{% if %}'],
  ])('%s has %s at %s', (source, code, marked, ...suggestion) => {
    const [first] = faultsOf(source) as string[][]
    expect(first!.slice(0, 2)).toEqual([code, marked])
    if (suggestion[0] !== undefined) expect(first![2]).toBe(suggestion[0])
  })

  it('that the text makes by itself are its own, wherever it makes them', () => {
    expect(faultsOf('{{ late }}{% assign late = 1 %}{% capture c %}{% endcapture %}{{ c.x }}')).toEqual([])
    expect(readsOf('{% for tag in tags %}{{ tag.size }}{{ forloop.index }}{% endfor %}')).toEqual([
      'vars.tags',
    ])
    expect(
      readsOf('{% for t in tags limit: 1 %}{% endfor %}{% for t in tags offset: continue %}{% endfor %}'),
    ).toEqual(['vars.tags', 'vars.tags'])
  })

  it('are read as the longest constant path, and always guarded', () => {
    expect(readsOf('{{ nodes.http.body.items[0].id }}')).toEqual(['nodes.http.body.items'])
    expect(readsOf('{{ nodes[name].status }}')).toEqual(['vars.name', 'nodes'])
    expect(readsOf('{{ address.city }}{{ vars.address["city"] }}{{ name.size }}')).toEqual([
      'vars.address.city',
      'vars.address.city',
      'vars.name',
    ])
    expect(readsOf('{{ name | append: contact.name }}{% if vip == false %}{% endif %}')).toEqual([
      'vars.name',
      'contact.name',
      'vars.vip',
    ])
    expect(liquid.checkTemplate('{{ now }}', SCOPE).checked?.reads[0]).toEqual({
      path: ['now'],
      range: { start: 3, end: 6 },
      guarded: true,
    })
  })

  it('that the text also assigns still count as read, for a branch may not be taken', () => {
    const source = '{% if vip %}{% assign retries = 1 %}{% endif %}{{ retries }}'
    expect(readsOf(source)).toContain('vars.retries')
    expect(fill(source, environment({ retries: 5 }))).toBe('5')
  })

  it.each([
    ['{{ contact.pin }}', true],
    ['{{ contact }}', true],
    ['{{ contact[name] }}', true],
    ['{{ contact.name }}', false],
  ])('%s is sensitive: %s', (source, sensitive) => {
    expect(liquid.checkTemplate(source, SCOPE).checked?.sensitive).toBe(sensitive)
  })
})

describe('in a flow', () => {
  const spec = (prompt: string, condition: string) =>
    flow({
      variables: [{ name: 'n', type: 'number', default: 1 }],
      nodes: {
        hello: say({ language: 'liquid', source: prompt } as never),
        split: node('branch', {
          rules: [{ outcome: 'yes', condition: { language: 'liquid', source: condition } }],
          default: 'no',
        }),
        done: node('end', { outcome: 'ok' }),
      },
      connect: ['start -> hello', 'hello -> split', 'split:yes -> done', 'split:no -> done'],
      settings: { outcomes: [{ code: 'ok', kind: 'completed' }] },
    })

  it('validates and compiles beside CEL', () => {
    const good = spec('{{ n | plus: 1 }}', '{% if n == 1 %}true{% endif %}')
    expect(validate(good, { nodes: palette, languages: [liquid] })).toEqual([])
    expect(tryCompile(good, { nodes: palette, languages: [liquid] }).ok).toBe(true)
  })

  it('reports what is wrong where it stands', () => {
    const bad = spec('{{ m }}', 'true')
    expect(validate(bad, { nodes: palette, languages: [liquid] })).toMatchObject([
      { code: 'expression.unknownName', location: { node: 'hello', range: { start: 3, end: 4 } } },
    ])
    expect(validate(bad, { nodes: palette })[0]?.code).toBe('source.unknownLanguage')
  })
})

describe('a stored tree', () => {
  it('is the source, with what it is taken for', () => {
    expect(liquid.checkExpression('{{ 1 }}', SCOPE, 'number').checked?.tree).toEqual([
      'liquid',
      1,
      '{{ 1 }}',
      'number',
    ])
  })

  test.each([
    [null],
    [['text', 'x']],
    [['liquid', 2, 'x', 'text']],
    [['liquid', 1, 7, 'text']],
    [['liquid', 1, 'x', 'list']],
    [['liquid', 1, '{% if %}', 'text']],
  ])('%j is refused', (tree) => {
    expect(() => liquid.linkTemplate(tree as never)).toThrow(/expression\.unknownTree/)
  })
})

it('explains every code that it gives', () => {
  for (const code of ['unknownFilter', 'unknownTag', 'unclosedTag', 'unclosedHole'])
    expect(DIAGNOSTICS[`expression.${code}`]).toBeDefined()
  for (const source of ['{{ 1 | divided_by: 0 }}', '{{ "x" | matches: "(" }}', '{{ "%" | url_decode }}'])
    expect(EVALUATION_CODES[String(fill(source))], source).toBeDefined()
  expect(fill('{{ "x" | matches: "x" }}', environment(), {})).toBe('evaluation.noRegexEngine')
})

it('has no filter that takes chance or code', () => {
  expect(FILTER_NAMES.filter((name) => /sample|_exp$|sha|inspect/.test(name))).toEqual([])
  expect(fill('{{ "b" | matches: "^[ab]$" }}', environment(), { regex: re2Engine })).toBe('true')
})
