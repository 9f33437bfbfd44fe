import { foldAddress } from './addresses.ts'
import type { SessionRecord } from './session-record.ts'

/** The mark of sessions of whoever has an address on a channel. */
export function addressMark(channel: string, address: string): string {
  return `at/${encodeURIComponent(channel)}/${foldAddress(address)}`
}

/** The mark of sessions that have said something to a contact on a channel other than their own. */
export function spokenMark(channel: string, contact: string): string {
  return `with/${encodeURIComponent(channel)}/${contact}`
}

/** The mark of sessions that wait for an event. */
export function eventMark(name: string): string {
  return `event/${name}`
}

/** The mark of sessions that have left something that can be withdrawn. */
export function cardsMark(flow: string): string {
  return `cards/${flow}`
}

/** Every mark that a session bears. */
export function marksOf({ session, about, cards, spoken }: SessionRecord): readonly string[] {
  const marks: string[] = []
  if (cards !== undefined && cards.length > 0) marks.push(cardsMark(about.flow))
  if (session.status !== 'waiting') return marks
  if (about.channel !== undefined && about.address !== undefined)
    marks.push(addressMark(about.channel, about.address))
  if (about.contact !== undefined)
    for (const channel of spoken ?? []) marks.push(spokenMark(channel, about.contact))
  for (const each of session.wait?.for ?? []) {
    if (each.startsWith('event:')) marks.push(eventMark(each.slice('event:'.length)))
  }
  return marks
}
