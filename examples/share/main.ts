import type { LinkRequest, MadeLink } from 'sluice/sharing'
import {
  ADA,
  approve,
  clock,
  drawn,
  FLOW,
  host,
  links,
  release,
  send,
  shares,
  web,
  workspace,
} from './desk.ts'
import { heading, shown, tell, tellOffer, tellRefusal } from './print.ts'

/*
 * One flow, shown to somebody without an account, and then handed out to contacts by links. Read it from top to bottom; what
 * is refused is printed as people are told it, and lines that begin with "Log" are what they are not told.
 */

const PASSWORD = 'seven green bottles'

heading('Save a flow')
await send({ type: 'createWorkspace', name: 'ACME', policy: 'open' })
await send({ type: 'createFlow', flow: FLOW }, drawn())
tell('Delivery is saved, as a draft.')

heading('Share it read-only')
tellRefusal(await shares.share(FLOW, { password: '' }, ADA))
const first = await share({ password: PASSWORD })
tell(first)

heading('Open it with a wrong password, and with the right one')
tellRefusal(await shares.open(first, 'seven brown bottles'))
await look(first)

heading('Switch it off, and on again')
await shares.switch(FLOW, false, ADA)
tellRefusal(await shares.open(first, PASSWORD))
await shares.switch(FLOW, true, ADA)
await look(first)

heading('Give it another address')
const second = await share({ password: PASSWORD, rotate: true })
tell(second, 'The one before:')
tellRefusal(await shares.open(first, PASSWORD))

heading('Guess its password')
for (let guess = 1; guess <= 5; guess++) await shares.open(second, `guess number ${guess}`)
tell('After five wrong ones the right one is not looked at either:')
tellRefusal(await shares.open(second, PASSWORD))
clock.advance('15m')
await look(second)

heading('Hand it out before its release')
await send({ type: 'define', kind: 'application', item: { id: 'web', name: 'Web page', channel: 'web' } })
await send({
  type: 'define',
  kind: 'application',
  item: {
    id: 'shop',
    name: 'Shop',
    channel: 'web',
    links: { maxInvocations: 2, lifetimeMs: 3_600_000, embedding: ['https://shop.example'] },
  },
})
await send({ type: 'setDistribution', flow: FLOW, applications: ['web', 'shop'], protect: true })
tellRefusal(await links.offers(FLOW))

heading('Release it')
await release()
tell('V1.0 is released, which needs no approval here. To hand it out does:')
tellRefusal(await links.offers(FLOW))
await approve()
tell('ada has approved it.')

heading('List the applications')
const offered = await links.offers(FLOW)
if (!offered.ok) throw new Error(offered.reason)
offered.offers.forEach(tellOffer)
for (const { name, type, required, sensitive } of await links.inputs(FLOW))
  tell(`Parameter ${name}: ${type}${required ? ', required' : ''}${sensitive ? ', sensitive' : ''}`)

heading('Make a link')
tellRefusal(await links.make({ flow: FLOW, application: 'kiosk' }, ADA))
tellRefusal(await links.make({ flow: FLOW, application: 'shop', parameters: '&order=4711' }, ADA))
const parameters = '&order=4711%2FKöln&parcels=2'
const link = await make({ application: 'shop', parameters })
tell(shown(link.url), `It ends at ${new Date(link.expiresAt!).toISOString()}.`)

heading('Look at it, and open it')
const peeked = await links.peek(link.url)
tell(`A preview: ${peeked.ok ? `starts ${peeked.link.flow}` : peeked.reason} (counts nothing)`)
await open(link.url)

heading('Change a parameter on the way')
tellRefusal(await links.resolve(link.url.replace('parcels=2', 'parcels=200')))

heading('Open it more often than the application lets')
await open(link.url)
tellRefusal(await links.resolve(link.url))

heading('Make a short one')
const short = await make({ application: 'web', parameters, shorten: true })
tell(short.shortUrl!)
await open(short.shortUrl!)

heading('Make one for another page')
tellRefusal(await links.make({ flow: FLOW, application: 'web', parameters, embed: true }, ADA))
const embedded = await make({ application: 'shop', parameters, embed: true })
tell(shown(embedded.embed!.iframe), shown(embedded.embed!.script), embedded.embed!.frameAncestors)

heading('Make one without protection')
const unprotected = await make({ application: 'shop', parameters, protect: false })
tell(unprotected.url)
await open(unprotected.url.replace('parcels=2', 'parcels=3'))

heading('Make one that carries what is sensitive')
await make({ application: 'web', parameters: `${parameters}&phone=%2B4915112345678` })

heading('Give the applications other keys')
for (const application of ['shop', 'web']) await send({ type: 'regenerateKey', application })
for (const url of [link.url, short.url, short.shortUrl!, embedded.url, unprotected.url]) {
  tell(shown(url))
  const resolved = await links.resolve(url)
  if (resolved.ok) throw new Error('It was opened')
  tell(resolved.reason)
}
tell('A new one:')
await open((await make({ application: 'shop', parameters })).url)

heading('List what was made')
const { items } = await links.list()
for (const { id, application, isProtected, isShortened, refusal } of items) {
  const kind = `${isProtected ? '' : ', without protection'}${isShortened ? ', short' : ''}`
  tell(`${id} for ${application}${kind}: ${refusal?.code ?? 'open'}`)
}

heading('Read what has happened')
for (const { at, sentence } of await workspace.trail())
  tell(`${new Date(at).toISOString().slice(11, 16)}  ${sentence}`)
await host.close()

async function share(request: { readonly password: string; readonly rotate?: boolean }): Promise<string> {
  const shared = await shares.share(FLOW, request, ADA)
  if (!shared.ok) throw new Error(shared.reason)
  return shared.url
}

/** Opens a read-only link with its password, and tells what there is to see. */
async function look(url: string): Promise<void> {
  const opened = await shares.open(url, PASSWORD)
  if (!opened.ok) throw new Error(opened.reason)
  const { document, version, diagnostics } = opened
  const variables = (document.settings.variables ?? []).map(
    ({ name, default: starts }) => `${name} ${starts === undefined ? '(no value)' : `"${starts}"`}`,
  )
  tell(`Opened: ${document.name} ${version}, ${document.nodes.length} nodes, ${diagnostics.length} findings`)
  tell(`Variables: ${variables.join(', ')}`)
}

async function make(request: Omit<LinkRequest, 'flow'>): Promise<MadeLink> {
  clock.advance('1m')
  const made = await links.make({ flow: FLOW, ...request }, ADA)
  if (!made.ok) throw new Error(`${made.code}: ${made.reason}`)
  for (const { code, message } of made.warnings) tell(`! ${code}: ${message}`)
  return made
}

/** What a host does when somebody opens a link: resolves it, and starts the flow. */
async function open(url: string): Promise<void> {
  const before = web.transcript().length
  const resolved = await links.resolve(url)
  if (!resolved.ok) throw new Error(resolved.reason)
  const started = await host.trigger({ ...resolved.trigger, channel: 'web' })
  if (!started.ok) throw new Error(started.reason)
  await host.settled()
  const said = web.transcript().slice(before)
  tell(`Opened, and the session says: ${said.map((text) => `“${text}”`).join(' ')}`)
}
