import { describe, expect, it } from 'vitest'
import type { Effect } from '../../src/index.ts'
import type { LogEffect } from '../../src/nodes/index.ts'
import { ask, end, node, program, say } from '../support/flow.ts'
import { type Play, play } from '../support/play.ts'

const LOGBOOKS = [
  { name: 'steps', fields: ['what', 'n'] },
  { name: 'audit', fields: ['what', 'pin'] },
]

const isLog = (effect: Effect): effect is LogEffect => effect.type === 'log.write'
const logs = (run: Play) => run.effects.filter(isLog).map(({ logbook, fields }) => [logbook, fields])

describe('transition actions', () => {
  const counting = () =>
    program({
      settings: { logbooks: LOGBOOKS },
      variables: [{ name: 'n', type: 'number', default: 0 }],
      nodes: {
        ask: {
          ...node('menu', { prompt: 'n is {{n}}', options: [{ value: '1' }, { value: '2' }] }),
          onEnter: [
            { set: 'n', to: 'n + 1' },
            { log: 'steps', fields: { what: '"enter"', n: 'n' } },
          ],
          onLeave: {
            '1': [
              { log: 'steps', fields: { what: '"one"', n: 'n' } },
              { set: 'n', to: 'n * 10' },
              { log: 'steps', fields: { what: '"after"', n: 'n' } },
            ],
            '2': [{ set: 'n', to: '-1' }],
          },
        },
        tell: say('left with {{n}}'),
        done: end('ok'),
      },
      connect: ['start -> ask', 'ask:1 -> tell', 'ask:2 -> tell', 'ask:noMatch -> ask', 'tell -> done'],
    })

  it('[RUN-20] on entering, a variable is set before the node does its work', () => {
    expect(play(counting()).said).toEqual(['n is 1'])
  })

  it('[RUN-20] on entering, an entry is written to a logbook', () => {
    const run = play(counting())
    expect(run.effects[0]).toEqual({
      type: 'log.write',
      logbook: 'steps',
      fields: { what: 'enter', n: 1 },
      key: 's:1',
      node: 'ask',
      flow: 'main',
    })
  })

  it('[RUN-20] on leaving, the actions of the outcome taken run, after the work and before the next node', () => {
    const run = play(counting()).digits('1')
    expect(run.said).toEqual(['left with 10'])
    expect(logs(run)).toEqual([
      ['steps', { what: 'one', n: 1 }],
      ['steps', { what: 'after', n: 10 }],
    ])
  })

  it('[RUN-20] on leaving, actions of other outcomes do not run', () => {
    const run = play(counting()).digits('2')
    expect(run.said).toEqual(['left with -1'])
    expect(logs(run)).toEqual([])
  })

  it('[RUN-20] an outcome without actions runs none; entering again runs the entry actions again', () => {
    const run = play(counting()).digits('9')
    expect(run.said).toEqual(['n is 2'])
    expect(logs(run)).toEqual([['steps', { what: 'enter', n: 2 }]])
  })

  it('[RUN-20] actions run in the order in which they are written', () => {
    const run = play(counting())
    run.digits('1')
    expect(run.entries.map((entry) => (entry.type === 'effect' ? entry.effect.key : entry.type))).toEqual([
      'event',
      's:4',
      's:5',
      'leave',
      'enter',
      's:6',
      'leave',
      'enter',
      'end',
    ])
  })

  it('[RUN-20] asking again by itself enters and leaves nothing', () => {
    const run = play(
      program({
        variables: [{ name: 'n', type: 'number', default: 0 }],
        nodes: {
          it: {
            ...node('collect-input', { prompt: '?', accept: 'number', retries: 1 }),
            onEnter: [{ set: 'n', to: 'n + 1' }],
            onLeave: { valid: [{ set: 'n', to: 'n + 10' }] },
          },
          done: end('ok'),
        },
        connect: ['start -> it'],
        otherwise: 'done',
      }),
    )
    expect(run.text('x').vars).toEqual({ n: 1 })
    expect(run.text('5').vars).toEqual({ n: 11 })
  })

  it('[RUN-20] an end has entry actions too', () => {
    const run = play(
      program({
        settings: { logbooks: LOGBOOKS },
        nodes: { done: { ...end('ok'), onEnter: [{ log: 'steps', fields: { what: '"end"' } }] } },
        connect: ['start -> done'],
      }),
    )
    expect(logs(run)).toEqual([['steps', { what: 'end' }]])
    expect(run.outcome).toBe('ok')
  })

  it('[RUN-20] a start runs its leaving actions', () => {
    const run = play(
      program({
        variables: [{ name: 'n', type: 'number' }],
        nodes: {
          start: { type: 'start', onLeave: { next: [{ set: 'n', to: '5' }] } },
          tell: say('{{n}}'),
          done: end('ok'),
        },
        connect: ['start -> tell', 'tell -> done'],
      }),
    )
    expect(run.said).toEqual(['5'])
  })

  it('[RUN-20] an action that sets null empties the variable', () => {
    const run = play(
      program({
        variables: [{ name: 'n', type: 'number', default: 1 }],
        nodes: { tell: { ...say('x'), onEnter: [{ set: 'n', to: 'null' }] }, done: end('ok') },
        connect: ['start -> tell', 'tell -> done'],
      }),
    )
    expect(run.vars).toEqual({})
  })

  it('[RUN-20] actions on the way out by a default outcome are those of the outcome taken', () => {
    const run = play(
      program({
        variables: [{ name: 'by', type: 'text' }],
        nodes: {
          it: {
            ...node('http-request', { url: 'https://x.test' }),
            onLeave: {
              httpError: [{ set: 'by', to: '"httpError"' }],
              failed: [{ set: 'by', to: '"failed"' }],
            },
          },
          done: end('ok'),
        },
        connect: ['start -> it'],
        otherwise: 'done',
      }),
    )
    expect(run.result({ status: 404 }).vars).toEqual({ by: 'httpError' })
  })
})

