import { describe, expect, it, vi } from 'vitest'
import { cel, createScope } from '../../src/expressions/index.ts'
import { compile, type JsonObject, resume, type SessionEvent, start } from '../../src/index.ts'
import { palette } from '../../src/palette/index.ts'
import { placeOf } from '../../src/testing/explore/demand.ts'
import { demandsOf } from '../../src/testing/explore/demands-of.ts'
import { Frontier } from '../../src/testing/explore/frontier.ts'
import { readPath } from '../../src/testing/explore/read-path.ts'
import { sampleText } from '../../src/testing/explore/sample-text.ts'
import {
  createCoverage,
  type Exploration,
  explore,
  replayScript,
  type Script,
} from '../../src/testing/index.ts'
import { compileFixture, fixtureTypes, readFixture } from '../palette/node-fixtures.ts'
import { compileSupport } from './support.ts'

const support = compileSupport()
const scope = createScope({ vars: { item: 'text' } })
const checkedTree = (source: string) => cel.checkExpression(source, scope).checked!.tree

/** A flow of nodes in a row: each leads to the next by all its outcomes, and the last to an end. */
function flow(nodes: readonly JsonObject[], more: JsonObject = {}, settings: JsonObject = {}) {
  const types = new Map(palette.map((type) => [`${type.runtime.type}@1`, type]))
  const all = [{ id: 'start', type: 'start@1', config: {} }, ...nodes]
  return compile(
    {
      schema: 1,
      id: 'flow',
      settings: { outcomes: [{ code: 'done', kind: 'completed' }], ...settings },
      nodes: [...all, { id: 'end', type: 'end@1', config: { outcome: 'done' } }],
      connectors: all.flatMap((node, index) =>
        types
          .get(node.type as string)!
          .runtime.outcomes(node.config as JsonObject)
          .map((outcome) => ({ from: { node: node.id, outcome }, to: all[index + 1]?.id ?? 'end' })),
      ),
      ...more,
    },
    { nodes: palette },
  )
}

const ask = (config: JsonObject = {}) => ({
  id: 'ask',
  type: 'collect-input@1',
  config: { prompt: '?', ...config },
})
const branch = (...conditions: string[]) => ({
  id: 'branch',
  type: 'branch@1',
  config: { rules: conditions.map((condition, index) => ({ outcome: `rule${index}`, condition })) },
})

/** Plays a script event by event; returns the flow outcomes and the outcomes that it took. */
function replay(program: typeof support, script: Script) {
  const coverage = createCoverage(program)
  let { now } = script
  const { contact, data, ...trigger } = script.trigger
  let run = start(program, { ...trigger, contact, data }, { id: 'explore', now, seed: 'explore' })
  coverage.add(run.trace.entries())
  for (const event of script.events) {
    const { wait } = run.session
    if (event.type === 'timeout') now = wait!.dueAt!
    const sent = (
      event.type === 'timeout'
        ? { type: 'timer', waitId: wait!.id }
        : event.type === 'result' || event.type === 'button'
          ? { ...event, waitId: wait!.id }
          : event
    ) as SessionEvent
    run = resume(program, JSON.parse(JSON.stringify(run.session)), sent, { now })
    expect(run.refused).toBeUndefined()
    coverage.add(run.trace.entries())
  }
  return { coverage, session: run.session }
}

const whys = ({ outcomes }: Exploration) =>
  outcomes.unreachable.map(({ node, outcome, why }) => `${node}.${outcome}: ${why}`)

