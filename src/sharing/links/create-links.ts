import { type Clock, type Ids, randomIds, systemClock } from '../../base/ports.ts'
import type { DataField } from '../../document/flow-document.ts'
import { applicationKey } from '../../releases/lookup.ts'
import { permit } from '../../releases/permit.ts'
import { MAX_PAGE } from '../../releases/reading/pages.ts'
import type { Slice } from '../../releases/reading/slice.ts'
import type { Refusal } from '../../releases/refusal.ts'
import type { LinkRules } from '../../releases/state.ts'
import { refuseSharing, type SharingRefusal } from '../refusal.ts'
import type { SharedWorkspace } from '../shared-workspace.ts'
import { Addresses, baseOf, MAX_ADDRESS } from './address.ts'
import { dataFor } from './data-for.ts'
import { applicationsOf, distributable } from './distributable.ts'
import { embedCode } from './embed.ts'
import { type Link, readLink, storedLink } from './link.ts'
import { LinkKeys } from './link-keys.ts'
import type { LinkQuery, LinkStore } from './link-store.ts'
import { signLink } from './link-token.ts'
import type {
  LinkOffer,
  LinkRequest,
  LinkView,
  LinkWarning,
  MadeLink,
  RefusedLink,
  ResolvedLink,
} from './link-types.ts'
import { readParameters } from './parameters.ts'
import { hashCode, randomCodes } from './short-codes.ts'
import { StartInputs } from './start-inputs.ts'
import { Verdicts } from './verdicts.ts'

export interface LinksOptions {
  readonly workspace: SharedWorkspace
  /** Where links are kept: `store.links` of the host. */
  readonly store: LinkStore
  /**
   * What keys of applications are derived from: 32 random bytes at least, kept with the other secrets of the host. With
   * several, the first one signs and all are accepted, so that it can be changed without an end to every link.
   */
  readonly secret: string | readonly string[]
  /** Where links lead, such as `https://go.example/`. The host serves `l/<id>`, `s/<code>` and `embed.js` below it. */
  readonly url: string
  /**
   * Told of every link that was not accepted, with the reason that its holder is not told (DST-7). Holds no token, no value
   * of a parameter and no address. What it throws is passed over.
   */
  readonly onRefused?: (refused: RefusedLink) => void
  readonly clock?: Clock
  /** Where ids of links come from, of 8 to 64 letters, digits, `-` and `_`; random ones unless given. */
  readonly ids?: Ids
  /** Where short codes come from, of 8 to 64 such characters, unguessable; 14 random ones unless given. */
  readonly codes?: Ids
}

/** How often a code is drawn again that is taken. */
const MAX_DRAWS = 8

/**
 * Links by which contacts start released flows (DST): made for an application of the workspace, protected by a token unless
 * asked for otherwise, and resolved to what a host triggers.
 *
 * Throws `sharing.url` and `sharing.secret` for options that no link could be made with.
 *
 * @example
 * const links = createLinks({ workspace, store: store.links, secret: process.env.LINK_SECRET!, url: 'https://go.example/' })
 * const made = await links.make({ flow: 'survey', application: 'web', parameters: '&order=4711' }, { by: 'ada' })
 * const resolved = await links.resolve(`https://go.example${request.url}`)
 * if (resolved.ok) await host.trigger(resolved.trigger)
 */
export function createLinks(options: LinksOptions): Links {
  return new Links(options)
}

export class Links {
  readonly #workspace: SharedWorkspace
  readonly #store: LinkStore
  readonly #keys: LinkKeys
  readonly #addresses: Addresses
  readonly #embedScript: string
  readonly #inputs: StartInputs
  readonly #verdicts: Verdicts
  readonly #clock: Clock
  readonly #ids: Ids
  readonly #codes: Ids

