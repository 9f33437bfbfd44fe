import { describe, expect, it } from 'vitest'
import { SIGNALS } from '../../src/nodes/index.ts'
import { ask, end, node, type ProgramOptions, program, say } from '../support/flow.ts'
import { play } from '../support/play.ts'

const asking = (connect: readonly string[] = [], settings = {}, options: ProgramOptions = {}) =>
  program(
    {
      settings: {
        outcomes: [
          { code: 'ok', kind: 'completed' },
          { code: 'gone', kind: 'incomplete' },
        ],
        ...settings,
      },
      nodes: { ask: ask(), bye: say('Bye'), done: end('ok'), gone: end('gone') },
      connect: ['start -> ask', 'ask:valid -> done', 'bye -> gone', ...connect],
    },
    { policy: { unreachable: 'warning' }, ...options },
  )

describe('signals', () => {
  it.each([...SIGNALS, 'custom'])(
    '[RUN-22] %s that the flow does not connect ends the session with a coded flow outcome',
    (name) => {
      const run = play(asking()).signal(name)
      expect(run.session).toMatchObject({ status: 'ended', flowOutcome: `signal.${name}` })
      expect(run.session.wait).toBeUndefined()
      expect(run.errorCode).toBeUndefined()
      expect(run.entries).toEqual([
        { type: 'event', flow: 'main', node: 'ask', event: 'signal' },
        { type: 'end', flow: 'main', node: 'ask', outcome: `signal.${name}` },
      ])
    },
  )

  it.each([...SIGNALS, 'custom'])('[RUN-22] %s that the flow connects is led to its own outcome', (name) => {
    const run = play(asking([`ask:on:${name} -> bye`])).signal(name)
    expect(run.said).toEqual(['Bye'])
    expect(run.outcome).toBe('gone')
    expect(run.entries.slice(0, 2)).toEqual([
      { type: 'event', flow: 'main', node: 'ask', event: 'signal' },
      { type: 'leave', flow: 'main', node: 'ask', outcome: `on:${name}` },
    ])
  })

  it('[RUN-22] another signal than the connected one ends the session', () => {
    expect(play(asking(['ask:on:hangup -> bye'])).signal('cancel').outcome).toBe('signal.cancel')
  })

  it('[RUN-22] a signal is never led to the connector of errors', () => {
    const run = play(asking(['ask:on:error -> bye'])).signal('error')
    expect(run.said).toEqual([])
  })

  it.each([
    ['delay', { duration: '1h' }],
    ['wait-for-event', { event: 'x' }],
    ['http-request', { url: 'https://x.test' }],
    ['transfer', { to: '123' }],
    ['menu', { prompt: '?', options: [{ value: '1' }] }],
    ['send-message', { prompt: 'x', await: 'accepted' }],
  ])('[RUN-22] a signal is legal while the session waits in %s', (type, config) => {
    const waiting = (connect: readonly string[]) =>
      program(
        {
          nodes: { it: node(type, config), done: end('ok'), gone: end('gone') },
          connect: ['start -> it', ...connect],
          otherwise: 'done',
        },
        { policy: { unreachable: 'warning' } },
      )
    expect(play(waiting([])).signal('hangup').outcome).toBe('signal.hangup')
    expect(play(waiting(['it:on:hangup -> gone'])).signal('hangup').outcome).toBe('gone')
  })

  it.each(['STOP', ' stop ', 'Ende'])('[RUN-22] the stop word %j raises the signal stop', (word) => {
    const settings = { stopWords: ['stop', 'ENDE '] }
    expect(play(asking([], settings)).text(word).outcome).toBe('signal.stop')
    expect(play(asking(['ask:on:stop -> bye'], settings)).text(word).outcome).toBe('gone')
  })

  it('[RUN-22] a text that only holds the stop word is an answer', () => {
    expect(play(asking([], { stopWords: ['stop'] })).text('please stop').outcome).toBe('ok')
  })

  it('[RUN-22] without stop words no text raises a signal', () => {
    expect(play(asking()).text('stop').outcome).toBe('ok')
  })

  it('[RUN-22] a stop word counts while the session waits for something else, and is not kept', () => {
    const run = play(
      program({
        settings: { stopWords: ['stop'] },
        nodes: { pause: node('delay', { duration: '1h' }), done: end('ok') },
        connect: ['start -> pause', 'pause:done -> done'],
      }),
    ).text('stop')
    expect(run.outcome).toBe('signal.stop')
    expect(run.session.inbox).toBeUndefined()
  })

  it('[RUN-22] digits are never a stop word', () => {
    const run = play(asking([], { stopWords: ['9'] }))
    expect(run.digits('9').outcome).toBe('ok')
  })

  describe('in a subflow', () => {
    const child = (connect: readonly string[] = []) =>
      program(
        {
          id: 'child',
          role: 'subflow',
          nodes: { ask: ask(), done: end('done'), own: end('own') },
          connect: ['start -> ask', 'ask:valid -> done', ...connect],
        },
        { policy: { unreachable: 'warning' } },
      )
    const caller = (called: ReturnType<typeof child>, connect: readonly string[] = []) =>
      program(
        {
          nodes: {
            call: node('call-subflow', { flow: 'child', outcomes: ['own'] }),
            done: end('ok'),
            gone: end('gone'),
            mine: end('mine'),
          },
          connect: ['start -> call', 'call:done -> done', 'call:own -> mine', ...connect],
        },
        { subflows: [called], policy: { unreachable: 'warning' } },
      )

    it('[RUN-22] the waiting node comes first', () => {
      expect(
        play(caller(child(['ask:on:hangup -> own']), ['call:on:hangup -> gone'])).signal('hangup').outcome,
      ).toBe('mine')
    })

    it('[RUN-22] then the node that called it, with the subflow given up', () => {
      const run = play(caller(child(), ['call:on:hangup -> gone'])).signal('hangup')
      expect(run.outcome).toBe('gone')
      expect(run.session.frames).toHaveLength(1)
      expect(run.entries.map(({ type, flow, node: at }) => `${type} ${flow} ${at}`)).toEqual([
        'event child ask',
        'leave main call',
        'enter main gone',
        'end main gone',
      ])
    })

    it('[RUN-22] else the session ends', () => {
      const run = play(caller(child())).signal('hangup')
      expect(run.outcome).toBe('signal.hangup')
      expect(run.session.status).toBe('ended')
    })
  })

  it('[RUN-22] in the exception flow a signal does not go back to the flow that failed', () => {
    const exception = program({
      id: 'oops',
      role: 'exception',
      nodes: { ask: ask(), done: end('handled') },
      connect: ['start -> ask', 'ask:valid -> done'],
    })
    const main = program(
      {
        nodes: { call: node('call-subflow', { flow: 'missing' }), done: end('ok'), gone: end('gone') },
        connect: ['start -> call', 'call:done -> done', 'call:on:hangup -> gone'],
      },
      { exception },
    )
    expect(play(main).signal('hangup').outcome).toBe('signal.hangup')
  })

  it('[RUN-22] in the exception flow a signal that it connects is led on', () => {
    const exception = program({
      id: 'oops',
      role: 'exception',
      nodes: { ask: ask(), done: end('handled'), left: end('left') },
      connect: ['start -> ask', 'ask:valid -> done', 'ask:on:hangup -> left'],
    })
    const main = program(
      {
        nodes: { call: node('call-subflow', { flow: 'missing' }), done: end('ok') },
        connect: ['start -> call', 'call:done -> done'],
      },
      { exception },
    )
    expect(play(main).signal('hangup').outcome).toBe('left')
  })

  it('[RUN-22] the actions on the way out run', () => {
    const run = play(
      program({
        variables: [{ name: 'why', type: 'text' }],
        nodes: {
          ask: { ...ask(), onLeave: { 'on:hangup': [{ set: 'why', to: '"hung up"' }] } },
          done: end('ok'),
          gone: end('gone'),
        },
        connect: ['start -> ask', 'ask:valid -> done', 'ask:on:hangup -> gone'],
      }),
    ).signal('hangup')
    expect(run.vars).toEqual({ why: 'hung up' })
  })

  it('[RUN-22] an action on the way out that fails is an error of the node', () => {
    const run = play(
      program({
        variables: [{ name: 'n', type: 'number', default: 0 }],
        nodes: {
          ask: { ...ask(), onLeave: { 'on:hangup': [{ set: 'n', to: '1 / n' }] } },
          done: end('ok'),
          gone: end('gone'),
          bad: end('bad'),
        },
        connect: ['start -> ask', 'ask:valid -> done', 'ask:on:hangup -> gone', 'ask:on:error -> bad'],
      }),
    ).signal('hangup')
    expect(run.outcome).toBe('bad')
  })
})