describe('explore', () => {
  it('takes every outcome of the support flow', () => {
    const { outcomes } = explore(support)
    expect(outcomes).toEqual({ total: outcomes.total, covered: outcomes.total, unreachable: [] })
    expect(outcomes.total).toBeGreaterThan(15)
  })

  it.each(fixtureTypes())('takes every outcome of the fixtures of %s', (type) => {
    for (const fixture of readFixture(type)!.flows) {
      const exploration = explore(compileFixture(fixture))
      expect(whys(exploration), fixture.name ?? type).toEqual([])
      expect(exploration.outcomes.covered).toBe(exploration.outcomes.total)
    }
  })

  it('returns scripts that take, replayed through JSON, all that was covered', () => {
    const { scripts, outcomes, coverage } = explore(support)
    const taken = new Set<string>()
    for (const script of scripts) {
      const { coverage: replayed } = replay(support, script)
      for (const { nodes, flow: id } of support.programs.values())
        for (const node of nodes)
          for (const outcome of node.outcomes)
            if (replayed.count(id, node.id, outcome) > 0) taken.add(`${node.id}.${outcome}`)
    }
    expect(taken.size).toBe(outcomes.covered)
    expect(coverage.taken).toBe(outcomes.covered)
    expect(scripts.length).toBeLessThan(15)
  })

  it('plays its scripts again, step by step', () => {
    const { scripts } = explore(support)
    for (const script of scripts) {
      const steps = [...replayScript(support, script)]
      expect(steps).toHaveLength(script.events.length + 1)
      expect(steps.filter(({ run }) => run.refused !== undefined)).toEqual([])
      expect(JSON.stringify(steps.at(-1)!.run.session)).toBe(JSON.stringify(replay(support, script).session))
    }
  })

  it('finds what an expression has to come to, which is kept in a variable as well', () => {
    const size = {
      id: 'size',
      type: 'evaluate@1',
      config: {
        expression: 'size(contact.tier) > 30 ? "big" : "small"',
        variable: 'size',
        choices: [{ value: 'big' }, { value: 'small' }],
      },
    }
    const program = flow(
      [size],
      {},
      { contact: [{ name: 'tier', type: 'text' }], variables: [{ name: 'size', type: 'text' }] },
    )
    expect(explore(program).outcomes.unreachable.map(({ outcome }) => outcome)).toEqual(['other'])
  })

  it('names the outcome of host work and gives it what conditions ask for, at once', () => {
    const effect = {
      id: 'crm',
      type: 'custom-effect@1',
      config: { effect: 'crm.find', outcomes: [{ name: 'found' }] },
    }
    const program = flow([
      effect,
      branch('nodes.crm.body.level == "platinum" && nodes.crm.body.outcome == "found"'),
    ])
    expect(whys(explore(program))).toEqual([])
  })

  it('tries what conditions look for at every time of day', () => {
    const hours = {
      id: 'hours',
      type: 'business-hours@1',
      config: { timeZone: 'Europe/Berlin', hours: [{ days: ['tuesday'], from: '09:00', to: '09:30' }] },
    }
    const program = compile(
      {
        schema: 1,
        id: 'flow',
        settings: {
          contact: [{ name: 'tier', type: 'text' }],
          outcomes: [{ code: 'done', kind: 'completed' }],
        },
        nodes: [
          { id: 'start', type: 'start@1' },
          hours,
          branch('contact.tier == "gold"', 'contact.tier == "silver"'),
          { id: 'end', type: 'end@1', config: { outcome: 'done' } },
        ],
        connectors: [
          { from: { node: 'start', outcome: 'next' }, to: 'hours' },
          { from: { node: 'hours', outcome: 'open' }, to: 'branch' },
          { from: { node: 'hours', outcome: 'closed' }, to: 'end' },
          { from: { node: 'hours', outcome: 'holiday' }, to: 'end' },
          { from: { node: 'branch', outcome: 'rule0' }, to: 'end' },
          { from: { node: 'branch', outcome: 'rule1' }, to: 'end' },
          { from: { node: 'branch', outcome: 'else' }, to: 'end' },
        ],
      },
      { nodes: palette },
    )
    expect(whys(explore(program))).toEqual(['hours.holiday: no event that was tried leads there'])
  })

  it('gives equal results to equal calls', () => {
    const [first, second] = [explore(support), explore(support)].map(({ coverage: _, ...rest }) =>
      JSON.stringify(rest),
    )
    expect(first).toBe(second)
  })

  it.each([
    ['a text', 'nodes.ask.value.trim().lower() == "sales"'],
    ['the other side', '"sales" == nodes.ask.value'],
    ['a part', 'nodes.ask.value.contains("fax")'],
    ['a beginning', 'nodes.ask.value.startsWith("order ")'],
    ['a list', 'nodes.ask.value in ["red", "green"]'],
    ['a pattern', 'nodes.ask.value.matches("^[A-Z]{3}-[0-9]{2}$")'],
    ['a length', 'size(nodes.ask.value) > 40'],
    ['a number in a text', 'number(nodes.ask.value, 0) > 1234'],
    ['both of two', 'nodes.ask.value == "a" && contact.tier == "gold"'],
    ['either of two', 'nodes.ask.value == "q7" || nodes.ask.value == "q8"'],
    ['neither', '!(nodes.ask.value == "" || nodes.ask.value == "1")'],
    ['a choice', 'nodes.ask.value == "long" ? contact.age > 70 : contact.age < 7'],
    ['something missing', 'contact.tier == null'],
    ['a range', 'contact.age > 17 && contact.age < 21'],
    ['a narrow range', 'contact.age > 0.5 && contact.age < 0.6'],
    ['two parts', 'nodes.ask.value.contains("fax") && nodes.ask.value.contains("machine")'],
    ['both ends', 'nodes.ask.value.startsWith("ab") && nodes.ask.value.endsWith("yz")'],
    ['a part and a length', 'nodes.ask.value.startsWith("a") && size(nodes.ask.value) > 30'],
    ['a part and not another', 'nodes.ask.value.contains("@") && !nodes.ask.value.contains("x")'],
    ['a pattern but for one text', 'nodes.ask.value.matches("^[0-9]{3}$") && nodes.ask.value != "000"'],
    ['what is there and has a value', 'has(contact.tier) && contact.tier == "gold"'],
    ['a calculation', 'contact.age * 2 + 4 == 88'],
    ['a sum', 'contact.age + contact.years > 150'],
    ['a later date', 'nodes.ask.value > "2027-06-01" && nodes.ask.value.matches("^[0-9]{4}-[0-9-]+$")'],
    ['one value above another', 'contact.age > contact.years'],
    [
      'the last of many',
      `nodes.ask.value in [${Array.from({ length: 60 }, (_, i) => `"v${i}"`)}] && nodes.ask.value == "v59"`,
    ],
  ])('finds what a condition asks for: %s', (_, condition) => {
    const program = flow(
      [ask(), branch(condition)],
      {},
      {
        contact: [
          { name: 'tier', type: 'text' },
          { name: 'age', type: 'number' },
          { name: 'years', type: 'number' },
        ],
      },
    )
    expect(whys(explore(program))).not.toContainEqual(expect.stringMatching(/^branch\.rule0/))
  })

  it('traces what a condition asks for back through variables', () => {
    const set = {
      id: 'set',
      type: 'set-variables@1',
      config: { assignments: [{ variable: 'color', value: 'nodes.ask.value.trim()' }] },
    }
    const program = flow(
      [ask(), set, branch('color == "ultramarine"')],
      {},
      {
        variables: [{ name: 'color', type: 'text' }],
      },
    )
    expect(whys(explore(program))).toEqual([])
  })

  it.each([
    ['an entry of a list', 'nodes.http.body.items.exists(i, i.sku == "A-1" && i.stock > 5)'],
    ['a list that holds it', '"vip" in nodes.http.body.tags'],
    ['an instant', 'timestamp(nodes.http.body.at) > timestamp("2030-01-01T00:00:00Z")'],
    [
      'a status with a body',
      'nodes.http.status == 201 && has(nodes.http.body.id) && nodes.http.body.id == 7',
    ],
    ['a product', 'nodes.http.body.price * nodes.http.body.count > 500'],
    ['a list of a length', 'size(nodes.http.body.items) == 3 && nodes.http.body.items[0].id == 7'],
  ])('answers requests with what a condition asks for: %s', (_, condition) => {
    const http = { id: 'http', type: 'http-request@1', config: { url: 'https://x.test/' } }
    expect(whys(explore(flow([http, branch(condition)])))).toEqual([])
  })

  it('traces parts of values back through payloads, loops and variables', () => {
    const http = { id: 'http', type: 'http-request@1', config: { url: 'https://x.test/' } }
    const parse = {
      id: 'parse',
      type: 'parse-data@1',
      config: {
        source: 'nodes.http.body',
        values: [{ name: 'id', path: "$.orders[0]['the id']", required: true }],
      },
    }
    const set = {
      id: 'set',
      type: 'set-variables@1',
      config: { assignments: [{ variable: 'whole', value: 'nodes.http.body' }] },
    }
    const loop = { id: 'loop', type: 'loop@1', config: { list: 'nodes.http.body.names' } }
    const settings = { variables: [{ name: 'whole', type: 'any' }] }
    for (const [node, condition] of [
      [parse, 'nodes.parse.id == "A-7"'],
      [set, 'whole.kind == "new"'],
      [loop, 'nodes.loop.item == "Ada"'],
    ] as const)
      expect(whys(explore(flow([http, node, branch(condition)], {}, settings))), condition).toEqual([])
  })

  it('starts when it matters: within a few minutes of a week, at an hour, on a date', () => {
    const hours = {
      id: 'hours',
      type: 'business-hours@1',
      config: {
        timeZone: 'Asia/Tokyo',
        hours: [{ days: ['monday'], from: '23:50', to: '00:05' }],
        holidays: [{ date: '2027-12-25' }],
      },
    }
    expect(whys(explore(flow([ask(), hours])))).toEqual([])
    const times = branch('now > timestamp("2031-05-05T00:00:00Z")', 'now.getHours("UTC") == 7')
    expect(whys(explore(flow([times])))).toEqual([])
  })

  it('sends what conditions ask for on every channel', () => {
    const receive = { id: 'receive', type: 'receive-message@1', config: { channels: ['sms', 'mail'] } }
    const both = branch('nodes.receive.value == "hi" && nodes.receive.channel == "mail"')
    expect(whys(explore(flow([receive, both])))).toEqual([])
  })

  it('makes up bodies that hold what is read of them', () => {
    const http = { id: 'http', type: 'http-request@1', config: { url: 'https://x.test/' } }
    const program = flow([http, branch('nodes.http.body.customer.tiers[1].name == "gold"')])
    expect(explore(program).coverage.count('flow', 'branch', 'rule0')).toBeGreaterThan(0)
  })

  it.each([
    ['the constant false', ['false'], 'branch.rule0: its condition is the constant false'],
    [
      'the same as before',
      ['contact.a == 1', 'contact.a == 1'],
      'branch.rule1: the condition of rule0, which comes before, is the same',
    ],
    [
      'what contradicts itself',
      ['contact.a == 1 && contact.a == 2'],
      'branch.rule0: no value makes its condition true',
    ],
    ['the constant true', ['true'], 'branch.else: a condition before it is the constant true'],
    [
      'a rule behind the constant true',
      ['true', 'contact.a == 1'],
      'branch.rule1: a condition before it is the constant true',
    ],
    [
      'what a rule before takes away',
      ['contact.a > 10', 'contact.a > 20'],
      'branch.rule1: no generated value made its condition true and none before it (it reads contact.a); sessions failed at it with evaluation.type',
    ],
    [
      'a range without numbers, which is not proved',
      ['contact.a > 10 && contact.a < 9'],
      'branch.rule0: no generated value made its condition true (it reads contact.a); sessions failed at it with evaluation.type',
    ],
    [
      'what nobody can give',
      ['session.id == "other"'],
      'branch.rule0: no generated value made its condition true (it reads session.id)',
    ],
  ])('says why an outcome cannot be taken: %s', (_, conditions, why) => {
    const program = flow([branch(...conditions)], {}, { contact: [{ name: 'a', type: 'number' }] })
    expect(whys(explore(program))).toContain(why)
  })

  it('says by which way alone a node could have been reached', () => {
    const program = compile(
      {
        schema: 1,
        id: 'flow',
        settings: { outcomes: [{ code: 'done', kind: 'completed' }] },
        nodes: [
          { id: 'start', type: 'start@1', config: {} },
          branch('false'),
          { id: 'say', type: 'send-message@1', config: { prompt: 'never' } },
          { id: 'end', type: 'end@1', config: { outcome: 'done' } },
        ],
        connectors: [
          { from: { node: 'start', outcome: 'next' }, to: 'branch' },
          { from: { node: 'branch', outcome: 'rule0' }, to: 'say' },
          { from: { node: 'branch', outcome: 'else' }, to: 'end' },
          { from: { node: 'say', outcome: 'next' }, to: 'end' },
        ],
      },
      { nodes: palette },
    )
    expect(whys(explore(program))).toContain(
      'say.next: its node is only reached by branch.rule0, which no session took',
    )
  })

  it('raises the signals that a flow connects, and fails nodes that connect errors', () => {
    const program = compile(
      {
        schema: 1,
        id: 'flow',
        settings: { outcomes: [{ code: 'done', kind: 'completed' }] },
        nodes: [
          { id: 'start', type: 'start@1', config: { data: [{ name: 'n', type: 'any' }] } },
          { id: 'say', type: 'send-message@1', config: { prompt: '{{number(trigger.data.n) + 1}}' } },
          ask(),
          { id: 'end', type: 'end@1', config: { outcome: 'done' } },
        ],
        connectors: [
          { from: { node: 'start', outcome: 'next' }, to: 'say' },
          { from: { node: 'say', outcome: 'next' }, to: 'ask' },
          { from: { node: 'say', outcome: 'on:error' }, to: 'end' },
          { from: { node: 'ask', outcome: 'valid' }, to: 'end' },
          { from: { node: 'ask', outcome: 'on:hangup' }, to: 'end' },
        ],
      },
      { nodes: palette },
    )
    expect(explore(program).outcomes).toEqual({ total: 5, covered: 5, unreachable: [] })
  })

  it('tells of sessions that failed, with the script that does it', () => {
    const http = { id: 'http', type: 'http-request@1', config: { url: 'https://x.test/' } }
    const say = { id: 'say', type: 'send-message@1', config: { prompt: '{{nodes.http.body.name}}' } }
    const program = flow([http, say])
    const { failures } = explore(program)
    expect(failures.map(({ error }) => error.code)).toContain('evaluation.noSuchMember')
    const { session } = replay(program, failures[0]!.script)
    expect(session.error).toEqual(failures[0]!.error)
  })

  it('explains 20,000 outcomes that were missed without looking through all nodes for each', () => {
    const nodes = Array.from({ length: 20_000 }, (_, i) => ({
      id: `n${i}`,
      type: 'send-message@1',
      config: { prompt: 'hi' },
    }))
    const program = flow(nodes)
    const { outcomes } = explore(program)
    expect(outcomes.unreachable.at(-1)?.why).toBe(
      'its node is only reached by n19998.next, which no session took',
    )
  })

  it('ends at its limit, and says so', () => {
    const program = flow([ask(), branch('nodes.ask.value == session.id')])
    const { events, outcomes } = explore(program, { maxEvents: 10 })
    expect(events).toBeLessThanOrEqual(10)
    expect(outcomes.unreachable[0]?.why).toContain('the search ended at its limit')
  })

  it('ends where a flow goes round for ever', () => {
    const program = compile(
      {
        schema: 1,
        id: 'flow',
        settings: {
          outcomes: [{ code: 'done', kind: 'completed' }],
          variables: [{ name: 'n', type: 'number', default: 0 }],
        },
        nodes: [
          { id: 'start', type: 'start@1', config: {} },
          ask(),
          {
            id: 'count',
            type: 'set-variables@1',
            config: { assignments: [{ variable: 'n', value: 'n + 1' }] },
          },
          branch('n > 5000'),
          { id: 'end', type: 'end@1', config: { outcome: 'done' } },
        ],
        connectors: [
          { from: { node: 'start', outcome: 'next' }, to: 'ask' },
          { from: { node: 'ask', outcome: 'valid' }, to: 'count' },
          { from: { node: 'count', outcome: 'next' }, to: 'branch' },
          { from: { node: 'branch', outcome: 'rule0' }, to: 'end' },
          { from: { node: 'branch', outcome: 'else' }, to: 'ask' },
        ],
      },
      { nodes: palette },
    )
    const { outcomes, events } = explore(program)
    expect(events).toBeLessThanOrEqual(30_000)
    expect(outcomes.unreachable.map(({ node }) => node)).toEqual(['branch'])
  })

  it('changes no session and no program on the way', () => {
    const before = JSON.stringify(support.executable)
    const random = vi.spyOn(Math, 'random')
    explore(support)
    expect(JSON.stringify(support.executable)).toBe(before)
    expect(random).not.toHaveBeenCalled()
    random.mockRestore()
  })
})

