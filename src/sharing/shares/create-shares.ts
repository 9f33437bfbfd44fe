import { KeyedTurns } from '../../base/keyed-turns.ts'
import { type Clock, type Ids, randomIds, systemClock } from '../../base/ports.ts'
import type { ExpressionLanguage } from '../../expressions/types.ts'
import type { NodeTypes } from '../../nodes/registry.ts'
import { currentRevision, itemOf, nameOfVersion } from '../../releases/lookup.ts'
import { permit } from '../../releases/permit.ts'
import { latestVersion } from '../../releases/reading/find-version.ts'
import type { Refusal } from '../../releases/refusal.ts'
import type { FlowEntry, Share } from '../../releases/state.ts'
import { baseOf } from '../links/address.ts'
import { ForgetCounts } from '../links/forget-counts.ts'
import type { LinkStore } from '../links/link-store.ts'
import { refuseSharing, type SharingRefusal } from '../refusal.ts'
import type { SharedWorkspace } from '../shared-workspace.ts'
import { hashPassword, normalisePassword, type ScryptCost, verifyPassword } from './password.ts'
import { respondTo, type ShareAnswer, type ShareHttpRequest } from './respond.ts'
import { type StrangersView, strangersView } from './strangers-view.ts'

/** Wrong passwords after which none is looked at for a while (SHR-3). */
export const MAX_WRONG_PASSWORDS = 5

/** How long that is, from the last wrong one. */
export const THROTTLE_MS = 15 * 60_000

/** Characters of a password. */
const MIN_PASSWORD = 8
const MAX_PASSWORD = 256

/** What is looked at to find that out. */
const MAX_TYPED = 4 * MAX_PASSWORD

/** Passwords that wait to be looked at; each takes memory and time. */
const MAX_WAITING = 20

export interface SharesOptions {
  readonly workspace: SharedWorkspace
  /** The node types on offer: they tell what a flow looks like, what is wrong with it and what is secret. */
  readonly nodes: NodeTypes
  /** Expression languages beside CEL. */
  readonly languages?: readonly ExpressionLanguage[]
  /** Where wrong passwords are counted: `store.links` of the host. */
  readonly store: Pick<LinkStore, 'count' | 'reset' | 'dropExpired'>
  /** Where links lead, such as `https://flows.example/view/`. */
  readonly url: string
  /** What hashing a password costs; 64 MB and a fifth of a second unless given. */
  readonly cost?: ScryptCost
  readonly clock?: Clock
  /** Where ids of links come from: unguessable ones; random ones unless given. */
  readonly ids?: Ids
}

/** How a flow is to be shared. */
export interface ShareRequest {
  /** Of 8 to 256 characters. The one that the flow is shared with already, unless given. */
  readonly password?: string
  /** From this instant on it cannot be opened; for good unless given. */
  readonly expiresAt?: number
  /** True for another address, so that the one before leads nowhere. */
  readonly rotate?: boolean
}

export type Shared = { readonly ok: true; readonly url: string } | SharingRefusal

/** A read-only link as members see it. */
export interface ShareView extends Omit<Share, 'password'> {
  readonly url: string
}

/** What somebody sees who has entered the password. */
export interface SharedFlow extends StrangersView {
  readonly ok: true
  /** How the version is called. */
  readonly version: string
  /** When it was saved, in milliseconds since 1970-01-01T00:00:00Z. */
  readonly savedAt: number
}

/**
 * Read-only links to flows, for people without an account (SHR): opened with a password, and nothing else.
 *
 * Throws `sharing.url` for an address that no link could begin with.
 *
 * @example
 * const shares = createShares({ workspace, nodes: palette, store: store.links, url: 'https://flows.example/view/' })
 * const shared = await shares.share('support', { password: 'a long sentence' }, { by: 'ada' })
 * if (shared.ok) console.log(shared.url)
 */
export function createShares(options: SharesOptions): Shares {
  return new Shares(options)
}

export class Shares {
  readonly #options: SharesOptions
  readonly #base: URL
  readonly #clock: Clock
  readonly #ids: Ids
  /** One password at a time: each takes as much memory as it is meant to. */
  readonly #turns = new KeyedTurns()
  readonly #forgetting: ForgetCounts
  #waiting = 0

  constructor(options: SharesOptions) {
    this.#options = options
    this.#base = baseOf(options.url)
    this.#clock = options.clock ?? systemClock
    this.#ids = options.ids ?? randomIds
    this.#forgetting = new ForgetCounts(options.store, options.workspace.id)
  }

