import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../src/index.ts'
import { ask, end, type NodeSpec, node, program, say } from '../support/flow.ts'
import { play } from '../support/play.ts'

/** Parses what the trigger brings; what is given comes after that, up to a wait. */
function parsing(body: Json, values: readonly JsonObject[], after: NodeSpec = say('x'), limits = {}) {
  return play(
    program({
      settings: { limits },
      data: [{ name: 'body', type: 'any' }],
      nodes: {
        parse: node('parse-data', { source: 'trigger.data.body', values }),
        after,
        pause: ask('?'),
        last: say('{{default(nodes.parse.a, "-")}}'),
        failed: end('failed'),
        done: end('ok'),
      },
      connect: [
        'start -> parse',
        'parse:parsed -> after',
        'parse:failed -> failed',
        'after -> pause',
        'pause:valid -> last',
      ],
      otherwise: 'done',
    }),
    { trigger: { type: 'manual', data: { body } } },
  )
}

const A = { name: 'a', path: '$.a' }
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`

describe('a payload', () => {
  it.each([
    [20, undefined],
    [19, 'failed'],
  ])('[RUN-15] that is a text is no longer than the payload limit: %i', (maxPayloadBytes, outcome) => {
    const limits = { maxPayloadBytes }
    expect(parsing('{"a": "12345678901"}', [A], say('x'), limits).outcome).toBe(outcome)
    // Twenty bytes of UTF-8, though fewer characters.
    expect(parsing('{"a": "üüüüü1"}', [A], say('x'), limits).outcome).toBe(outcome)
  })

  it.each([
    [64, undefined],
    [65, 'failed'],
  ])('[RUN-15] is nested no deeper than JSON may be: %i', (depth, outcome) => {
    expect(parsing(nested(depth), [A]).outcome).toBe(outcome)
  })

  it('never reaches a prototype', () => {
    for (const name of ['__proto__', 'constructor', 'prototype'])
      expect(parsing(`{"a": 1, "b": {${JSON.stringify(name)}: 1}}`, [A]).outcome).toBe('failed')
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })

  it('is read by later nodes where they ask for it', () => {
    expect(parsing('{"a": [1, 2]}', [A], say('{{size(nodes.parse.payload.a)}}')).said).toEqual(['2', '?'])
  })

  it('is as JSON text would carry it', () => {
    const run = parsing('{"a": -0}', [A], say('{{nodes.parse.a}}'))
    expect(run.said).toEqual(['0', '?'])
  })

  it('stays in the session for as long as the node’s outputs can be read, and no longer', () => {
    const run = parsing('{"a": 1}', [A])
    expect(run.session.frames[0]!.outputs).toEqual({ parse: { payload: { a: 1 }, a: 1 } })
    expect(run.text('go').outcome).toBe('ok')
  })
})

describe('a value', () => {
  it('that is not there is null, unless it must be there', () => {
    expect(parsing('{}', [A]).text('go').said).toEqual(['-'])
    expect(parsing('{"a": null}', [A]).text('go').said).toEqual(['-'])
    expect(parsing('{}', [{ ...A, required: true }]).outcome).toBe('failed')
    expect(parsing('{"a": null}', [{ ...A, required: true }]).outcome).toBe('failed')
    expect(parsing('{"a": []}', [{ ...A, path: '$.a[*]', required: true }]).outcome).toBeUndefined()
  })

  it.each<[string, Json, string | undefined]>([
    ['it does', { list: [1, 2] }, undefined],
    ['an index is not there', { list: [] }, 'failed'],
    ['a member is not there', {}, 'failed'],
    ['a value is of another kind', { list: 5 }, 'failed'],
    ['a list stands for an object', [], 'failed'],
  ])('that an expression must give: %s', (_, body, outcome) => {
    const expression = 'nodes.parse.payload.list[size(nodes.parse.payload.list) - 1]'
    expect(parsing(body, [{ name: 'a', expression, required: true }]).outcome).toBe(outcome)
  })

  it('reads those before it, and nothing of those behind it', () => {
    const values = [
      { name: 'a', path: '$.n' },
      { name: 'b', expression: 'nodes.parse.a + 1' },
      { name: 'c', expression: 'nodes.parse.d' },
      { name: 'd', expression: 'nodes.parse.b * 2' },
    ]
    const after = say('{{nodes.parse.b}}, {{default(nodes.parse.c, "-")}}, {{nodes.parse.d}}')
    expect(parsing({ n: 5 }, values, after).said).toContain('6, -, 12')
  })

  it('that costs too much to compute fails the node', () => {
    const values = [
      { name: 'a', expression: 'nodes.parse.payload.map(x, nodes.parse.payload.map(y, x + y))' },
    ]
    const run = parsing(JSON.stringify(Array(200).fill(1)), values)
    expect(run.errorCode).toBe('limit.expressionCost')
  })

  it('reads what other nodes put out as it is', () => {
    const run = play(
      program({
        nodes: {
          before: node('evaluate', { expression: '7' }),
          parse: node('parse-data', {
            source: '[1]',
            values: [{ name: 'a', expression: 'nodes.before.value + nodes.parse.payload[0]' }],
          }),
          tell: say('{{nodes.parse.a}} {{nodes.before.value}}'),
          done: end('ok'),
        },
        connect: ['start -> before', 'before -> parse', 'parse:parsed -> tell', 'tell -> done'],
        otherwise: 'done',
      }),
    )
    expect(run.said).toEqual(['8 7'])
  })
})