describe('Frontier', () => {
  it('says so where it had to leave entries out', () => {
    const frontier = new Frontier<number>(new Map(), createCoverage(support))
    const standing = { flow: 'support', node: 'menu' }
    for (let i = 0; i < 1_000; i++) frontier.add(i, standing)
    expect(frontier.dropped).toBe(false)
    frontier.add(1_000, standing)
    expect(frontier.dropped).toBe(true)
    expect(frontier.take()).toBe(0)
  })
})

describe('sampleText', () => {
  it.each([
    '^[A-Z]{2}-\\d{4}$',
    '^(yes|no)$',
    '^\\+?[1-9][0-9]{7,14}$',
    '(?i)^order\\s#\\w+$',
    '[^a-z]x',
    '^a*b+c?$',
    '^(?:ab|cd){3}$',
    '^\\d+(\\.\\d{2})?$',
    '^[\\w.]+@[\\w.]+\\.[a-z]{2,}$',
    '.',
    '',
  ])('matches %s', (pattern) => {
    expect(sampleText(pattern)).toMatch(new RegExp(pattern.replace('(?i)', '')))
  })

  it.each([
    '(',
    '[',
    ')',
    '\\',
    '{',
    'a{',
    '((((',
    '*',
    '(?<',
    '|'.repeat(5_000),
    '('.repeat(5_000),
    'a{999}'.repeat(900),
  ])('takes %j without harm', (pattern) => {
    expect(sampleText(pattern).length).toBeLessThan(100_000)
  })
})

