import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/index.ts'
import { isOptional, type NodeType } from '../../src/nodes/index.ts'
import { palette } from '../../src/palette/index.ts'
import { retryFields } from '../../src/palette/retries.ts'
import { ask, end, node, program } from '../support/flow.ts'
import { type Play, play } from '../support/play.ts'

const TYPES = palette as readonly unknown[] as readonly NodeType[]

/** Node types that ask again: they have every field that asking again needs. */
const RETRYING = TYPES.filter(({ fields }) =>
  Object.keys(retryFields).every((name) => Object.hasOwn(fields, name)),
)

/** What the node types need besides, and an answer that each takes. */
const ASKING: { readonly [type: string]: { readonly config: JsonObject; readonly answer: string } } = {
  menu: { config: { prompt: '?', options: [{ value: '1' }] }, answer: '1' },
  'collect-input': { config: { prompt: '?', accept: 'number' }, answer: '5' },
}

/** A node to which every outcome of it leads back. */
function circle(type: NodeType, config: JsonObject): Play {
  const outcomes = type.runtime.outcomes(config)
  return play(
    program(
      {
        nodes: { it: node(type.runtime.type, config), done: end('ok') },
        connect: ['start -> it', ...outcomes.map((outcome) => `it:${outcome} -> it`), 'it:on:hangup -> done'],
      },
      { policy: { unreachable: 'warning' } },
    ),
  )
}

/** The outcomes by which the node was left in the last call. */
const leftBy = (run: Play) =>
  run.entries.flatMap((entry) => (entry.type === 'leave' && entry.node === 'it' ? [entry.outcome] : []))

describe.each(RETRYING.map((type) => [type.runtime.type, type] as const))('%s', (name, type) => {
  const { config, answer } = ASKING[name] ?? { config: {}, answer: '' }
  const counting = () => circle(type, { ...config, timeout: '5s', retries: 2, countFailures: true })

  it('[RUN-9] is asked about below', () => {
    expect(Object.keys(ASKING)).toContain(name)
  })

  it('[RUN-9] leads the first and the second timeout to outcomes of their own, and the third strikes out', () => {
    const run = counting()
    expect([leftBy(run.timeout()), leftBy(run.timeout()), leftBy(run.timeout())]).toEqual([
      ['timeout1'],
      ['timeout2'],
      ['strikeOut'],
    ])
  })

  it('[RUN-9] counts wrong answers and silence together', () => {
    const run = counting()
    expect(leftBy(run.text('wrong'))[0]).toMatch(/1$/)
    expect(leftBy(run.timeout())).toEqual(['timeout2'])
    expect(leftBy(run.text('wrong'))).toEqual(['strikeOut'])
  })

  it('[RUN-9] counts anew after a strike, and after a success', () => {
    const run = counting()
    run.timeout().timeout().timeout()
    expect(run.session.frames[0]!.failures).toBeUndefined()
    expect(leftBy(run.timeout())).toEqual(['timeout1'])
    run.text(answer)
    expect(run.session.frames[0]!.failures).toBeUndefined()
    expect(leftBy(run.timeout())).toEqual(['timeout1'])
  })
})

describe('node types that count', () => {
  it('[RUN-9] are those that ask again, and those whose outcomes are bounded', () => {
    expect(RETRYING.map(({ runtime }) => runtime.type).sort()).toEqual(Object.keys(ASKING).sort())
    const bounded = TYPES.filter(({ boundedOutcomes }) => boundedOutcomes !== undefined)
    expect(bounded.map(({ runtime }) => runtime.type).sort()).toEqual(['jump', 'loop'])
  })

  it('[RUN-9] jump: once, twice, then by another outcome, from then on', () => {
    const run = play(
      program({
        nodes: { it: node('jump', { max: 2 }), ask: ask('?'), more: ask('more?'), done: end('ok') },
        connect: [
          'start -> it',
          'it:jump -> ask',
          'ask:valid -> it',
          'it:exceeded -> more',
          'more:valid -> it',
          'more:on:hangup -> done',
        ],
      }),
    )
    expect(leftBy(run)).toEqual(['jump'])
    expect(leftBy(run.text('x'))).toEqual(['jump'])
    expect(leftBy(run.text('x'))).toEqual(['exceeded'])
    expect(leftBy(run.text('x'))).toEqual(['exceeded'])
    expect(run.session.frames[0]!.failures).toEqual({ it: 2 })
  })

  it('[RUN-9] loop: round by round, then by another outcome, and then anew', () => {
    const run = play(
      program({
        nodes: { it: node('loop', { times: '2' }), ask: ask('?'), more: ask('more?'), done: end('ok') },
        connect: [
          'start -> it',
          'it:each -> ask',
          'ask:valid -> it',
          'it:done -> more',
          'more:valid -> it',
          'more:on:hangup -> done',
        ],
      }),
    )
    expect(leftBy(run)).toEqual(['each'])
    expect(leftBy(run.text('x'))).toEqual(['each'])
    expect(leftBy(run.text('x'))).toEqual(['done'])
    expect(run.session.frames[0]!.failures).toBeUndefined()
    expect(leftBy(run.text('x'))).toEqual(['each'])
  })

  it('[RUN-9] are counted each for itself, in each run of a flow', () => {
    const child = program({
      id: 'child',
      role: 'subflow',
      nodes: { it: node('jump', { max: 1 }), a: end('first'), b: end('second') },
      connect: ['start -> it', 'it:jump -> a', 'it:exceeded -> b'],
    })
    const call = node('call-subflow', { flow: 'child', outcomes: ['first', 'second'] })
    const run = play(
      program(
        {
          nodes: { a: call, b: call, ok: end('ok'), no: end('no') },
          connect: ['start -> a', 'a:first -> b', 'a:second -> no', 'b:first -> ok', 'b:second -> no'],
          otherwise: 'no',
        },
        { subflows: [child] },
      ),
    )
    expect(run.outcome).toBe('ok')
  })
})

describe('a field of asking again', () => {
  it('[RUN-9] may be left out by every flow', () => {
    expect(Object.values(retryFields).every(isOptional)).toBe(true)
  })
})
