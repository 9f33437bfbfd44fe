import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json } from '../../src/base/json.ts'
import {
  type Comparison,
  type Condition,
  type ConditionGroup,
  cel,
  celLinker,
  createScope,
  type Environment,
  isFault,
  MAX_CONDITION_DEPTH,
  type Operand,
  type Operator,
  operatorsFor,
  re2Engine,
  readCondition,
  type ValueType,
  writeCondition,
} from '../../src/expressions/index.ts'

const SCOPE = createScope({
  vars: {
    retries: 'number',
    limit: 'number',
    name: 'text',
    vip: 'boolean',
    born: 'text',
    names: { list: 'text' },
    other: 'any',
  },
  contact: { fields: { tier: 'text', balance: 'number', vip: 'boolean', 'first name': 'text' } },
  nodes: { fields: { menu: { fields: { value: 'any' } } } },
})

/** Faults of a source as a condition. */
const faultsOf = (source: string) =>
  cel.checkExpression(source, SCOPE, 'boolean').faults.map(({ code }) => code)

/** The condition of a source that has one. */
function read(source: string): ConditionGroup {
  const result = readCondition(source)
  expect(result, source).toMatchObject({ ok: true })
  return (result as { readonly value: ConditionGroup }).value
}

describe('a comparison', () => {
  test.each<[Comparison, string]>([
    [['retries', 'equals', 3], 'retries == 3'],
    [['vars.retries', 'notEquals', -3.5], 'vars.retries != -3.5'],
    [['retries', 'greater', 3], 'retries > 3'],
    [['retries', 'atLeast', 3], 'retries >= 3'],
    [['retries', 'less', 1e21], 'retries < 1e+21'],
    [['retries', 'less', 2 ** 53], 'retries < 9007199254740992.0'],
    [['retries', 'atMost', { ref: 'limit' }], 'retries <= limit'],
    [['retries', 'between', [1, 5]], '(retries >= 1 && retries <= 5)'],
    [['contact.tier', 'equals', 'gold'], 'contact.tier == "gold"'],
    [['contact["first name"]', 'equals', 'Ada'], 'contact["first name"] == "Ada"'],
    [
      ['name', 'equals', 'a "b" \\ \'c\'\n\r\t\u0007 😀 }}'],
      'name == "a \\"b\\" \\\\ \'c\'\\n\\r\\t\\u0007 😀 }}"',
    ],
    [['vip', 'equals', true], 'vip == true'],
    [['vip', 'notEquals', false], 'vip != false'],
    [['name', 'contains', 'x'], 'name.contains("x")'],
    [['name', 'notContains', { ref: 'contact.tier' }], '!name.contains(contact.tier)'],
    [['name', 'startsWith', 'x'], 'name.startsWith("x")'],
    [['name', 'endsWith', 'x'], 'name.endsWith("x")'],
    [['name', 'matches', '^\\d+$'], 'name.matches("^\\\\d+$")'],
    [['contact.tier', 'isOneOf', ['gold', 'silver']], 'contact.tier in ["gold", "silver"]'],
    [['contact.tier', 'isNotOneOf', []], '!(contact.tier in [])'],
    [['contact.tier', 'isOneOf', { ref: 'names' }], 'contact.tier in names'],
    [['contact.tier', 'isOneOf', [{ ref: 'name' }, 'gold']], 'contact.tier in [name, "gold"]'],
    [['name', 'isBlank'], 'default(name, "") == ""'],
    [['retries', 'isNotBlank'], 'default(retries, "") != ""'],
    [['name', 'exists'], 'has(name)'],
    [['contact.tier', 'exists'], 'has(contact.tier)'],
    [['contact["first name"]', 'notExists'], '!has(contact["first name"])'],
    [['born', 'less', { date: '2026-11-21' }], "born < '2026-11-21'"],
    [['born', 'equals', '2026-11-21'], 'born == "2026-11-21"'],
    [
      ['born', 'between', [{ date: '2000-01-01' }, { date: '2026-12-31' }]],
      "(born >= '2000-01-01' && born <= '2026-12-31')",
    ],
    [['now', 'atLeast', { instant: '2026-11-21' }], 'now >= timestamp("2026-11-21")'],
    [
      ['now', 'less', { instant: '2026-11-21T09:00', zone: 'Europe/Berlin' }],
      'now < timestamp("2026-11-21T09:00", "Europe/Berlin")',
    ],
  ])('%j', (comparison, source) => {
    expect(writeCondition({ all: [comparison] })).toBe(source)
    expect(read(source)).toEqual({ all: [comparison] })
    expect(faultsOf(source)).toEqual([])
  })

  test.each<[string, Comparison]>([
    ['3 < retries', ['retries', 'greater', 3]],
    ['"gold"==contact.tier', ['contact.tier', 'equals', 'gold']],
    ["name == 'Ada'", ['name', 'equals', 'Ada']],
    ['name == r"a\\d"', ['name', 'equals', 'a\\d']],
    ['retries == 0x10', ['retries', 'equals', 16]],
    ['retries == -0', ['retries', 'equals', 0]],
    ['( retries ) >= ( 1 )', ['retries', 'atLeast', 1]],
    ['contact["tier"] == "gold"', ['contact.tier', 'equals', 'gold']],
    ['retries != null', ['retries', 'exists']],
    ['null == retries', ['retries', 'notExists']],
    ['!(name != null)', ['name', 'notExists']],
    ['(1 <= retries && retries <= 5)', ['retries', 'between', [1, 5]]],
    ["name == '2026-02-30'", ['name', 'equals', '2026-02-30']],
  ])('%s reads as well', (source, comparison) => {
    expect(read(source)).toEqual({ all: [comparison] })
  })
})

