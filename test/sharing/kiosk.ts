import type { FlowDocument } from '../../src/index.ts'
import {
  createLinks,
  type LinkRequest,
  type Links,
  type LinksOptions,
  type MadeLink,
  type RefusedLink,
} from '../../src/sharing/index.ts'
import { Bureau } from '../runtime/host/bureau.ts'
import { ask, talk } from '../runtime/host/flows.ts'

export const SECRET = 'a secret of the host that is long enough'
export const BASE = 'https://go.example/'

/** What the start node of the survey declares. */
export const INPUTS = [
  { name: 'order', type: 'text', required: true },
  { name: 'amount', type: 'number' },
  { name: 'isGift', type: 'boolean' },
  { name: 'due', type: 'date' },
  { name: 'items', type: 'list' },
  { name: 'address', type: 'object' },
  { name: 'pin', type: 'text', sensitive: true },
] as const

/** A flow that links start, and that asks for something. */
export function survey(id = 'survey', start: object = {}, edit: object = {}): FlowDocument {
  const made = talk(id, { trigger: 'link', data: INPUTS, ...start }, [ask('ask', 'How was your order?')])
  return { ...made, name: 'Survey', ...edit }
}

/** A workspace whose released and approved survey is handed out for the application `web`. */
export class Kiosk {
  readonly bureau: Bureau
  readonly refused: RefusedLink[] = []
  readonly links: Links

  constructor(bureau: Bureau, options: Partial<LinksOptions> = {}) {
    this.bureau = bureau
    this.links = this.linksWith(options)
  }

  static async open(options: Partial<LinksOptions> = {}, document: FlowDocument = survey()): Promise<Kiosk> {
    const bureau = await Bureau.open()
    await bureau.define('application', WEB)
    await bureau.release(document)
    await bureau.send({ type: 'setDistribution', flow: document.id, applications: ['web'], protect: true })
    const kiosk = new Kiosk(bureau, options)
    await kiosk.approve(document.id)
    return kiosk
  }

  linksWith(options: Partial<LinksOptions> = {}): Links {
    const { workspace, store, clock } = this.bureau
    return createLinks({
      workspace,
      store: store.links,
      secret: SECRET,
      url: BASE,
      clock,
      onRefused: (refused) => this.refused.push(refused),
      ...options,
    })
  }

  async approve(flow: string, version = 'v1'): Promise<void> {
    const { behaviourHash } = (await this.bureau.workspace.flow(flow))!.versions[version]!.revisions.at(-1)!
    await this.bureau.send({ type: 'approve', flow, version, behaviourHash })
  }

  /** Says what holds for links of the application. */
  rules(links: object): Promise<unknown> {
    return this.bureau.define('application', { ...WEB, links })
  }

  async make(request: Partial<LinkRequest> = {}): Promise<MadeLink> {
    const made = await this.links.make(
      { flow: 'survey', application: 'web', parameters: '&order=4711', ...request },
      { by: 'ada' },
    )
    if (!made.ok) throw new Error(`${made.code}: ${made.reason}`)
    return made
  }

  /** The refusal of a link that cannot be made. */
  async refusal(request: Partial<LinkRequest> = {}, by = 'ada') {
    const made = await this.links.make(
      { flow: 'survey', application: 'web', parameters: '&order=4711', ...request },
      { by },
    )
    if (made.ok) throw new Error('It was made')
    return made
  }

  /** Opens a link that is not accepted: what its holder is told, and what the log says. */
  async denied(url: string): Promise<{ readonly told: unknown; readonly logged: RefusedLink | undefined }> {
    const before = this.refused.length
    const told = await this.links.resolve(url)
    if (told.ok) throw new Error(`${url} was accepted`)
    return { told, logged: this.refused[before] }
  }

  /** Every row of the store of links, and every event, as text. */
  async everythingStored(): Promise<string> {
    const { store, workspace } = this.bureau
    const { items } = await store.links.list(workspace.id, { limit: 500 })
    const streams = await store.events.list('')
    const events = await Promise.all(streams.map(({ stream }) => store.events.read(stream)))
    return JSON.stringify([items, events])
  }
}

export const WEB = { id: 'web', name: 'Web chat', channel: 'web' }

/** What everybody is told of a link that is not accepted. */
export const UNAVAILABLE = {
  ok: false,
  code: 'link.unavailable',
  reason: 'This link cannot be opened.',
  lift: 'Ask whoever sent it for a new one.',
  details: {},
}
