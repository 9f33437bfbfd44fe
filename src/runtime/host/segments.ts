import { itemOf } from '../../releases/lookup.ts'
import type { Slot } from '../../releases/state.ts'
import type { Membership } from '../stores/contact-store.ts'
import { findCaller } from './callers.ts'
import type { HostParts } from './parts.ts'
import { type HostRefusal, refuseInHost } from './refusal.ts'

/** Members that are dealt with at once. */
const PAGE = 200

/** What became of an entry into a segment. */
export type Entered =
  | {
      readonly ok: true
      /** False where the contact was in the segment already. */
      readonly entered: boolean
      /** Sessions that the entry has started. */
      readonly started: readonly string[]
    }
  | HostRefusal

/**
 * Starts flows for contacts who enter a segment, and for those who are in it where a release asks for that (RUN-6). An entry
 * starts each flow once, and a release starts each entry once: whoever enters claims both, so that neither a crash nor a
 * release that comes in between starts anybody twice.
 */
export class Segments {
  readonly #parts: HostParts

  constructor(parts: HostParts) {
    this.#parts = parts
  }

  async enter(segment: string, contact: string): Promise<Entered> {
    const { contacts, tenant } = this.#parts
    const { catalog } = await this.#parts.state()
    if (itemOf(catalog.segment, segment) === undefined) return refuseInHost('segment.unknown', { segment })
    const membership = await contacts.enter(tenant, segment, contact)
    if (membership === undefined) return { ok: true, entered: false, started: [] }
    return { ok: true, entered: true, started: await this.#settle(membership) }
  }

  async leave(segment: string, contact: string): Promise<void> {
    await this.#parts.contacts.leave(this.#parts.tenant, segment, contact)
  }

  /** Does what entries set going that were stored before a crash. */
  async recover(): Promise<void> {
    const { contacts, tenant } = this.#parts
    for (;;) {
      const entries = await contacts.unsettled(tenant, PAGE)
      if (entries.length === 0) return
      await Promise.all(entries.map((entry) => this.#settle(entry)))
    }
  }

  /** Starts a flow for everybody who is in a segment. */
  async startForMembers(flow: string, segment: string, slot: Slot): Promise<void> {
    const { contacts, tenant } = this.#parts
    let after = 0
    for (;;) {
      const members = await contacts.members(tenant, segment, after, PAGE)
      const last = members.at(-1)
      if (last === undefined) return
      await Promise.all(members.map((member) => this.#start(flow, member, slot, false)))
      after = last.number
    }
  }

  async #settle(membership: Membership): Promise<string[]> {
    const { contacts, tenant } = this.#parts
    const { flows } = await this.#parts.state()
    const started: string[] = []
    for (const { id, official, gray } of Object.values(flows)) {
      for (const slot of [official, gray]) {
        const { kind, segment } = slot?.trigger ?? {}
        if (kind !== 'segment' || segment !== membership.segment) continue
        started.push(...(await this.#start(id, membership, slot!, true)))
      }
    }
    await contacts.settle(tenant, membership)
    return started
  }

  /** Starts a flow for one member, where they reach this release of it. */
  async #start(
    flow: string,
    { segment, contact: id, number }: Membership,
    slot: Slot,
    byEntry: boolean,
  ): Promise<string[]> {
    const { contacts, tenant, starter, clock, rememberMs } = this.#parts
    const contact = (await findCaller(contacts, tenant, id))!
    const now = clock.now()
    const claim = (key: string) => ({ key, now, until: now + rememberMs })
    const entry = `segment/${encodeURIComponent(flow)}/${number}`
    const started = await starter.start({
      flow,
      kind: 'segment',
      contact,
      channel: Object.keys(slot.applications)[0],
      members: { segment },
      once: claim(`${entry}/${slot.version}@${slot.at}`),
      onceAlso: byEntry ? claim(entry) : undefined,
      only: slot.version,
    })
    return started.ok && !started.duplicate ? [started.session] : []
  }
}