  constructor(options: LinksOptions) {
    const { workspace, store, secret, url, onRefused, clock = systemClock } = options
    this.#workspace = workspace
    this.#store = store
    this.#keys = new LinkKeys(typeof secret === 'string' ? [secret] : secret)
    this.#addresses = new Addresses(url)
    this.#embedScript = new URL('embed.js', baseOf(url)).href
    this.#inputs = new StartInputs(workspace)
    this.#clock = clock
    this.#ids = options.ids ?? randomIds
    this.#codes = options.codes ?? randomCodes
    this.#verdicts = new Verdicts({
      workspace,
      store,
      keys: this.#keys,
      addresses: this.#addresses,
      inputs: this.#inputs,
      clock,
      onRefused,
    })
  }

  /** The applications for which links to a flow can be made, with their defaults; why there are none otherwise. */
  async offers(
    flow: string,
  ): Promise<{ readonly ok: true; readonly offers: readonly LinkOffer[] } | SharingRefusal> {
    const { workspace, found } = await this.#find(flow)
    if (!found.ok) return found
    const offers = applicationsOf(workspace, found.entry).map(({ id, name, channel, links = {} }) => ({
      application: { id, name, channel },
      isProtected: found.entry.distribution?.protect !== false,
      rules: links,
    }))
    return { ok: true, offers }
  }

  /** What the start node of a released flow declares: the parameters that its links can have. */
  async inputs(flow: string): Promise<readonly DataField[]> {
    const { found } = await this.#find(flow)
    return found.ok ? this.#inputs.of(found.slot.executable) : []
  }

  /** Makes a link. Takes the permission `publish`. */
  async make(request: LinkRequest, { by }: { readonly by: string }): Promise<MadeLink | SharingRefusal> {
    const { flow, application: id } = request
    const { workspace, found } = await this.#find(flow)
    const refused = permit(workspace, by, 'publish', 'make a link')
    if (refused !== undefined) return refused
    if (!found.ok) return found
    const { entry, slot, slots } = found
    const application = applicationsOf(workspace, entry).find((each) => each.id === id)
    if (application === undefined) return refuseSharing('link.noApplication', { flow, application: id })
    const parameters = readParameters(request.parameters)
    if (!parameters.ok) return refuseSharing('link.badParameters', { fault: parameters.error })
    const inputs = await this.#inputs.of(slot.executable)
    const data = await dataFor(slots, parameters.value, this.#inputs)
    if (!data.ok) {
      const { code, ...details } = data.error
      return refuseSharing(code, { flow, ...details })
    }
    const isProtected = request.protect ?? entry.distribution?.protect !== false
    const { embedding = [] } = application.links ?? {}
    if (request.embed === true && embedding.length === 0)
      return refuseSharing('link.notEmbedded', { application: id })
    const now = this.#clock.now()
    const ends = endOf(request, isProtected ? application.links : undefined, now)
    if (!ends.ok) return ends
    const link: Link = {
      id: this.#ids.next(),
      flow,
      application: id,
      key: applicationKey(workspace, id),
      isProtected,
      ...boundsOf(isProtected ? (application.links ?? {}) : { fixedParameters: false }),
      ...(ends.expiresAt === undefined ? {} : { expiresAt: ends.expiresAt }),
      at: now,
      by,
      ...(request.shorten === true ? { parameters: parameters.value } : {}),
    }
    const token = isProtected
      ? await signLink(link, parameters.value, this.#workspace.id, this.#keysOf(link))
      : undefined
    const url = this.#addresses.full(link.id, parameters.value, token)
    if (url.length > MAX_ADDRESS)
      return refuseSharing('link.tooLong', { length: url.length, atMost: MAX_ADDRESS })
    const kept = await this.#keep(link, request.shorten === true)
    if (!kept.ok) return kept
    const sensitive = inputs.filter(
      (input) => input.sensitive === true && Object.hasOwn(parameters.value, input.name),
    )
    return {
      ok: true,
      id: link.id,
      url,
      ...(kept.code === undefined ? {} : { shortUrl: this.#addresses.short(kept.code) }),
      ...(request.embed === true ? { embed: embedCode(url, this.#embedScript, slot.name, embedding) } : {}),
      isProtected,
      ...(ends.expiresAt === undefined ? {} : { expiresAt: ends.expiresAt }),
      warnings: warningsOf(
        isProtected,
        sensitive.map(({ name }) => name),
      ),
    }
  }

  /**
   * What opening an address comes to: what the host triggers, or the one refusal that everybody gets; `onRefused` is told the
   * reason. Each call that is accepted counts as one of the invocations that the application allows: call it when a contact
   * starts the flow, and `peek` when they look at the page before it. Programs that preview links open them too.
   *
   * `once` names this one time, 8 to 64 letters, digits, `-` and `_`, such as a random text in the form of that page. Sent
   * again within a day it counts nothing more, and gives the same trigger, by which the host starts nothing twice, so long
   * as it remembers it: let its `rememberMs` be a day at least.
   */
  resolve(url: string, { once }: { readonly once?: string } = {}): Promise<ResolvedLink> {
    return this.#verdicts.judge(url, { counts: true, once })
  }

  /** What `resolve` would come to now, and counts nothing. */
  peek(url: string): Promise<ResolvedLink> {
    return this.#verdicts.judge(url, { counts: false })
  }

  /** Links that were made, the latest first. Holds neither their addresses nor their parameters. */
  async list(query: LinkQuery = {}): Promise<Slice<LinkView>> {
    const { items, ...rest } = await this.#store.list(this.#workspace.id, query)
    const workspace = await this.#workspace.state()
    const views = items.map((stored): LinkView => {
      const { parameters, key: _key, ...link } = readLink(stored)
      const refusal = this.#verdicts.isOver(workspace, readLink(stored))
      return { ...link, isShortened: parameters !== undefined, ...(refusal === undefined ? {} : { refusal }) }
    })
    return { items: views, ...rest }
  }

  /** Puts an end to links, for good. Takes the permission `publish`; unknown ids are passed over. */
  async revoke(
    ids: readonly string[],
    { by }: { readonly by: string },
  ): Promise<{ readonly ok: true } | Refusal> {
    const refused = permit(await this.#workspace.state(), by, 'publish', 'revoke a link')
    if (refused !== undefined) return refused
    await this.#store.remove(this.#workspace.id, ids)
    for (const id of ids) await this.#store.reset(this.#workspace.id, this.#verdicts.countOf(id))
    return { ok: true }
  }

  /**
   * Removes the links of an application that can no longer be opened, for their key or their end, and says how many: an
   * application goes when it has no links (REL-18). Takes the permission `publish`.
   */
  async removeOver(
    application: string,
    { by }: { readonly by: string },
  ): Promise<{ readonly ok: true; readonly removed: number } | Refusal> {
    const workspace = await this.#workspace.state()
    const refused = permit(workspace, by, 'publish', 'remove links')
    if (refused !== undefined) return refused
    let removed = 0
    let after: string | undefined
    do {
      const query = { application, limit: MAX_PAGE, ...(after === undefined ? {} : { after }) }
      const { items, next } = await this.#store.list(this.#workspace.id, query)
      const over = items.map(readLink).filter((link) => this.#verdicts.isOver(workspace, link) !== undefined)
      const revoked = await this.revoke(
        over.map(({ id }) => id),
        { by },
      )
      if (!revoked.ok) return revoked
      removed += over.length
      after = next
    } while (after !== undefined)
    return { ok: true, removed }
  }

  async #find(flow: string) {
    const [workspace, state] = await Promise.all([this.#workspace.state(), this.#workspace.flow(flow)])
    return { workspace, found: distributable(workspace, state, flow) }
  }

  async #keep(
    link: Link,
    shorten: boolean,
  ): Promise<{ readonly ok: true; readonly code?: string } | SharingRefusal> {
    for (let draw = 0; draw < MAX_DRAWS; draw++) {
      const code = shorten ? this.#codes.next() : undefined
      const stored = storedLink(link, code === undefined ? undefined : hashCode(code))
      if (await this.#store.add(this.#workspace.id, stored))
        return { ok: true, ...(code === undefined ? {} : { code }) }
    }
    return refuseSharing('link.codesTaken')
  }

  #keysOf({ application, key }: Link): readonly Uint8Array[] {
    return this.#keys.of(this.#workspace.id, application, key)
  }
}

/** What holds for a link from now on, whatever the application says later. */
function boundsOf({ maxInvocations, fixedParameters = true }: LinkRules) {
  return { fixedParameters, ...(maxInvocations === undefined ? {} : { maxInvocations }) }
}

/** When a link ends: as asked for, and no later than the application lets. */
function endOf(
  { expiresAt }: LinkRequest,
  rules: LinkRules | undefined,
  now: number,
): { readonly ok: true; readonly expiresAt?: number } | SharingRefusal {
  const latest = rules?.lifetimeMs === undefined ? undefined : now + rules.lifetimeMs
  if (expiresAt === undefined) return { ok: true, ...(latest === undefined ? {} : { expiresAt: latest }) }
  const refused = (fault: string) =>
    refuseSharing('link.badExpiry', {
      expiresAt: Number.isFinite(expiresAt) ? isoOf(expiresAt) : String(expiresAt),
      fault,
    })
  if (!Number.isFinite(expiresAt) || Math.abs(expiresAt) > MAX_INSTANT) return refused('no instant')
  if (expiresAt <= now) return refused('over')
  if (latest !== undefined && expiresAt > latest) return refused('later than the application lets')
  return { ok: true, expiresAt }
}

/** The last instant that a date can say. */
const MAX_INSTANT = 8_640_000_000_000_000

function isoOf(instant: number): string {
  return Math.abs(instant) > MAX_INSTANT ? String(instant) : new Date(instant).toISOString()
}

function warningsOf(isProtected: boolean, sensitive: readonly string[]): readonly LinkWarning[] {
  const warnings: LinkWarning[] = []
  if (!isProtected)
    warnings.push({
      code: 'link.unprotected',
      message:
        'The link has no token: what the application says of ends, invocations and parameters does not hold for it. To put an end to it, revoke it or give the application another key.',
    })
  if (sensitive.length > 0)
    warnings.push({
      code: 'link.sensitive',
      message: `Addresses end up in histories and logs, and this one carries ${sensitive.join(', ')}.`,
    })
  return warnings
}
