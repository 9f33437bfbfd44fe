import type { TraceEntry } from '../interpreter/index.ts'
import type { DeadLetterView, HistoryView, ListedSession, SessionView } from '../runtime/index.ts'
import { plainLine } from './io.ts'

/*
 * Each line loses its control characters by itself: what a contact writes may hold line breaks, and must not look like a
 * step of its own.
 */

/** A session as one line of a list. */
export function describeListed({ session, head }: ListedSession): string {
  const { flow, version, status, outcome, contact, startedAt, test } = head
  const came = outcome === undefined ? status : `${status} (${outcome})`
  const who = contact === undefined ? '' : `  ${contact}`
  const mark = test === true ? '  test' : ''
  return plainLine(`${session}  ${instant(startedAt)}  ${flow} ${version}  ${came}${who}${mark}`)
}

export function describeLetter({ number, session, at, effect, reason }: DeadLetterView): string {
  const { type, flow, node } = effect
  return plainLine(`${number}  ${instant(at)}  ${type} of ${session} at ${flow}/${node}: ${reason}`)
}

/** What a session is, before its steps. */
export function describeView({ session, head, about, state }: SessionView): string {
  const { flow, number, version, kind, channel, address } = about
  const lines = [
    `Session ${session}`,
    `  flow      ${flow} ${number ?? ''} (${version})`,
    `  started   ${instant(head.startedAt)} by ${kind}${channel === undefined ? '' : ` on ${channel}`}${
      address === undefined ? '' : ` for ${address}`
    }`,
  ]
  if (head.status === 'waiting') {
    const { dueAt } = state.wait ?? {}
    const until = dueAt === undefined ? '' : `, until ${instant(dueAt)}`
    lines.push(`  waits     at ${state.frames.at(-1)!.node} for ${state.wait?.for.join(', ')}${until}`)
  } else {
    lines.push(`  ${head.status.padEnd(9)} ${instant(head.endedAt ?? 0)}: ${head.outcome ?? ''}`)
  }
  return lines.map(plainLine).join('\n')
}

/** One step of the path: what led to it, where it went, and what was said on the way. */
export function describeStep({ at, event, by, operation, entries }: HistoryView): string {
  const cause = operation === undefined ? (event ?? 'start') : `${operation} by ${by}`
  return [`${instant(at)}  ${cause}`, ...entries.flatMap(describeEntry)].map(plainLine).join('\n')
}

function describeEntry(entry: TraceEntry): readonly string[] {
  switch (entry.type) {
    case 'leave':
      return [`  ${entry.node} ─ ${entry.outcome} ─▶`]
    case 'wait':
      return [`  ${entry.node} …`]
    case 'end':
      return [`  ${entry.node} ■ ${entry.outcome}`]
    case 'error':
      return [`  ${entry.node} ✖ ${entry.error.code}`]
    case 'effect': {
      const { type, text } = entry.effect
      return [typeof text === 'string' ? `    “${text}”` : `    [${type}]`]
    }
    default:
      return []
  }
}

function instant(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ')
}
