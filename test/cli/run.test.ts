import { describe, expect, it } from 'vitest'
import { ASK, CONFIRM, ERROR, MENU, OWE, WELCOME } from '../testing/support.ts'
import { ADA, chain, file, HTTP, LOOKUP, SUPPORT } from './flows.ts'
import { cli, isOneLine, NOW } from './helpers.ts'

const run = (flow: string, ...args: string[]) => cli(['run', flow, ...args])
const script = (...events: unknown[]) => ['--script', file(events)]

describe('a script', () => {
  it('plays the first transcript of the support flow, and prints it for people', async () => {
    const { code, out, err } = await run(
      SUPPORT,
      '--contact',
      ADA,
      ...script('1', '2', '9', '1', '3', 'AB-1234'),
    )
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toBe(
      [
        ...[WELCOME, MENU, '> 1', OWE, MENU, '> 2', MENU, '> 9', ERROR, MENU, '> 1', OWE, MENU, '> 3', ASK],
        ...['> AB-1234', CONFIRM, 'Ended: resolved (20 steps)', ''],
      ].join('\n'),
    )
  })

  it('comes from standard input with -', async () => {
    const { code, out } = await cli(['run', SUPPORT, '--contact', ADA, '--script', '-'], {
      stdin: '["2", "2", "2"]',
    })
    expect(code).toBe(0)
    expect(out).toContain('Ended: looped')
  })

  it('that runs out while the session waits leaves it waiting, with exit code 0', async () => {
    const { code, lines } = await run(SUPPORT, '--json', '--contact', ADA, ...script('1'))
    expect(code).toBe(0)
    expect(lines.at(-1)).toMatchObject({ type: 'session', status: 'waiting', flowOutcome: null })
  })

  it('lets virtual time pass up to the deadline with a timeout', async () => {
    const { lines } = await run(
      SUPPORT,
      '--json',
      '--now',
      '2026-11-21T10:00:00Z',
      '--contact',
      ADA,
      ...script({ type: 'timeout' }),
    )
    const [first, second] = lines.filter(({ type }) => type === 'wait')
    expect(first.dueAt).toBe(Date.parse('2026-11-21T10:00:10Z'))
    expect(second.dueAt).toBe(Date.parse('2026-11-21T10:00:20Z'))
    expect(lines).toContainEqual({ type: 'step', flow: 'support', node: 'menu', outcome: 'timeout' })
  })

  it('raises signals and events', async () => {
    const paid = chain({
      id: 'paid',
      type: 'wait-for-event@1',
      config: { event: 'paid' },
      outcomes: ['received'],
    })
    const ended = await run(
      file(paid),
      '--json',
      ...script({ type: 'event', name: 'paid', data: { by: 'card' } }),
    )
    expect(ended.lines.at(-1)).toMatchObject({ status: 'ended', flowOutcome: 'done' })
    const hungUp = await run(file(paid), '--json', ...script({ type: 'signal', name: 'hangup' }))
    expect(hungUp.lines.at(-1)).toMatchObject({ status: 'ended', flowOutcome: 'signal.hangup' })
  })

  it('presses keys and buttons', async () => {
    const menu = chain({
      id: 'menu',
      type: 'menu@1',
      config: { prompt: 'Which?', options: [{ value: '1' }], buttons: true },
      outcomes: ['1', 'noMatch'],
    })
    for (const event of [
      { type: 'digits', digits: '1' },
      { type: 'button', value: '1' },
      { type: 'text', text: '1' },
    ]) {
      const { lines } = await run(file(menu), '--json', ...script(event))
      expect(lines).toContainEqual({ type: 'step', flow: 'chain', node: 'menu', outcome: '1' })
    }
  })

  it('answers the effect that is awaited with a result', async () => {
    const { lines } = await run(file(LOOKUP), '--json', ...script({ type: 'result', status: 404 }))
    expect(lines).toContainEqual({ type: 'step', flow: 'chain', node: 'lookup', outcome: 'httpError' })
    expect(lines).toContainEqual(expect.objectContaining({ type: 'said', text: 'Status 404.' }))
  })

  it('reads a bare text as what the wait accepts', async () => {
    const keys = chain({
      id: 'pin',
      type: 'collect-input@1',
      config: { prompt: 'PIN?', accept: 'digits' },
      outcomes: ['valid', 'invalid'],
    })
    expect((await run(file(keys), ...script('4711'))).out).toContain('Ended: done')
    expect((await run(file(LOOKUP), ...script('a body'))).out).toContain('Status 200.')
    const paid = chain({
      id: 'paid',
      type: 'wait-for-event@1',
      config: { event: 'paid' },
      outcomes: ['received'],
    })
    expect((await run(file(paid), ...script('paid'))).out).toContain('Ended: done')
  })

  it('with more events than the session takes is told about, and does not fail', async () => {
    const { code, err } = await run(SUPPORT, '--contact', ADA, ...script('2', '2', '2', '2', '2'))
    expect(code).toBe(0)
    expect(err).toBe('warning: 2 events of the script came after the session was over [script.leftOver]\n')
  })
})

describe('lines of a pipe', () => {
  it('are the contact’s answers where there is no terminal', async () => {
    const { code, out } = await cli(['run', SUPPORT, '--contact', ADA], { stdin: '9\r\n3\nnope\nx\n' })
    expect(code).toBe(0)
    expect(out).toContain('Ended: abandoned')
  })

  it('that end leave the session waiting', async () => {
    const { code, out } = await cli(['run', SUPPORT, '--contact', ADA])
    expect(code).toBe(0)
    expect(out).toContain('Waiting: menu takes text, digits (3 steps)')
  })
})