describe('sensitive values', () => {
  const secret = () =>
    program({
      settings: { logbooks: LOGBOOKS },
      variables: [{ name: 'pin', type: 'text', sensitive: true }],
      contact: [
        { name: 'iban', type: 'text', sensitive: true },
        { name: 'name', type: 'text' },
      ],
      nodes: {
        ask: {
          ...ask('PIN?', { variable: 'pin' }),
          onLeave: { valid: [{ log: 'audit', fields: { what: '"given"', pin: 'pin + "!"' } }] },
        },
        iban: {
          ...say('Hello {{contact.name}}'),
          onEnter: [{ log: 'audit', fields: { what: 'contact.name', pin: 'contact.iban' } }],
        },
        tell: say('You said {{pin}}'),
        done: end('ok'),
      },
      connect: ['start -> ask', 'ask:valid -> iban', 'iban -> tell', 'tell -> done'],
    })
  const conversation = () =>
    play(secret(), { trigger: { type: 'manual', contact: { iban: 'DE02', name: 'Ada' } } }).text('4711')

  it('[RUN-20] a logbook entry masks what is computed from sensitive values, and nothing else', () => {
    expect(logs(conversation())).toEqual([
      ['audit', { what: 'given', pin: '***' }],
      ['audit', { what: 'Ada', pin: '***' }],
    ])
  })

  it('an effect into which a sensitive value may have flowed says so', () => {
    const flagged = conversation().effects.map((effect) => [effect.type, effect.node, effect.sensitive])
    expect(flagged).toEqual([
      ['log.write', 'ask', undefined],
      ['log.write', 'iban', undefined],
      ['message.send', 'iban', undefined],
      ['message.send', 'tell', true],
    ])
  })

  it('a trace holds no sensitive value', () => {
    const run = conversation()
    expect(run.said).toEqual(['Hello Ada', 'You said 4711'])
    expect(JSON.stringify(run.run.trace)).not.toContain('4711')
    expect(JSON.stringify(run.run.trace)).not.toContain('DE02')
    expect(JSON.stringify(run.run.trace)).toContain('Ada')
  })

  it('what a node asked for is masked in its output as its variable is', () => {
    const run = play(
      program({
        settings: { logbooks: LOGBOOKS },
        variables: [{ name: 'pin', type: 'text', sensitive: true }],
        nodes: {
          ask: ask('PIN?', { variable: 'pin' }),
          tell: { ...say('x'), onEnter: [{ log: 'audit', fields: { pin: 'nodes.ask.value' } }] },
          done: end('ok'),
        },
        connect: ['start -> ask', 'ask:valid -> tell', 'tell -> done'],
      }),
    ).text('4711')
    expect(logs(run)).toEqual([['audit', { pin: '***' }]])
  })

  it('a sensitive value keeps its mark in a subflow', () => {
    const child = program({
      id: 'child',
      role: 'subflow',
      settings: { logbooks: LOGBOOKS },
      variables: [{ name: 'given', type: 'text' }],
      nodes: {
        it: { ...say('x'), onEnter: [{ log: 'audit', fields: { pin: 'given' } }] },
        done: end('done'),
      },
      connect: ['start -> it', 'it -> done'],
    })
    const main = program(
      {
        variables: [{ name: 'pin', type: 'text', sensitive: true, default: '4711' }],
        nodes: { call: node('call-subflow', { flow: 'child', inputs: { given: 'pin' } }), done: end('ok') },
        connect: ['start -> call', 'call:done -> done'],
      },
      { subflows: [child] },
    )
    expect(JSON.stringify(play(main).effects)).not.toContain('4711')
  })

  it('a sensitive value that a subflow brings back keeps its mark', () => {
    const child = program({
      id: 'child',
      role: 'subflow',
      variables: [{ name: 'pin', type: 'text', sensitive: true, default: '4711' }],
      nodes: { done: end('done') },
      connect: ['start -> done'],
    })
    const main = program(
      {
        settings: { logbooks: LOGBOOKS },
        variables: [{ name: 'given', type: 'text' }],
        nodes: {
          call: node('call-subflow', { flow: 'child', outputs: [{ variable: 'given', from: 'pin' }] }),
          tell: { ...say('x'), onEnter: [{ log: 'audit', fields: { pin: 'given' } }] },
          done: end('ok'),
        },
        connect: ['start -> call', 'call:done -> tell', 'tell -> done'],
      },
      { subflows: [child] },
    )
    expect(JSON.stringify(logs(play(main)))).not.toContain('4711')
  })
})
