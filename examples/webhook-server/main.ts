import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DELIVERY, WEB } from './flows.ts'
import { Provider } from './provider.ts'
import { openServer } from './server.ts'

/*
 * Starts the server with a provider that is this terminal: what you type goes in as a signed message, what the flow says
 * comes out. Stop it in the middle, start it again, and go on where you were: the sessions are in the file.
 *
 * Lines that begin with a slash are what members do: `/link 4711` makes a link for order 4711, and `/share` with a password
 * shows the flow behind it to whoever knows the password.
 */

const ADA = '+4915112345678'
const file = process.argv[2] ?? join(tmpdir(), 'sluice-webhook-server.db')
const secret = process.env.WEBHOOK_SECRET ?? 'a secret for trying things out'

const provider = new Provider(secret)
provider.onSaid = ({ text }) => console.log(text)
const providerUrl = await provider.open()
// Links lead to the same port when the server is started again.
const port = Number(process.env.PORT ?? 8099)
const server = await openServer({ file, secret, providerUrl, port }).catch((error: Error) => {
  console.error(`The server cannot be opened over ${file}: ${error.message}`)
  process.exit(2)
})
console.log(`Sessions are shown at ${server.url} and kept in ${file}.`)
console.log('Write something, or /link and an order, or /share and a password; Ctrl-C ends.')

const terminal = createInterface({ input: process.stdin })
let turn = Promise.resolve()
let isClosing = false
terminal.on('line', (text) => {
  if (text.trim() === '') return
  turn = turn.then(async () => {
    const [, command, rest = ''] = /^\/(link|share)\b\s*(.*)$/.exec(text) ?? []
    if (command !== undefined) return console.log(await tellLink(command, rest))
    const statuses = await provider.send(server.url, 'sms', { from: ADA, to: '+4930100', text })
    if (statuses.some((status) => status !== 204))
      console.error(`The server answered ${statuses.join(', ')}.`)
  })
})
terminal.once('close', () => void turn.then(close))
process.once('SIGINT', () => void close())

/** The address of a link that is made, or why there is none. */
async function tellLink(command: string, rest: string): Promise<string> {
  if (command === 'share') {
    const shared = await server.shares.share(DELIVERY, { password: rest }, { by: 'ada' })
    return shared.ok ? shared.url : `${shared.reason} ${shared.lift}`
  }
  const parameters = { order: rest, parcels: '1' }
  const request = { flow: DELIVERY, application: WEB.id, parameters, shorten: true }
  const made = await server.links.make(request, { by: 'ada' })
  return made.ok ? `${made.url}\n${made.shortUrl}` : `${made.reason} ${made.lift}`
}

/** Ends it all, once: Ctrl-C closes the terminal too. */
async function close(): Promise<void> {
  if (isClosing) return
  isClosing = true
  terminal.close()
  await server.close()
  await provider.close()
  process.exit(0)
}
