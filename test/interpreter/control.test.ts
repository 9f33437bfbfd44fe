import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compile } from '../../src/index.ts'
import { palette } from '../../src/palette/index.ts'
import { ask, assign, end, node, program, say } from '../support/flow.ts'
import { play } from '../support/play.ts'

describe('control', () => {
  it('[RUN-1] goes from the start along the outcomes taken until an end', () => {
    const run = play(
      program({
        nodes: { hello: say('Hello'), bye: say('Bye'), done: end('ok') },
        connect: ['start -> hello', 'hello -> bye', 'bye -> done'],
      }),
    )
    expect(run.said).toEqual(['Hello', 'Bye'])
    expect(run.run.trace.steps()).toEqual([
      { flow: 'main', node: 'start', outcome: 'next' },
      { flow: 'main', node: 'hello', outcome: 'next' },
      { flow: 'main', node: 'bye', outcome: 'next' },
      { flow: 'main', node: 'done', outcome: 'ok' },
    ])
    expect(run.session).toMatchObject({ status: 'ended', flowOutcome: 'ok', steps: 4 })
  })

  it('[RUN-1] takes the connector of the outcome, not the one beside it', () => {
    const branching = program({
      variables: [{ name: 'n', type: 'number' }],
      nodes: {
        ask: ask('?', { accept: 'number', variable: 'n' }),
        pick: node('branch', {
          rules: [
            { outcome: 'big', condition: 'n > 10' },
            { outcome: 'some', condition: 'n > 0' },
          ],
        }),
        big: end('big'),
        some: end('some'),
        none: end('none'),
      },
      connect: [
        'start -> ask',
        'ask:valid -> pick',
        'pick:big -> big',
        'pick:some -> some',
        'pick:else -> none',
      ],
      otherwise: 'none',
    })
    const outcomes = ['11', '10', '0'].map((answer) => play(branching).text(answer).outcome)
    expect(outcomes).toEqual(['big', 'some', 'none'])
  })

  it('[RUN-1] stops at a wait and goes on from there', () => {
    const run = play(
      program({
        nodes: { ask: ask('Name?'), thanks: say('Thanks'), done: end('ok') },
        connect: ['start -> ask', 'ask:valid -> thanks', 'thanks -> done'],
      }),
    )
    expect(run.session.status).toBe('waiting')
    expect(run.node).toBe('ask')
    run.text('Ada')
    expect(run.said).toEqual(['Thanks'])
    expect(run.outcome).toBe('ok')
  })

  it('[RUN-1] goes round a cycle as often as its nodes say', () => {
    const run = play(
      program({
        variables: [{ name: 'n', type: 'number', default: 0 }],
        nodes: {
          ask: ask(),
          count: assign({ n: 'n + 1' }),
          enough: node('branch', { rules: [{ outcome: 'yes', condition: 'n == 3' }] }),
          done: end('ok'),
        },
        connect: [
          'start -> ask',
          'ask:valid -> count',
          'count -> enough',
          'enough:yes -> done',
          'enough:else -> ask',
        ],
      }),
    )
    run.text('a').text('b')
    expect(run.session.status).toBe('waiting')
    run.text('c')
    expect(run.outcome).toBe('ok')
  })

  it('[RUN-1] runs the support flow to each of its ends', () => {
    const text = readFileSync(new URL('../../examples/support/support.json', import.meta.url), 'utf8')
    const support = compile(text, { nodes: palette })
    const trigger = { type: 'manual', contact: { name: 'Ada', balance: 150, tier: 'gold' } }
    const resolved = play(support, { trigger })
    expect(resolved.said[0]).toBe('Hello Ada, welcome to ACME.')
    expect(resolved.digits('1').said[0]).toBe('Ada, you owe 150 (high).')
    expect(resolved.digits('3').text('AB-1234').outcome).toBe('resolved')
    expect(play(support, { trigger }).digits('2').digits('2').digits('2').outcome).toBe('looped')
    expect(play(support, { trigger }).text('x').timeout().digits('3').text('nope').outcome).toBe('abandoned')
  })
})
