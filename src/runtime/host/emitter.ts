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
export const MAX_HOPS = 20
/** Sessions that are given an event at once. */
const PAGE = 200
/** Sessions of one mark, or of one contact, that are read at once. */
const MARKED_PAGE = 500

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
    if (by.test === true) return { ok: true, taken, started: [] }
    const { flows } = await this.#parts.state()
    const wanted = Object.values(flows).filter(({ official, gray }) =>
      [official, gray].some((slot) => isStartedBy(slot, event.name)),
    )
    const { hops = 0 } = by
    if (wanted.length > 0 && hops >= MAX_HOPS) return refuseInHost('emit.hops', { name: event.name, hops })
    const started: string[] = []
    for (const { id } of wanted) started.push(...(await this.#start(id, event, by)))
    return { ok: true, taken, started }
  }

  /** Looks at all who wait before any of them goes on: whoever waits for the same event again waits for the next one. */
  async #give(
    { name, data, contact, id }: EmitRequest & { readonly data: JsonObject },
    test: boolean,
  ): Promise<string[]> {
    const { desk, clock, rememberMs } = this.#parts
    const waiting = await this.#waitingFor(name, contact)
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

  /** Sessions that wait for an event, and beside them others of the contact whom it concerns. */
  async #waitingFor(name: string, contact: string | undefined): Promise<readonly string[]> {
    const { sessions, tenant } = this.#parts
    const first = await sessions.marked(tenant, eventMark(name), { limit: MARKED_PAGE })
    if (first.next === undefined) return first.items
    // What concerns one of very many must not cost as much as what concerns them all.
    if (contact !== undefined) return this.#sessionsOf(contact, name)
    const found = [...first.items]
    let after: string | undefined = first.next
    while (after !== undefined) {
      const slice = await sessions.marked(tenant, eventMark(name), { limit: MARKED_PAGE, after })
      found.push(...slice.items)
      after = slice.next
    }
    return found
  }

  /** Sessions of a contact that wait for an event. */
  async #sessionsOf(contact: string, name: string): Promise<readonly string[]> {
    const { sessions, tenant, desk } = this.#parts
    const found: string[] = []
    let after: string | undefined
    do {
      const query = { contact, status: 'waiting' as const, limit: MARKED_PAGE }
      const slice = await sessions.list(tenant, after === undefined ? query : { ...query, after })
      for (const { session } of slice.items) {
        const stored = await sessions.read(tenant, session)
        const wait = stored && (await desk.decode(stored.text)).session.wait
        if (wait?.for.some((each) => each === `event:${name}`)) found.push(session)
      }
      after = slice.next
    } while (after !== undefined)
    return found
  }

  async #start(
    flow: string,
    { name, data, contact: of, id }: EmitRequest & { readonly data: JsonObject },
    { journey, hops = 0 }: EmittedBy,
  ): Promise<string[]> {
    const { contacts, tenant, starter, clock, rememberMs } = this.#parts
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
    return outcome.ok && !outcome.duplicate ? [outcome.session] : []
  }
}

function isStartedBy(slot: Slot | undefined, event: string): boolean {
  return slot?.trigger?.kind === 'event' && slot.trigger.event === event
}