  /**
   * Shares a flow, or changes the password and the end of its link, which is on afterwards. Takes the permission `publish`.
   * The password is hashed before anything is stored, and kept nowhere else.
   */
  async share(flow: string, request: ShareRequest, { by }: { readonly by: string }): Promise<Shared> {
    const { password, expiresAt, rotate = false } = request
    const { workspace } = this.#options
    // Whoever may not is told so before a password is hashed for them.
    const state = await workspace.state()
    const refused = permit(state, by, 'publish', 'shareFlow')
    if (refused !== undefined) return refused
    if (password === undefined ? itemOf(state.flows, flow)?.share === undefined : !isPassword(password))
      return refuseSharing('share.noPassword', { atLeast: MIN_PASSWORD, atMost: MAX_PASSWORD })
    const fresh =
      password === undefined
        ? undefined
        : await this.#inTurn(() => hashPassword(password, this.#options.cost))
    // Read behind the hashing, which takes its time: an address that somebody has rotated away meanwhile stays away.
    const kept = itemOf((await workspace.state()).flows, flow)?.share
    const hash = password === undefined ? kept?.password : fresh
    if (hash === undefined) return refuseSharing('share.busy')
    const id = kept === undefined || rotate ? this.#ids.next() : kept.id
    const ends = expiresAt === undefined ? {} : { expiresAt }
    const outcome = await workspace.execute(
      { type: 'shareFlow', flow, share: id, password: hash, ...ends },
      { by },
    )
    if (!outcome.ok) return outcome
    if (password !== undefined) await this.#forgive(id)
    return { ok: true, url: this.#urlOf(id) }
  }

  /** Switches the link of a flow off, or on again with the same address and password. Takes the permission `publish`. */
  switch(
    flow: string,
    on: boolean,
    { by }: { readonly by: string },
  ): Promise<{ readonly ok: true } | Refusal> {
    return this.#options.workspace.execute({ type: 'switchShare', flow, on }, { by })
  }

  /** The link of a flow; `undefined` where it was never shared. */
  async of(flow: string): Promise<ShareView | undefined> {
    const share = itemOf((await this.#options.workspace.state()).flows, flow)?.share
    if (share === undefined) return undefined
    const { password: _hash, ...view } = share
    return { ...view, url: this.#urlOf(share.id) }
  }

  /** True for an address that asks for a password now. */
  async isOpen(url: string): Promise<boolean> {
    return (await this.#find(url)) !== undefined
  }

  /**
   * Opens a link. Where it is not there, switched off or over, the answer is the same (`share.unavailable`). After five
   * wrong passwords none is looked at for a quarter of an hour, the right one neither: `share.throttled`, with
   * `retryAfterSeconds` in its details.
   */
  async open(url: string, password: string): Promise<SharedFlow | SharingRefusal> {
    const entry = await this.#find(url)
    if (entry === undefined) return refuseSharing('share.unavailable')
    const right = await this.#inTurn(() => this.#check(entry.share, password))
    if (right === undefined) return refuseSharing('share.busy')
    return right === true ? this.#show(entry.id) : right
  }

  /**
   * Answers a request for a link over HTTP: the page that asks for the password, the flow to whoever has sent it, and a
   * refusal to everything that would change something. Nothing else has to be served.
   *
   * @example
   * const { status, headers, body } = await shares.respond({ method: request.method, url: `https://flows.example${request.url}`, body: text })
   */
  respond(request: ShareHttpRequest): Promise<ShareAnswer> {
    return respondTo(this, this.#options.nodes, request)
  }

  /** The flow behind an address, with its share; `undefined` where there is none that can be opened now. */
  async #find(url: string): Promise<(FlowEntry & { readonly share: Share }) | undefined> {
    const id = this.#idIn(url)
    if (id === undefined) return undefined
    const { flows } = await this.#options.workspace.state()
    const entry = Object.values(flows).find(({ share }) => share?.id === id)
    const share = entry?.share
    if (entry === undefined || share?.on !== true) return undefined
    return share.expiresAt !== undefined && share.expiresAt <= this.#clock.now()
      ? undefined
      : { ...entry, share }
  }

  /** True for the right password; counts each one before it is looked at, so that no more are tried at the same time either. */
  async #check({ id, password: hash }: Share, password: string): Promise<true | SharingRefusal> {
    const { workspace, store } = this.#options
    const now = this.#clock.now()
    await this.#forgetting.at(now)
    const bound = { atMost: MAX_WRONG_PASSWORDS, now, until: now + THROTTLE_MS }
    const counted = await store.count(workspace.id, countOf(id), bound)
    if (!counted.ok) {
      const { until = now + THROTTLE_MS } = counted
      return refuseSharing('share.throttled', {
        retryAfterSeconds: Math.max(1, Math.ceil((until - now) / 1_000)),
      })
    }
    const isRight =
      typeof password === 'string' &&
      lengthOf(password) <= MAX_PASSWORD &&
      (await verifyPassword(password, hash))
    if (!isRight) return refuseSharing('share.wrongPassword')
    await this.#forgive(id)
    return true
  }

  async #show(flow: string): Promise<SharedFlow | SharingRefusal> {
    const { workspace, nodes, languages } = this.#options
    const [state, found] = await Promise.all([workspace.state(), workspace.flow(flow)])
    const version = found && latestVersion(found)
    const document = version && (await workspace.document(flow, version.id))
    if (version === undefined || document === undefined) return refuseSharing('share.unavailable')
    return {
      ok: true,
      ...strangersView(document, { nodes, languages, policy: state.policy.validation }),
      version: nameOfVersion(version, state),
      savedAt: currentRevision(version).at,
    }
  }

  /** Passwords are looked at one after another; `undefined` where too many wait. */
  async #inTurn<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    if (this.#waiting >= MAX_WAITING) return undefined
    this.#waiting++
    try {
      return await this.#turns.take('scrypt', work)
    } finally {
      this.#waiting--
    }
  }

  async #forgive(id: string): Promise<void> {
    await this.#options.store.reset(this.#options.workspace.id, countOf(id))
  }

  #urlOf(id: string): string {
    return new URL(id, this.#base).href
  }

  #idIn(text: unknown): string | undefined {
    if (typeof text !== 'string' || text.length > 2_000 || !URL.canParse(text)) return undefined
    const url = new URL(text)
    if (url.origin !== this.#base.origin || !url.pathname.startsWith(this.#base.pathname)) return undefined
    const id = url.pathname.slice(this.#base.pathname.length)
    return /^[\w-]{8,64}$/.test(id) ? id : undefined
  }
}

function isPassword(password: unknown): password is string {
  if (typeof password !== 'string' || lengthOf(password) > MAX_PASSWORD) return false
  return password.trim().length >= MIN_PASSWORD
}

/** As it is hashed: an umlaut is one character, also where it was typed as two. */
function lengthOf(password: string): number {
  return password.length > MAX_TYPED ? password.length : normalisePassword(password).length
}

function countOf(share: string): string {
  return `passwords/${share}`
}
