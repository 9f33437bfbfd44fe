import { describe, expect, test } from 'vitest'
import { cel, celLinker, MAX_TEMPLATE_LENGTH } from '../../src/expressions/index.ts'
import { environment, fill, SCOPE } from './helpers.ts'

describe('templates', () => {
  test.each([
    ['', ''],
    ['plain', 'plain'],
    ['{ not a hole }', '{ not a hole }'],
    ['a }} b', 'a }} b'],
    ['{{contact.name}}', 'Ada'],
    ['Hello {{contact.name}}', 'Hello Ada'],
    ['{{ contact.name }}!', 'Ada!'],
    ['Hello {{contact.name}}, you owe {{contact.balance}}', 'Hello Ada, you owe 150'],
    ['{{contact.name}}{{contact.balance}}', 'Ada150'],
    ['{{1}}{{2}}{{3}}', '123'],
    ['a{{1}}b{{2}}c{{3}}d{{4}}e', 'a1b2c3d4e'],
    ['{{retries}}', ''],
    ['[{{null}}]', '[]'],
    ['{{true}} {{1 > 2}}', 'true false'],
    ['{{0.1 + 0.2}}', '0.30000000000000004'],
    ['{{1e21}}', '1e+21'],
    ['{{-0.0}}', '0'],
    ['{{ "{{" }}', '{{'],
    ['{{ "}}" }}', '}}'],
    ["{{ '}}' + '\\'}}' }}", "}}'}}"],
    ['{{ {"a": {"b": 1}}.a.b }}', '1'],
    ['{{ {"a": 1}.a}}', '1'],
    ['{{ 1 // }}\n }}', '1'],
    ['{{ """a}}"b""" }}', 'a}}"b'],
    ['{{tags.join(", ")}}', 'x, y'],
    ['x{{{}.size()}}y', 'x0y'],
  ])('%j gives %j', (source, text) => {
    expect(fill(source, environment({ tags: ['x', 'y'] }))).toBe(text)
  })

  test('a fault of a hole is the result, whichever hole it is', () => {
    expect(fill('a {{1 / 0}}')).toBe('evaluation.notFinite')
    expect(fill('{{1 / 0}}{{1}}')).toBe('evaluation.notFinite')
    expect(fill('{{1}}{{1 / 0}}')).toBe('evaluation.notFinite')
    expect(fill('{{1}}{{2}}{{1 / 0}}')).toBe('evaluation.notFinite')
  })

  test('lists and objects are no text', () => {
    const env = environment({ anything: [1], other: { fault: true } })
    expect(fill('{{anything}}', env)).toBe('evaluation.notText')
    expect(fill('{{other}}', env)).toBe('evaluation.notText')
  })

  test('a template without holes needs nothing of the environment', () => {
    const tree = cel.checkTemplate('plain', SCOPE).checked!.tree
    expect(celLinker.linkTemplate(tree)(undefined as never)).toBe('plain')
  })

  test('is text, reads what its holes read, with ranges in the whole', () => {
    const source = 'Hi {{contact.name}}, {{contact.pin}}'
    const { checked } = cel.checkTemplate(source, SCOPE)
    expect(checked!.type).toBe('text')
    expect(checked!.sensitive).toBe(true)
    expect(checked!.reads.map(({ range }) => source.slice(range.start, range.end))).toEqual([
      'contact.name',
      'contact.pin',
    ])
    expect(cel.checkTemplate('Hi {{contact.name}}', SCOPE).checked!.sensitive).toBe(false)
  })
})

describe('[VAL-7] faults of templates mark their place in the whole text', () => {
  test.each<[string, [string, string][]]>([
    ['Hi {{contact.nmae}}!', [['expression.unknownMember', 'nmae']]],
    ['Hi {{ 1 + }}!', [['expression.unfinished', '']]],
    ['Hi {{ 1 ; 2 }}!', [['expression.syntax', ';']]],
    ['Hi {{contact.name', [['expression.unclosedHole', '{{']]],
    ['Hi {{ "abc }} there', [['expression.unclosedHole', '{{']]],
    ['Hi {{}} there', [['expression.emptyHole', '{{}}']]],
    ['Hi {{  }} there', [['expression.emptyHole', '{{  }}']]],
    ['Hi {{tags}}', [['expression.notText', 'tags']]],
    ['Hi {{ contact }}', [['expression.notText', ' contact ']]],
    [
      '{{foo}} {{bar}} {{',
      [
        ['expression.unknownName', 'foo'],
        ['expression.unknownName', 'bar'],
        ['expression.unclosedHole', '{{'],
      ],
    ],
    ['a\n{{1 + "a"}}', [['expression.operand', '1 + "a"']]],
  ])('%j', (source, marked) => {
    const { checked, faults } = cel.checkTemplate(source, SCOPE)
    expect(checked).toBeUndefined()
    expect(faults.map(({ code, range }) => [code, source.slice(range.start, range.end)])).toEqual(marked)
  })

  test('the place of an unfinished hole is its end', () => {
    expect(cel.checkTemplate('Hi {{ 1 + }}!', SCOPE).faults[0]!.range.start).toBeGreaterThan(8)
  })

  test('a template has a largest length', () => {
    expect(cel.checkTemplate('x'.repeat(MAX_TEMPLATE_LENGTH), SCOPE).faults).toEqual([])
    const { faults } = cel.checkTemplate('x'.repeat(MAX_TEMPLATE_LENGTH + 1), SCOPE)
    expect(faults).toEqual([
      {
        code: 'expression.tooLong',
        range: { start: 0, end: MAX_TEMPLATE_LENGTH + 1 },
        details: { length: MAX_TEMPLATE_LENGTH + 1, max: MAX_TEMPLATE_LENGTH },
      },
    ])
  })
})
