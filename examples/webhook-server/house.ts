import Database from 'libsql'
import { httpChannel } from 'sluice/http'
import { palette } from 'sluice/palette'
import {
  type Channel,
  createHost,
  type Host,
  openWorkspace,
  sessionCensus,
  type Workspace,
} from 'sluice/runtime'
import { createLinks, createShares, type Links, type RefusedLink, type Shares } from 'sluice/sharing'
import { sqliteStore } from 'sluice/sqlite'
import { setUp, WEB } from './flows.ts'
import { linkSecret } from './link-secret.ts'

export interface HouseOptions {
  /** The database file. */
  readonly file: string
  /** Where messages and calls of the provider are sent to. */
  readonly providerUrl: string
  /** What the provider and we sign with. */
  readonly secret: string
  /** Where links lead. */
  readonly url: string
  /** Origins whose pages may show links. */
  readonly embedding: readonly string[]
  readonly log: (line: string) => void
}

/** All that has nothing to do with HTTP. */
export interface House {
  readonly url: string
  readonly workspace: Workspace
  readonly host: Host
  readonly links: Links
  readonly shares: Shares
  /** Links that were refused lately, the latest first. */
  readonly refused: readonly RefusedLink[]
  readonly log: (line: string) => void
  close(): Promise<void>
}

const MAX_REFUSED = 50

/** What sessions say that were started by a link stands on the page of the link, so that there is nothing to send. */
const webChannel: Channel = {
  name: WEB.channel,
  capabilities: { effects: ['message.send'], inputs: [] },
  deliver: async () => {},
}

/** Opens the workspace over its database, the host, and links of both kinds. */
export async function openHouse({ url, log, ...options }: HouseOptions): Promise<House> {
  const { file, providerUrl, secret, embedding } = options
  const signedWith = linkSecret(`${file}.link-secret`)
  const store = sqliteStore(new Database(file))
  const workspace = openWorkspace({
    id: 'acme',
    nodes: palette,
    ...store,
    census: sessionCensus(store, 'acme'),
  })
  await setUp(workspace, embedding)
  await store.contacts.put('acme', {
    id: 'ada',
    addresses: ['+4915112345678'],
    fields: { name: 'Ada', balance: 150, tier: 'gold' },
  })
  const refused: RefusedLink[] = []
  const links = createLinks({
    workspace,
    store: store.links,
    secret: signedWith,
    url,
    onRefused(each) {
      log(`link refused: ${each.code}${each.link === undefined ? '' : ` ${each.link}`}`)
      refused.unshift(each)
      refused.length = Math.min(refused.length, MAX_REFUSED)
    },
  })
  const shares = createShares({ workspace, nodes: palette, store: store.links, url: `${url}/view/` })
  const channels = [
    ...['sms', 'voice'].map((name) => httpChannel({ name, url: providerUrl, secret })),
    webChannel,
  ]
  const host = await createHost({
    workspace,
    nodes: palette,
    store,
    channels,
    onError: (error) => log(String(error)),
  })
  async function close(): Promise<void> {
    await host.close()
    await store.close()
  }
  return { url, workspace, host, links, shares, refused, log, close }
}
