import { PassThrough } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { main } from '../../src/cli/index.ts'
import { ASK, CONFIRM, ERROR, WELCOME } from '../testing/support.ts'
import { ADA, chain, file, HTTP, LOOKUP, SUPPORT } from './flows.ts'

/** A terminal with a person at it, over streams. */
class Terminal {
  readonly stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (raw: boolean) => {
      this.raw = raw
    },
  })
  readonly stdout = Object.assign(new PassThrough(), { isTTY: true, columns: 100, rows: 40 })
  readonly stderr = new PassThrough()
  readonly interrupt = new AbortController()
  raw = false
  #shown = ''

  constructor() {
    this.stdout.on('data', (chunk) => {
      this.#shown += chunk
    })
  }

  start(...args: string[]): Promise<number> {
    const { stdin, stdout, stderr, interrupt } = this
    return main(args, {
      stdin,
      stdout,
      stderr,
      env: {},
      clock: { now: () => Date.now() },
      catchInterrupt: () => interrupt.signal,
    })
  }

  get shown(): string {
    return stripVTControlCharacters(this.#shown)
  }

  /** Resolves once a text has been shown after the one seen before; fake time stands still meanwhile. */
  async sees(text: string): Promise<void> {
    const began = performance.now()
    for (let at = this.shown.indexOf(text); ; at = this.shown.indexOf(text)) {
      if (at >= 0) {
        this.#shown = this.shown.slice(at + text.length)
        return
      }
      if (performance.now() - began > 5_000) throw new Error(`never shown: ${text}\n${this.shown}`)
      await new Promise((done) => setImmediate(done))
    }
  }

  /** Types once a text is on the screen. */
  async types(text: string, after: string): Promise<void> {
    await this.sees(after)
    this.stdin.write(text)
  }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const PROMPT = '1 Balance · 2 Again · 3 Ticket'

describe('a conversation', () => {
  it('shows every message and asks with the options of the node', async () => {
    const terminal = new Terminal()
    const code = terminal.start('run', SUPPORT, '--contact', ADA)
    await terminal.sees(WELCOME)
    await terminal.types('3\r', PROMPT)
    await terminal.types('AB-1234\r', ASK)
    await terminal.sees(CONFIRM)
    await terminal.sees('Ended: resolved (7 steps)')
    expect(await code).toBe(0)
    expect(terminal.raw).toBe(false)
  })

  it('ends with Ctrl-C: exit code 130, the terminal as it was', async () => {
    const terminal = new Terminal()
    const code = terminal.start('run', SUPPORT, '--contact', ADA)
    await terminal.types('\u0003', PROMPT)
    await terminal.sees('Waiting: menu')
    expect(await code).toBe(130)
    expect(terminal.raw).toBe(false)
  })

  it('lets a deadline pass in real time and takes the prompt away', async () => {
    const terminal = new Terminal()
    const code = terminal.start('run', SUPPORT, '--contact', ADA)
    await terminal.sees(PROMPT)
    await vi.advanceTimersByTimeAsync(9_999)
    expect(terminal.shown).not.toContain(ERROR)
    await vi.advanceTimersByTimeAsync(1)
    await terminal.sees(ERROR)
    await terminal.types('\u0003', PROMPT)
    expect(await code).toBe(130)
    expect(terminal.raw).toBe(false)
  })

  it('takes signals as commands', async () => {
    const terminal = new Terminal()
    const code = terminal.start('run', SUPPORT, '--contact', ADA)
    await terminal.types('/hangup\r', PROMPT)
    await terminal.sees('Ended: signal.hangup')
    expect(await code).toBe(0)
  })

  it('raises the event that is waited for, with data', async () => {
    const terminal = new Terminal()
    const flow = chain(
      { id: 'paid', type: 'wait-for-event@1', config: { event: 'paid' }, outcomes: ['received'] },
      {
        id: 'tell',
        type: 'send-message@1',
        config: { prompt: 'By {{nodes.paid.data.by}}.' },
        outcomes: ['next'],
      },
    )
    const code = terminal.start('run', file(flow))
    await terminal.types('{"by": "card"}\r', 'Raise paid?')
    await terminal.sees('By card.')
    expect(await code).toBe(0)
  })
})

describe('an awaited effect', () => {
  it('asks what it should come to', async () => {
    const terminal = new Terminal()
    const code = terminal.start('run', file(LOOKUP))
    await terminal.types('\u001b[B\r', 'An HTTP error')
    await terminal.types('\r', 'Status')
    await terminal.sees('Status 500.')
    expect(await code).toBe(0)
  })

  it('is answered by a mock without a question, after a moment beside a spinner', async () => {
    const terminal = new Terminal()
    const code = terminal.start('run', file(LOOKUP), '--mock', file({ lookup: [{ status: 204 }] }))
    await terminal.sees('GET https://example.com/orders')
    await vi.advanceTimersByTimeAsync(400)
    await terminal.sees('came to 204')
    expect(await code).toBe(0)
  })

  it('that nobody answers in time goes the way of a timeout', async () => {
    const flow = chain({
      id: 'lookup',
      type: 'http-request@1',
      config: { url: 'https://example.com', timeout: '1s' },
      outcomes: HTTP,
    })
    const terminal = new Terminal()
    const code = terminal.start('run', file(flow))
    await terminal.sees('No answer in time')
    await vi.advanceTimersByTimeAsync(31_000)
    await terminal.sees('Ended: done')
    expect(await code).toBe(0)
  })
})

describe('a delay', () => {
  const DELAY = chain({ id: 'pause', type: 'delay@1', config: { duration: '3s' }, outcomes: ['done'] })

  it('is waited for in real time beside a spinner', async () => {
    const terminal = new Terminal()
    const code = terminal.start('run', file(DELAY))
    await terminal.sees('pause waits until')
    await vi.advanceTimersByTimeAsync(3_000)
    await terminal.sees('Ended: done')
    expect(await code).toBe(0)
  })

  it('ends with Ctrl-C', async () => {
    const terminal = new Terminal()
    const code = terminal.start('run', file(DELAY))
    await terminal.sees('pause waits until')
    terminal.interrupt.abort()
    expect(await code).toBe(130)
  })
})
