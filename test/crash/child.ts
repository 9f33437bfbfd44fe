import Libsql from 'libsql'
import { type SqliteDatabase, sqliteStore } from '../../src/adapters/sqlite/index.ts'
import { SluiceError } from '../../src/base/sluice-error.ts'
import type { Effect } from '../../src/nodes/index.ts'
import { palette } from '../../src/palette/index.ts'
import {
  type Channel,
  createHost,
  type Delivery,
  EffectFailure,
  type Host,
  openWorkspace,
  type SessionStore,
  type Store,
  sessionCensus,
} from '../../src/runtime/index.ts'
import { DiskWatch } from './disk.ts'
import { Doom } from './doom.ts'
import { readLedger } from './ledger.ts'
import type { Answer, FromChild, Go, Handed, Question, ToChild } from './messages.ts'

/*
 * The process that is killed: a host over a database file. What people and providers do comes from the parent, and what
 * the host does goes to it.
 */

const TENANT = 'acme'

class Child {
  readonly #handed = new Map<number, (answer: Handed) => void>()
  #next = 0
  #aheadMs = 0
  #database!: SqliteDatabase
  #store!: Store
  #doom!: Doom
  #without: Go['without']
  #host!: Host

  async open({ file, without, plan, aheadMs = 0, busyTimeoutMs, effectTimeoutMs }: Go): Promise<void> {
    this.#aheadMs = aheadMs
    this.#without = without
    this.#doom = new Doom(file, plan)
    this.#database = new Libsql(file) as unknown as SqliteDatabase
    const disk = new DiskWatch(file, this.#database)
    this.#store = sqliteStore(this.#doom.over(this.#database, disk), {
      durability: without === 'sync' ? 'relaxed' : 'full',
      ...(busyTimeoutMs === undefined ? {} : { busyTimeoutMs }),
    })
    const { events, contents, contacts, sessions } = this.#store
    const clock = {
      now: () => Date.now() + this.#aheadMs,
      setTimer: (delayMs: number, call: () => void) => {
        const timer = setTimeout(call, delayMs)
        return () => clearTimeout(timer)
      },
    }
    this.#host = await createHost({
      workspace: openWorkspace({
        id: TENANT,
        nodes: palette,
        events,
        contents,
        clock,
        census: sessionCensus(this.#store, TENANT),
      }),
      nodes: palette,
      store: { contacts, sessions: without === 'claims' ? forgetful(sessions) : sessions },
      channels: [this.#channel()],
      handlers: { 'http.request': (effect, delivery) => this.#hand(effect, delivery) },
      clock,
      // The shortest pauses that the policies of effects allow.
      random: { next: () => 0.999 },
      ...(effectTimeoutMs === undefined ? {} : { effectTimeoutMs }),
      onError: (error) => tell({ kind: 'error', ...told(error) }),
    })
    tell({ kind: 'open' })
  }

  async answer(question: Question): Promise<Answer> {
    const host = this.#host
    switch (question.type) {
      case 'webhook': {
        const body = JSON.stringify(question.inbound)
        const { answer, received } = await host.webhook('sms', {
          method: 'POST',
          url: '/',
          headers: {},
          body,
        })
        const [first] = received
        if (first?.ok !== true) return { status: answer.status, problem: first?.code ?? '' }
        return { status: answer.status, session: first.session, repeated: first.did === 'duplicate' }
      }
      case 'trigger': {
        const started = await host.trigger(question.request)
        if (!started.ok) return { status: 409, problem: started.code }
        return { status: 200, session: started.session, repeated: started.duplicate }
      }
      case 'emit': {
        const emitted = await host.emit(question.request)
        if (!emitted.ok) return { status: 409, problem: emitted.code }
        return { status: 200, repeated: emitted.taken.length === 0 }
      }
      case 'jump':
        this.#aheadMs += question.byMs
        return { status: 200 }
      case 'fill': {
        const { page_count } = this.#database.prepare('PRAGMA page_count').get() as { page_count: number }
        const pages = question.full ? page_count : 1_000_000
        this.#database.prepare(`PRAGMA max_page_count = ${pages}`).get()
        return { status: 200 }
      }
      case 'revive': {
        await host.settled()
        const { items } = await host.sessions.deadLetters({ limit: 100 })
        for (const { number } of items) {
          const retried = await host.retryDeadLetter(number, { by: 'ada' })
          if (!retried.ok) return { status: 409, problem: retried.code }
        }
        return { status: 200 }
      }
      case 'ledger':
        await host.settled()
        return { status: 200, ledger: await readLedger(host, this.#store, this.#database, TENANT) }
    }
  }

  /** Answers a question as a web server would: what fails is no answer that an adapter was told of. */
  async reply(number: number, question: Question): Promise<void> {
    let answer: Answer
    try {
      answer = await this.answer(question)
    } catch (error) {
      const { code, problem } = told(error)
      answer = { status: 500, problem: `${code}: ${problem}` }
    }
    if (answer.status < 500) this.#doom.reach('before the acknowledgement')
    tell({ kind: 'answer', number, answer })
  }

  done(number: number, answer: Handed): void {
    this.#handed.get(number)?.(answer)
    this.#handed.delete(number)
  }

  #channel(): Channel {
    return {
      name: 'sms',
      capabilities: { effects: ['message.send', 'card.send', 'card.withdraw'], inputs: ['text', 'button'] },
      deliver: (effect, delivery) => this.#hand(effect, delivery),
      webhook: async ({ body }) => ({ ok: true, inbound: [JSON.parse(String(body))] }),
    }
  }

  /** The middle of a handler comes twice: before the receiver has the effect, and after. */
  async #hand(effect: Effect, { session, to, attempt }: Delivery) {
    this.#doom.reach('in a handler')
    const number = ++this.#next
    const key = this.#without === 'stable keys' ? `${effect.key} ${process.pid} ${attempt}` : effect.key
    const handed = await new Promise<Handed>((resolve) => {
      this.#handed.set(number, resolve)
      tell({ kind: 'effect', number, effect: { ...effect, key }, session, to })
    })
    this.#doom.reach('in a handler')
    if (!('throws' in handed)) return handed.answer
    const { throws: answer } = handed
    throw new EffectFailure({ code: 'receiver.failed', message: 'The receiver was out of order', answer })
  }
}

/** The store, with nothing ever claimed. */
function forgetful(sessions: SessionStore): SessionStore {
  return {
    ...sessions,
    commit: (tenant, commits) =>
      sessions.commit(
        tenant,
        commits.map(({ claims: _claims, ...rest }) => rest),
      ),
    claimant: async () => undefined,
  }
}

function told(error: unknown): { readonly code: string; readonly problem: string } {
  if (error instanceof SluiceError) return { code: error.code, problem: error.problem }
  return { code: 'unknown', problem: error instanceof Error ? (error.stack ?? error.message) : String(error) }
}

function tell(message: FromChild): void {
  process.send?.(message)
}

const child = new Child()
process.on('message', (message: ToChild) => {
  if (message.kind === 'go') void child.open(message)
  else if (message.kind === 'ask') void child.reply(message.number, message.question)
  else child.done(message.number, message.answer)
})
// Nobody is left behind.
process.on('disconnect', () => process.exit())
tell({ kind: 'awake' })