describe('groups', () => {
  const a: Comparison = ['retries', 'equals', 1]
  const b: Comparison = ['name', 'equals', 'x']
  const c: Comparison = ['vip', 'equals', true]
  const low: Comparison = ['retries', 'atLeast', 1]
  const high: Comparison = ['retries', 'atMost', 5]
  const between: Comparison = ['retries', 'between', [1, 5]]

  test.each<[ConditionGroup, string]>([
    [{ all: [a, b, c] }, 'retries == 1 && name == "x" && vip == true'],
    [{ any: [a, b, c] }, 'retries == 1 || name == "x" || vip == true'],
    [{ any: [{ all: [a, b] }, c] }, '(retries == 1 && name == "x") || vip == true'],
    [{ all: [a, { any: [b, c] }] }, 'retries == 1 && (name == "x" || vip == true)'],
    [{ all: [{ all: [a, b] }, c] }, '(retries == 1 && name == "x") && vip == true'],
    // Groups of one and of none.
    [{ all: [] }, 'true'],
    [{ any: [] }, 'false'],
    [{ any: [a] }, 'false || retries == 1'],
    [{ all: [{ all: [a] }] }, 'true && (true && retries == 1)'],
    [{ all: [{ any: [] }, a] }, '(false) && retries == 1'],
    [{ any: [{ any: [] }, a] }, '(false) || retries == 1'],
    // Two bounds are `between` in brackets alone.
    [{ all: [between] }, '(retries >= 1 && retries <= 5)'],
    [{ all: [low, high] }, 'retries >= 1 && retries <= 5'],
    [{ any: [between, a] }, '(retries >= 1 && retries <= 5) || retries == 1'],
    [{ any: [{ all: [low, high] }, a] }, '(true && retries >= 1 && retries <= 5) || retries == 1'],
    [{ all: [low, high, a] }, 'retries >= 1 && retries <= 5 && retries == 1'],
  ])('%j', (group, source) => {
    expect(writeCondition(group)).toBe(source)
    expect(read(source)).toEqual(group)
    expect(faultsOf(source)).toEqual([])
  })

  test.each<[string, ConditionGroup]>([
    ['retries == 1 && name == "x" || vip == true', { any: [{ all: [a, b] }, c] }],
    ['(retries == 1 && name == "x") && vip == true', { all: [{ all: [a, b] }, c] }],
    ['((retries == 1) && ((name == "x")))', { all: [a, b] }],
    ['true && retries == 1 && name == "x"', { all: [a, b] }],
    ['retries >= 1 && retries <= 5 || vip == true', { any: [between, c] }],
    ['retries == 1 && true', { all: [a, { all: [] }] }],
  ])('%s reads as well', (source, group) => {
    expect(read(source)).toEqual(group)
  })
})