describe('mocks', () => {
  it('answer effects by node before type, one result an invocation, the last repeating', async () => {
    const request = { type: 'http-request@1', config: { url: 'https://example.com' }, outcomes: HTTP }
    const flow = chain({ id: 'a', ...request }, { id: 'b', ...request }, { id: 'c', ...request })
    const mock = file({ a: [{ error: 'timeout' }], 'http.request': [{ status: 200 }, { status: 500 }] })
    const { lines } = await run(file(flow), '--json', '--mock', mock)
    const outcomes = lines
      .filter(({ type }) => type === 'step')
      .map(({ node, outcome }) => `${node}:${outcome}`)
    expect(outcomes).toEqual(['start:next', 'a:timeout', 'b:success', 'c:httpError', 'end:done'])
  })

  it('for a name that the flow does not have are told about', async () => {
    const { code, err } = await run(file(LOOKUP), '--mock', file({ lokup: [{ status: 200 }] }))
    expect(code).toBe(0)
    expect(err).toBe(
      'warning: no node is called lokup, which is mocked; did you mean lookup? [mock.unused]\n',
    )
  })
})

describe('JSON lines', () => {
  it('tell steps, effects, texts and waits in order, and the session last', async () => {
    const { lines } = await run(SUPPORT, '--json', '--contact', ADA, ...script('1'))
    expect(lines.map(({ type }) => type)).toEqual([
      ...['step', 'effect', 'said', 'step', 'effect', 'said', 'wait'],
      ...['step', 'step', 'effect', 'said', 'step', 'effect', 'said', 'wait', 'session'],
    ])
    expect(lines[0]).toEqual({ type: 'step', flow: 'support', node: 'start', outcome: 'next' })
    expect(lines[2]).toMatchObject({ type: 'said', text: WELCOME })
    expect(lines[6]).toEqual({
      type: 'wait',
      id: 'session:3',
      flow: 'support',
      node: 'menu',
      for: ['text', 'digits'],
      dueAt: NOW + 10_000,
    })
    expect(lines.at(-1)).toMatchObject({ status: 'waiting', steps: 6, session: { v: 1, status: 'waiting' } })
  })

  it('[RUN-13] are the same bytes for the same instant and seed', async () => {
    const args = [
      SUPPORT,
      '--json',
      '--now',
      '2026-01-01',
      '--seed',
      'x',
      '--contact',
      ADA,
      ...script('1', '9'),
    ] as const
    expect((await run(...args)).out).toBe((await run(...args)).out)
  })
})

describe('a session that fails', () => {
  it('ends with exit code 1 and one line that names the node', async () => {
    const flow = chain({
      id: 'ask',
      type: 'http-request@1',
      config: { url: '{{contact.name}}' },
      outcomes: HTTP,
    })
    const { code, err, lines } = await run(
      file({ ...flow, settings: { ...flow.settings, contact: [{ name: 'name', type: 'text' }] } }),
      '--json',
    )
    expect(code).toBe(1)
    expect(isOneLine(err)).toBe(true)
    expect(err).toContain('at ask')
    expect(lines.at(-1)).toMatchObject({ type: 'session', status: 'failed', error: { code: 'http.badUrl' } })
  })
})

describe('contact, data and trigger', () => {
  it('come as JSON or from a file', async () => {
    const { out } = await run(SUPPORT, '--contact', file(ADA), ...script('1'))
    expect(out).toContain(OWE)
  })

  it('fill what the flow reads of the trigger', async () => {
    const flow = chain({
      id: 'tell',
      type: 'send-message@1',
      config: { prompt: '{{trigger.type}} from {{trigger.from}}' },
      outcomes: ['next'],
    })
    const { out } = await run(file(flow), '--trigger', '{"type": "call", "from": "+49151"}')
    expect(out).toContain('call from +49151')
  })
})

describe('a script node', () => {
  const calc = {
    id: 'calc',
    type: 'script@1',
    config: { source: 'return inputs.a * 2', inputs: { a: '21' } },
  }
  const flow = {
    schema: 1,
    id: 'flow',
    settings: { outcomes: [{ code: 'done', kind: 'completed' }] },
    nodes: [
      { id: 'start', type: 'start@1' },
      calc,
      { id: 'say', type: 'send-message@1', config: { prompt: 'It is {{nodes.calc.value}}.' } },
      { id: 'end', type: 'end@1', config: { outcome: 'done' } },
    ],
    connectors: [
      { from: { node: 'start', outcome: 'next' }, to: 'calc' },
      { from: { node: 'calc', outcome: 'done' }, to: 'say' },
      { from: { node: 'calc', outcome: 'failed' }, to: 'end' },
      { from: { node: 'calc', outcome: 'timeout' }, to: 'end' },
      { from: { node: 'say', outcome: 'next' }, to: 'end' },
    ],
  }

  it('is really run', async () => {
    const { code, out } = await run(file(flow), ...script())
    expect(code).toBe(0)
    expect(out).toContain('\nIt is 42.\n')
  })

  it('is not run where its result is mocked', async () => {
    const { out } = await run(file(flow), ...script(), '--mock', file({ calc: { body: 7 } }))
    expect(out).toContain('\nIt is 7.\n')
  })
})
