import { describe, expect, it, vi } from 'vitest'
import { cel, createScope } from '../../src/expressions/index.ts'
import { compile, type JsonObject, resume, type SessionEvent, start } from '../../src/index.ts'
import { palette } from '../../src/palette/index.ts'
import { placeOf } from '../../src/testing/explore/demand.ts'
import { demandsOf, readPath } from '../../src/testing/explore/demands-of.ts'
import { sampleText } from '../../src/testing/explore/sample-text.ts'
import { createCoverage, type Exploration, explore, type Script } from '../../src/testing/index.ts'
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
  ])('finds what a condition asks for: %s', (_, condition) => {
    const program = flow(
      [ask(), branch(condition)],
      {},
      {
        contact: [
          { name: 'tier', type: 'text' },
          { name: 'age', type: 'number' },
        ],
      },
    )
    expect(whys(explore(program))).toEqual([])
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
    expect(demandsOf(checkedTree('[1, 2].exists(x, x == contact.a)'), true, 'f')).toEqual([new Map()])
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