describe('whatever else is free text, and the part that does not fit is marked', () => {
  test.each([
    ['size(names) > 0', 'size(names) > 0'],
    ['name == "x" // why', '// why'],
    ['retries == 1 && size(names) > 0 && vip', 'size(names) > 0'],
    ['vip', 'vip'],
    ['!vip', '!vip'],
    ['retries + 1 == 2', 'retries + 1 == 2'],
    ['vip == true ? vip == true : vip == false', 'vip == true ? vip == true : vip == false'],
    ['!(vip == true && vip == false)', '!(vip == true && vip == false)'],
    ['names.exists(n, n == "x")', 'names.exists(n, n == "x")'],
    ['contact.tier != null', 'contact.tier != null'],
    ['has(contact)', 'has(contact)'],
    ['name.contains("x", "y")', 'name.contains("x", "y")'],
    ['name.lower() == "x"', 'name.lower() == "x"'],
    ['"x" in names', '"x" in names'],
    ['names[0] == "x"', 'names[0] == "x"'],
    ['name in [["x"]]', 'name in [["x"]]'],
    ['vip > true', 'vip > true'],
    ['retries == 9007199254740993', 'retries == 9007199254740993'],
    ['retries == 1u', 'retries == 1u'],
    ['now > timestamp("today")', 'now > timestamp("today")'],
    ['1 == 2', '1 == 2'],
    ['constructor == 1', 'constructor == 1'],
    ['retries ==', ''],
    ['retries = 1', '='],
    ['', ''],
    ['  ', '  '],
  ])('%s', (source, marked) => {
    const result = readCondition(source)
    expect(result.ok).toBe(false)
    if (result.ok) return
    expect(result.error.code).toBe('condition.freeText')
    expect(source.slice(result.error.range.start, result.error.range.end)).toBe(marked)
  })

  test('more groups inside of groups than a person can follow', () => {
    const nested = (levels: number): ConditionGroup =>
      levels === 1 ? { all: [['retries', 'between', [1, 2]]] } : { any: [nested(levels - 1)] }
    const deepest = nested(MAX_CONDITION_DEPTH)
    expect(read(writeCondition(deepest))).toEqual(deepest)
    const source = `${'(false || '.repeat(MAX_CONDITION_DEPTH)}(retries == 1 && vip == true)${')'.repeat(MAX_CONDITION_DEPTH)}`
    expect(readCondition(source).ok).toBe(false)
    expect(
      readCondition(`${'(false || '.repeat(MAX_CONDITION_DEPTH)}(true)${')'.repeat(MAX_CONDITION_DEPTH)}`).ok,
    ).toBe(false)
  })

  test.each(['(', '(a==1)&&', '(((a==1&&', 'true&&', '!(', 'a==1||', '((a>=1&&a<=2)&&'])(
    '%s, many times, in no time',
    (part) => {
      const count = Math.floor(4_000 / part.length)
      const brackets = part.replace(/[^(]/g, '').length - part.replace(/[^)]/g, '').length
      const started = performance.now()
      for (const times of [count, Math.min(count, 20)])
        readCondition(`${part.repeat(times)}a==1${')'.repeat(brackets * times)}`)
      expect(performance.now() - started).toBeLessThan(1_000)
    },
  )
})

