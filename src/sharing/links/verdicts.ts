import type { Clock } from '../../base/ports.ts'
import { applicationKey } from '../../releases/lookup.ts'
import type { WorkspaceState } from '../../releases/state.ts'
import { refuseSharing, type SharingRefusal } from '../refusal.ts'
import type { SharedWorkspace } from '../shared-workspace.ts'
import type { Address, Addresses } from './address.ts'
import { dataFor } from './data-for.ts'
import { applicationsOf, distributable } from './distributable.ts'
import { frameAncestors } from './embed.ts'
import { ForgetCounts } from './forget-counts.ts'
import { type Link, type Parameters, readLink } from './link.ts'
import type { LinkKeys } from './link-keys.ts'
import type { LinkStore } from './link-store.ts'
import { checkToken, signLink } from './link-token.ts'
import type { RefusedLink, ResolvedLink } from './link-types.ts'
import { hashCode } from './short-codes.ts'
import type { StartInputs } from './start-inputs.ts'

export interface VerdictParts {
  readonly workspace: SharedWorkspace
  readonly store: LinkStore
  readonly keys: LinkKeys
  readonly addresses: Addresses
  readonly inputs: StartInputs
  readonly clock: Clock
  readonly onRefused: ((refused: RefusedLink) => void) | undefined
}

/** A link that is not accepted, with what is known of it by then. */
interface Rejected {
  readonly refusal: SharingRefusal
  readonly link?: Link
}

/** What somebody does with a link. */
export interface LinkUse {
  /** True where it is one of the invocations of the link. */
  readonly counts: boolean
  /** Names this one time. */
  readonly once?: string | undefined
}

/** What can name one time, so that it can stand in a key. */
const ONCE = /^[\w-]{8,64}$/

/** How long a time that was named is known by its name. */
const ONCE_MS = 24 * 60 * 60_000

/** What everybody is told, whatever the reason. */
const UNAVAILABLE = Object.freeze(refuseSharing('link.unavailable'))

/** Stands in for a link that is not there, so that finding that out takes as long. */
const NOBODYS: Link = {
  id: '-',
  flow: '-',
  application: '-',
  key: 1,
  isProtected: true,
  fixedParameters: true,
  at: 0,
  by: '-',
}

/** Judges addresses from outside. */
export class Verdicts {
  readonly #parts: VerdictParts
  readonly #forgetting: ForgetCounts

  constructor(parts: VerdictParts) {
    this.#parts = parts
    this.#forgetting = new ForgetCounts(parts.store, parts.workspace.id)
  }

  /** What an address comes to. */
  async judge(url: string, use: LinkUse): Promise<ResolvedLink> {
    const verdict = await this.#judge(url, use)
    if (!('refusal' in verdict)) return verdict
    this.#report(verdict)
    return UNAVAILABLE
  }

  /** Whether a link is over for good: its key was regenerated, or its end has come. `undefined` where it is not. */
  isOver(workspace: WorkspaceState, { application, key, expiresAt }: Link): SharingRefusal | undefined {
    if (key !== applicationKey(workspace, application))
      return refuseSharing('link.keyRegenerated', { application })
    return expiresAt !== undefined && expiresAt <= this.#parts.clock.now()
      ? refuseSharing('link.expired', { expiresAt: new Date(expiresAt).toISOString() })
      : undefined
  }

  /** The name of the count of a link. */
  countOf(id: string): string {
    return `invocations/${id}`
  }

