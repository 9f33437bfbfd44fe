import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { compile, isMessage, type Run, resume, type SessionEvent, start } from 'sluice'
import { palette } from 'sluice/palette'

/*
 * Talks to the support flow: a conversation where there is a terminal, the first transcript where there is none.
 */

const TRANSCRIPT = ['1', '2', '9', '1', '3', 'AB-1234']

const flow = JSON.parse(readFileSync(new URL('support.json', import.meta.url), 'utf8'))
const program = compile(flow, { nodes: palette })
const trigger = { type: 'manual', contact: { name: 'Ada', balance: 150, tier: 'gold' } }

const { ask, close } = process.stdin.isTTY ? readTerminal() : playTranscript()

let run = start(program, trigger, { id: 's1', now: Date.now(), seed: 'demo' })
for (;;) {
  for (const effect of run.effects) if (isMessage(effect)) console.log(effect.text)
  if (run.session.status !== 'waiting') break
  const event = await ask(run.session)
  if (event === undefined) break
  run = resume(program, run.session, event, { now: Date.now() })
}
close()

const { status, flowOutcome, steps, error } = run.session
if (status === 'ended') console.log(`(${flowOutcome}, ${steps} steps)`)
else if (status === 'failed') console.error(`(failed at ${error?.node}: ${error?.message})`)
else console.log('(goodbye)')

type Ask = (session: Run['session']) => Promise<SessionEvent | undefined>

/** Asks the person at the terminal; the deadline of the wait runs in real time. Nothing after Ctrl-C or Ctrl-D. */
function readTerminal(): { ask: Ask; close: () => void } {
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const gone = new AbortController()
  terminal.once('SIGINT', () => terminal.close())
  terminal.once('close', () => gone.abort())

  const ask: Ask = async ({ wait }) => {
    const late = new AbortController()
    const timer =
      wait?.dueAt === undefined ? undefined : setTimeout(() => late.abort(), wait.dueAt - Date.now())
    try {
      const text = await terminal.question('> ', { signal: AbortSignal.any([late.signal, gone.signal]) })
      return { type: 'text', text }
    } catch {
      console.log()
      return gone.signal.aborted || wait === undefined ? undefined : { type: 'timer', waitId: wait.id }
    } finally {
      clearTimeout(timer)
    }
  }
  return { ask, close: () => terminal.close() }
}

function playTranscript(): { ask: Ask; close: () => void } {
  const inputs = TRANSCRIPT.values()
  const ask: Ask = async () => {
    const { value: text } = inputs.next()
    if (text === undefined) return undefined
    console.log(`> ${text}`)
    return { type: 'text', text }
  }
  return { ask, close: () => {} }
}