describe('misuse is thrown', () => {
  const write = (condition: unknown) => () => writeCondition({ all: [condition as Condition] })

  test.each<[unknown, string]>([
    [['retries', 'equal', 3], 'condition.operator'],
    [['retries', 'toString', 3], 'condition.operator'],
    [['retries +', 'equals', 3], 'condition.path'],
    [['contact["tier"]', 'equals', 3], 'condition.path'],
    [['contact .tier', 'equals', 3], 'condition.path'],
    [['size(names)', 'equals', 3], 'condition.path'],
    [['names[0]', 'equals', 3], 'condition.path'],
    [['a.constructor', 'equals', 3], 'condition.path'],
    [[3, 'equals', 3], 'condition.path'],
    [['now', 'exists'], 'condition.path'],
    [['retries', 'equals'], 'condition.operand'],
    [['retries', 'exists', 1], 'condition.operand'],
    [['retries', 'equals', null], 'condition.operand'],
    [['retries', 'equals', Number.NaN], 'condition.operand'],
    [['retries', 'greater', true], 'condition.operand'],
    [['retries', 'equals', { ref: '1' }], 'condition.operand'],
    [['retries', 'equals', { ref: 'limit', date: '2026-11-21' }], 'condition.operand'],
    [['born', 'less', { date: '2026-02-30' }], 'condition.operand'],
    [['born', 'less', { date: '21.11.2026' }], 'condition.operand'],
    [['now', 'less', { instant: '2026-11-21T25:00' }], 'condition.operand'],
    [['now', 'less', { instant: '2026-11-21', zone: '' }], 'condition.operand'],
    [['retries', 'between', [1]], 'condition.operand'],
    [['retries', 'between', 1], 'condition.operand'],
    [['name', 'contains', 1], 'condition.operand'],
    [['name', 'isOneOf', 'x'], 'condition.operand'],
    [['name', 'isOneOf', [null]], 'condition.operand'],
    [{ all: [], any: [] }, 'condition.group'],
    [{ none: [] }, 'condition.group'],
    [{ all: 'x' }, 'condition.group'],
    [null, 'condition.group'],
    [['name', 'equals', 'x'.repeat(4_000)], 'condition.tooLong'],
    [['retries', 'isOneOf', new Array(1_001).fill(1)], 'condition.operand'],
  ])('%j', (condition, code) => {
    expect(write(condition)).toThrow(expect.objectContaining({ name: 'SluiceError', code }))
  })

  test('a group that is nested too deeply', () => {
    let group: ConditionGroup = { all: [] }
    for (let i = 0; i < MAX_CONDITION_DEPTH; i++) group = { all: [group] }
    expect(() => writeCondition(group)).toThrow(expect.objectContaining({ code: 'condition.tooDeep' }))
  })

  test('says which operator was meant', () => {
    expect(write(['retries', 'equal', 3])).toThrow('Did you mean equals')
  })
})

test.each<[ValueType | 'date', string, Operand]>([
  ['text', 'name', 'x'],
  ['number', 'retries', 1],
  ['date', 'born', { date: '2026-11-21' }],
  ['boolean', 'vip', true],
  ['any', 'other', 'x'],
  [{ list: 'text' }, 'names', 'x'],
])('every operator for %j passes the check', (type, left, right) => {
  for (const operator of operatorsFor(type)) {
    const comparison = [left, operator, ...operandsOf(operator, right)] as unknown as Comparison
    const source = writeCondition({ all: [comparison] })
    expect(faultsOf(source), source).toEqual([])
    expect(read(source)).toEqual({ all: [comparison] })
  }
})

function operandsOf(operator: Operator, right: unknown): unknown[] {
  if (
    operator === 'isBlank' ||
    operator === 'isNotBlank' ||
    operator === 'exists' ||
    operator === 'notExists'
  )
    return []
  if (operator === 'between') return [[right, right]]
  return operator === 'isOneOf' || operator === 'isNotOneOf' ? [[right]] : [right]
}

const paths = fc.constantFrom(
  'retries',
  'name',
  'vars.retries',
  'contact.tier',
  'contact["first name"]',
  'contact["in"].x',
  'nodes.menu.value',
  'now',
)
const numbers = fc
  .oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))
  .map((n) => (n === 0 ? 0 : n))
const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ maxLength: 12 }),
  fc.constant('2026-11-21'),
)
const ordered: fc.Arbitrary<Operand> = fc.oneof(
  numbers,
  texts,
  fc.constantFrom<Operand[]>(
    { date: '2026-11-21' },
    { date: '2024-02-29' },
    { instant: '2026-11-21T09:00:30.5Z' },
    { instant: '2026-11-21T09:00', zone: 'Europe/Berlin' },
  ),
  paths.map((ref) => ({ ref })),
)
const operands: fc.Arbitrary<Operand> = fc.oneof(ordered, fc.boolean())
const tuple = (...parts: fc.Arbitrary<unknown>[]) => fc.tuple(...parts) as unknown as fc.Arbitrary<Comparison>
const one = (...operators: Operator[]) => fc.constantFrom(...operators)
const comparisons = fc.oneof(
  tuple(paths, one('isBlank', 'isNotBlank')),
  tuple(
    paths.filter((path) => path !== 'now'),
    one('exists', 'notExists'),
  ),
  tuple(paths, one('equals', 'notEquals'), operands),
  tuple(paths, one('greater', 'atLeast', 'less', 'atMost'), ordered),
  tuple(paths, one('atLeast', 'atMost'), fc.constantFrom<Operand[]>(1, { ref: 'retries' })),
  tuple(paths, fc.constant('between'), fc.tuple(ordered, ordered)),
  tuple(
    paths,
    one('contains', 'notContains', 'startsWith', 'endsWith', 'matches'),
    fc.oneof(
      texts,
      paths.map((ref) => ({ ref })),
    ),
  ),
  tuple(
    paths,
    one('isOneOf', 'isNotOneOf'),
    fc.oneof(
      fc.array(operands, { maxLength: 3 }),
      paths.map((ref) => ({ ref })),
    ),
  ),
)

