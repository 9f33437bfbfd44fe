import { isJsonObject } from '../../base/json.ts'
import { isWithheld } from '../../releases/gray/phone-number.ts'
import type { Inbound } from '../channels/channel.ts'
import { badName, isName } from './requests.ts'
import { readData } from './start-request.ts'

/** What is wrong with something that has come in from outside. */
export function faultOfInbound(inbound: Inbound): string | undefined {
  if (!isJsonObject(inbound)) return 'it is no object'
  const { channel, to, id, text, digits, signal, session } = inbound
  if (!isName(channel)) return 'channel is missing'
  // Networks and gateways say in many ways that they do not tell who it is, an empty text among them.
  const from = isWithheld(inbound.from) ? undefined : inbound.from
  if (inbound.from !== undefined && typeof inbound.from !== 'string') return 'from is no text'
  const named = badName({ from, to, id, signal, session })
  if (named !== undefined) return named
  for (const [name, value] of Object.entries({ text, digits }))
    if (value !== undefined && typeof value !== 'string') return `${name} is no text`
  return faultOfContent(inbound)
}

function faultOfContent({
  text,
  digits,
  signal,
  button,
  result,
  session,
  data,
}: Inbound): string | undefined {
  const said = [text, digits, signal, button, result].filter((each) => each !== undefined)
  if (said.length > 1) return 'it says several things at once; send one at a time'
  if (said.length === 0 && session !== undefined) return 'it says nothing to the session that it names'
  for (const [name, answer] of Object.entries({ button, result })) {
    if (answer === undefined) continue
    if (!isJsonObject(answer)) return `${name} is no object`
    if (!isName(answer.waitId)) return `${name}.waitId is missing`
  }
  if (button !== undefined && typeof button.value !== 'string') return 'button.value is no text'
  const read = readData(data)
  return 'fault' in read ? read.fault : undefined
}