  #report({ refusal: { code, reason }, link }: Rejected): void {
    const { onRefused, clock } = this.#parts
    const whose = link === undefined ? {} : { link: link.id, flow: link.flow, application: link.application }
    try {
      const told: unknown = onRefused?.({ at: clock.now(), code, reason, ...whose })
      Promise.resolve(told).catch(() => {})
    } catch {
      // A log that fails must not tell the holder of the link that there was something to log.
    }
  }

  async #judge(url: string, use: LinkUse): Promise<Rejected | (ResolvedLink & { readonly ok: true })> {
    const { workspace, addresses } = this.#parts
    const address = addresses.read(url)
    if (!address.ok) return { refusal: refuseSharing('link.malformed', { fault: address.error }) }
    const link = await this.#linkOf(address.value)
    const parameters = (address.value.kind === 'full' ? address.value.parameters : link?.parameters) ?? {}
    const tokenFault = await this.#checkToken(address.value, link, parameters)
    if (link === undefined) return { refusal: refuseSharing('link.unknown') }
    if (tokenFault !== undefined) return { refusal: tokenFault, link }
    const { flow, application } = link
    const [state, flowState] = await Promise.all([workspace.state(), workspace.flow(flow)])
    const over = this.isOver(state, link)
    if (over !== undefined) return { refusal: over, link }
    const found = distributable(state, flowState, flow)
    if (!found.ok) return { refusal: found, link }
    const offered = applicationsOf(state, found.entry).find(({ id }) => id === application)
    if (offered === undefined)
      return { refusal: refuseSharing('link.noApplication', { flow, application }), link }
    const data = await dataFor(found.slots, parameters, this.#parts.inputs)
    if (!data.ok) {
      const { code, ...details } = data.error
      return { refusal: refuseSharing(code, { flow, ...details }), link }
    }
    const counted = await this.#count(link, use)
    if ('refusal' in counted) return counted
    return {
      ok: true,
      trigger: { flow, type: 'link', data: data.value, ...counted },
      link: { id: link.id, flow, application, name: found.slot.name },
      frameAncestors: frameAncestors(offered.links?.embedding ?? []),
    }
  }

  async #linkOf(address: Address): Promise<Link | undefined> {
    const { store, workspace } = this.#parts
    const stored =
      address.kind === 'full'
        ? await store.read(workspace.id, address.id)
        : await store.find(workspace.id, hashCode(address.code))
    return stored && readLink(stored)
  }

  /** The fault of the token that an address carries. Who has a short code needs none: nobody can guess it. */
  async #checkToken(
    address: Address,
    link: Link | undefined,
    parameters: Parameters,
  ): Promise<SharingRefusal | undefined> {
    const { workspace, keys } = this.#parts
    const { application, key } = link ?? NOBODYS
    const ofLink = keys.of(workspace.id, application, key)
    // A token is checked in any case, so that the time that it takes tells nothing.
    const token = address.kind === 'full' ? address.token : undefined
    const looked = token ?? (await signLink(NOBODYS, {}, workspace.id, ofLink))
    const fault = await checkToken(looked, link ?? NOBODYS, parameters, workspace.id, ofLink)
    if (address.kind === 'short' || link?.isProtected !== true)
      return token === undefined
        ? undefined
        : refuseSharing('link.badToken', { fault: 'the link was made without one' })
    if (token === undefined) return refuseSharing('link.badToken', { fault: 'it has none' })
    if (fault === undefined) return undefined
    const { code, ...details } = fault
    return refuseSharing(code, details)
  }

  /** Counts one invocation where it is one, and says which; rejected where the link has had all of them. */
  async #count(link: Link, { counts, once }: LinkUse): Promise<Rejected | { readonly id?: string }> {
    const { id, maxInvocations } = link
    const { store, workspace, clock } = this.#parts
    const now = clock.now()
    if (once !== undefined && !ONCE.test(once))
      return { refusal: refuseSharing('link.malformed', { fault: 'once is no name' }), link }
    const named = once === undefined ? {} : { id: `link/${id}/once/${once}` }
    // The id alone keeps the host from starting twice, so that nothing is written where nothing is bounded.
    if (maxInvocations === undefined) return counts ? named : {}
    if (!counts) {
      const count = await store.counted(workspace.id, this.countOf(id), now)
      return count < maxInvocations ? {} : this.#spent(link)
    }
    await this.#forgetting.at(now)
    const counted = await store.count(workspace.id, this.countOf(id), {
      atMost: maxInvocations,
      now,
      ...(once === undefined ? {} : { once: { key: `once/${id}/${once}`, until: now + ONCE_MS } }),
    })
    return counted.ok ? { id: `link/${id}/${counted.count}`, ...named } : this.#spent(link)
  }

  #spent(link: Link): Rejected {
    const { application, maxInvocations = 0 } = link
    return { refusal: refuseSharing('link.spent', { application, maxInvocations }), link }
  }
}