/** Groups up to the greatest depth. */
function groups(depth: number): fc.Arbitrary<ConditionGroup> {
  const member: fc.Arbitrary<Condition> =
    depth === 1
      ? comparisons
      : fc.oneof({ weight: 3, arbitrary: comparisons }, { weight: 2, arbitrary: groups(depth - 1) })
  const members = fc.array(member, { maxLength: 3 })
  return fc.oneof(
    members.map((all) => ({ all })),
    members.map((any) => ({ any })),
  )
}

const environments: fc.Arbitrary<Environment> = fc.record({
  vars: fc.record({
    retries: fc.integer({ min: -1, max: 3 }),
    name: fc.constantFrom<Json[]>('x', '', null),
    vip: fc.boolean(),
  }),
  contact: fc.record(
    { tier: fc.constantFrom('gold', 'x'), balance: fc.integer({ min: 0, max: 2 }) },
    { requiredKeys: [] },
  ),
  trigger: fc.constant({}),
  nodes: fc.constantFrom({}, { menu: { value: 'x' } }, { menu: { value: 1 } }),
  session: fc.constant({}),
  now: fc.integer({ min: 0, max: 3 }),
}) as fc.Arbitrary<Environment>

function evaluate(source: string, env: Environment): unknown {
  const { checked, faults } = cel.checkExpression(source, SCOPE)
  expect(faults, source).toEqual([])
  const value = celLinker.linkExpression(checked!.tree, { regex: re2Engine })(env)
  return isFault(value) ? 'fault' : value
}

describe('the laws of conditions', () => {
  test('what is written reads back as it was', () => {
    fc.assert(
      fc.property(groups(MAX_CONDITION_DEPTH), (group) => {
        let source: string
        try {
          source = writeCondition(group)
        } catch (error) {
          fc.pre((error as { readonly code?: string }).code !== 'condition.tooLong')
          throw error
        }
        expect(read(source), source).toEqual(group)
        // As JSON, too.
        expect(read(source)).toEqual(JSON.parse(JSON.stringify(group)))
      }),
      { numRuns: 2_000 },
    )
  })

  const sources = fc.letrec<{ source: string }>((tie) => ({
    source: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'source', withCrossShrink: true },
      fc.constantFrom(
        'retries == 1',
        '1 <= retries',
        'retries<=2',
        'retries != null',
        'name == null',
        'has(contact.tier)',
        '!(has(contact.tier))',
        'default(name, "") == ""',
        '"" != default(name, "")',
        "name.contains('x')",
        '!( name in ["x", contact.tier] )',
        'contact.tier == "gold"',
        'vip == true',
        'nodes.menu.value == 1',
        'retries >= 1 && retries <= 2',
        '(retries >= 1 && 2 >= retries)',
        'true',
        'false',
        'now < timestamp("2026-11-21")',
        'vip', // free text
      ),
      fc.tuple(tie('source'), tie('source')).map(([a, b]) => `${a} && ${b}`),
      fc.tuple(tie('source'), tie('source')).map(([a, b]) => `${a}||${b}`),
      tie('source').map((source) => `( ${source} )`),
    ),
  })).source

  test('a source that reads means the same when it is written again', () => {
    let readable = 0
    fc.assert(
      fc.property(sources, fc.array(environments, { minLength: 3, maxLength: 3 }), (source, envs) => {
        const result = readCondition(source)
        if (!result.ok) return
        readable++
        const written = writeCondition(result.value)
        expect(writeCondition(read(written))).toBe(written)
        for (const env of envs)
          expect(evaluate(written, env), `${source}\n${written}`).toBe(evaluate(source, env))
      }),
      { numRuns: 2_000 },
    )
    expect(readable).toBeGreaterThan(500)
  })

  test('no text makes it throw', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (source) => void readCondition(source)))
  })
})
