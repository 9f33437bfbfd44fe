import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Provider } from './provider.ts'
import { openServer } from './server.ts'

/*
 * Starts the server with a provider that is this terminal: what you type goes in as a signed message, what the flow says
 * comes out. Stop it in the middle, start it again, and go on where you were: the sessions are in the file.
 */

const ADA = '+4915112345678'
const file = process.argv[2] ?? join(tmpdir(), 'sluice-webhook-server.db')
const secret = process.env.WEBHOOK_SECRET ?? 'a secret for trying things out'

const provider = new Provider(secret)
provider.onSaid = ({ text }) => console.log(text)
const providerUrl = await provider.open()
const server = await openServer({ file, secret, providerUrl }).catch((error: Error) => {
  console.error(`The server cannot be opened over ${file}: ${error.message}`)
  process.exit(2)
})
console.log(`Sessions are shown at ${server.url} and kept in ${file}. Write something; Ctrl-C ends.`)

const terminal = createInterface({ input: process.stdin })
let turn = Promise.resolve()
let isClosing = false
terminal.on('line', (text) => {
  if (text.trim() === '') return
  turn = turn.then(async () => {
    const statuses = await provider.send(server.url, 'sms', { from: ADA, to: '+4930100', text })
    if (statuses.some((status) => status !== 204))
      console.error(`The server answered ${statuses.join(', ')}.`)
  })
})
terminal.once('close', () => void turn.then(close))
process.once('SIGINT', () => void close())

/** Ends it all, once: Ctrl-C closes the terminal too. */
async function close(): Promise<void> {
  if (isClosing) return
  isClosing = true
  terminal.close()
  await server.close()
  await provider.close()
  process.exit(0)
}