describe('demandsOf', () => {
  it.each([
    'contact.a.lower() == "abc" && contact.a == "ABC"',
    'default(contact.a, true) && !has(contact.a)',
    'contact.a == contact.b && contact.a > 3',
    'contact.a > 5 && contact.a < 6',
    'contact.a.all(x, x > 5) && size(contact.a) > 1',
  ])('does not say of %s that nothing makes it true', (condition) => {
    expect(demandsOf(checkedTree(condition), true, 'f')).not.toEqual([])
  })

  it('asks for both members of a conjunction at once', () => {
    const tree = checkedTree('contact.a == 1 && contact.b == "x"')
    expect(demandsOf(tree, true, 'f')).toEqual([
      new Map<string, unknown>([
        [placeOf('f', ['contact', 'a']), 1],
        [placeOf('f', ['contact', 'b']), 'x'],
      ]),
    ])
  })

  it('asks for nothing where it understands nothing', () => {
    expect(demandsOf(checkedTree('contact.a % 2 == 1'), true, 'f')).toEqual([new Map()])
  })

  it('has no demand for what cannot be', () => {
    expect(demandsOf(checkedTree('contact.a == 1 && contact.a == 2'), true, 'f')).toEqual([])
    expect(demandsOf(true, false, 'f')).toEqual([])
  })

  it('reads a path through what only rewrites it', () => {
    expect(readPath(checkedTree('default(contact.a, "").trim().lower()'))).toEqual(['contact', 'a'])
    expect(readPath(checkedTree('contact.a + contact.b'))).toBeUndefined()
  })
})
