import type { JsonObject } from '../../base/json.ts'
import type { Slot } from '../../releases/state.ts'
import { findCaller } from './callers.ts'
import { eventMark } from './marks.ts'
import type { HostParts } from './parts.ts'
import { type HostRefusal, refuseInHost } from './refusal.ts'
import { type EmitRequest, faultOfEmit } from './requests.ts'
import { giving } from './session-steps.ts'
import { readData } from './start-request.ts'

/** Sessions that lead to sessions by events, one after the other, at most: two flows may call for each other for ever. */
const MAX_HOPS = 20
/** Sessions that are given an event at once. */
const PAGE = 200

/** Whom an event has reached. */
export type Emitted =
  | {
      readonly ok: true
      /** Sessions that took it. */
      readonly taken: readonly string[]
      /** Sessions that it started. */
      readonly started: readonly string[]
    }
  | HostRefusal

/** What a host adds where a session has emitted the event. */
export interface EmittedBy {
  readonly journey?: string
  readonly hops?: number
  /** True where a test session has: then it reaches test sessions alone. */
  readonly test?: boolean
}

/** Passes events on: to sessions that wait for them, and to flows that they start. */
export class Emitter {
  readonly #parts: HostParts

  constructor(parts: HostParts) {
    this.#parts = parts
  }

  async emit(request: EmitRequest, by: EmittedBy = {}): Promise<Emitted> {
    const fault = faultOfEmit(request)
    if (fault !== undefined) return refuseInHost('input.bad', { fault })
    const read = readData(request.data)
    if ('fault' in read) return refuseInHost('input.bad', { fault: read.fault })
    const { data = {} } = read
    const event = { ...request, data }
    const taken = await this.#give(event, by.test === true)
    const started = by.test === true ? [] : await this.#start(event, by)
    return { ok: true, taken, started }
  }

  /** Looks at all who wait before any of them goes on: whoever waits for the same event again waits for the next one. */
  async #give(
    { name, data, contact, id }: EmitRequest & { readonly data: JsonObject },
    test: boolean,
  ): Promise<string[]> {
    const { desk, clock, rememberMs } = this.#parts
    const waiting = await this.#waitingFor(name)
    const taken: string[] = []
    for (let i = 0; i < waiting.length; i += PAGE) {
      const page = waiting.slice(i, i + PAGE)
      const changes = await Promise.all(
        page.map(async (session) => {
          const facts = await desk.facts(session)
          if (facts === undefined || (facts.test === true) !== test) return undefined
          if (contact !== undefined && facts.contact !== contact) return undefined
          const now = clock.now()
          const key = `event/${session}/${id}`
          const claims = id === undefined ? [] : [{ key, session, now, until: now + rememberMs }]
          return desk.change(
            session,
            giving({ type: 'event', name, data }),
            claims.length === 0 ? {} : { claims },
          )
        }),
      )
      for (const changed of changes)
        if (changed?.ok === true && 'live' in changed) taken.push(changed.live.record.session.id)
    }
    return taken
  }

  async #waitingFor(name: string): Promise<readonly string[]> {
    const { sessions, tenant } = this.#parts
    const found: string[] = []
    let after: string | undefined
    do {
      const slice = await sessions.marked(tenant, eventMark(name), {
        limit: 500,
        ...(after === undefined ? {} : { after }),
      })
      found.push(...slice.items)
      after = slice.next
    } while (after !== undefined)
    return found
  }

  async #start(
    { name, data, contact: of, id }: EmitRequest & { readonly data: JsonObject },
    { journey, hops = 0 }: EmittedBy,
  ): Promise<string[]> {
    if (hops >= MAX_HOPS) return []
    const { contacts, tenant, starter, clock, rememberMs } = this.#parts
    const { flows } = await this.#parts.state()
    const starts = (slot: Slot | undefined) => slot?.trigger?.kind === 'event' && slot.trigger.event === name
    const started: string[] = []
    for (const { id: flow, official, gray } of Object.values(flows)) {
      if (!starts(official) && !starts(gray)) continue
      const contact = await findCaller(contacts, tenant, of)
      const now = clock.now()
      const key = `start/${encodeURIComponent(flow)}/${id}`
      const outcome = await starter.start({
        flow,
        kind: 'event',
        contact,
        data,
        members: { event: name },
        journey,
        hops: hops + 1,
        once: id === undefined ? undefined : { key, now, until: now + rememberMs },
      })
      // A flow that is paused, or that wants data which the event lacks, is none that the event starts.
      if (outcome.ok && !outcome.duplicate) started.push(outcome.session)
    }
    return started
  }
}
