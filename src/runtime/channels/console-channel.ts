import { isJsonObject, type Json } from '../../base/json.ts'
import type { Effect } from '../../nodes/effects.ts'
import type { Channel } from './channel.ts'
import { SAYING, TAKING } from './usual.ts'

export interface ConsoleChannelOptions {
  /** `console` unless given. */
  readonly name?: string
  /** Takes one line, without its end. `console.log` unless given. */
  readonly write?: (line: string) => void
}

/**
 * Writes what is said as lines, each with the address that it is said to; for trying a host out.
 *
 * @example
 * const host = createHost({ workspace, channels: [consoleChannel({ name: 'sms' })] })
 * // +49151: Hello Ada, how can we help?
 * // +49151:   [1] Balance
 */
export function consoleChannel(options: ConsoleChannelOptions = {}): Channel {
  const { name = 'console', write = (line) => console.log(line) } = options
  return {
    name,
    capabilities: { effects: SAYING, inputs: TAKING },
    async deliver(effect, { to }) {
      const address = to === undefined ? '' : `${printable(to)}: `
      for (const line of linesOf(effect)) write(`${address}${line}`)
    },
  }
}

function linesOf(effect: Effect): string[] {
  if (effect.type === 'card.withdraw') return ['(card taken back)']
  const { title, text, media, link, buttons } = effect
  return [
    ...textLines(title),
    ...textLines(text),
    ...textLines(media).map((line) => `  (${line})`),
    ...textLines(link).map((line) => `  (${line})`),
    ...(Array.isArray(buttons) ? buttons.flatMap(buttonLine) : []),
  ]
}

function buttonLine(button: Json): string[] {
  if (!isJsonObject(button)) return []
  const { value, text, url } = button
  const opens = typeof url === 'string' ? ` (${printable(url)})` : ''
  return [`  [${printable(String(value))}] ${printable(String(text))}${opens}`]
}

function textLines(text: unknown): string[] {
  return typeof text === 'string' ? text.split(/\r\n|[\r\n]/).map(printable) : []
}

/** Control characters would let a text that somebody sent in move the cursor, or speak to the terminal. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ')
}
