import type { Effect } from '../../nodes/effects.ts'
import { SAYING } from '../channels/usual.ts'
import type { Live, Step } from './live.ts'
import { cardsAfter } from './open-cards.ts'
import type { SessionRecord } from './session-record.ts'

type Draft = { -readonly [Member in keyof SessionRecord]: SessionRecord[Member] }

/** What is kept of a session after a step. `idleMs` is how long it may lie idle. */
export function recordAfter(
  live: Live | undefined,
  { run, event, patch }: Step,
  record: SessionRecord,
  now: number,
  idleMs: number | undefined,
): SessionRecord {
  const { session } = run
  const before = live === undefined ? undefined : record.cards
  const cards = patch?.cards ?? cardsAfter(before, event, run.effects)
  const spoken = spokenAfter(record, run.effects)
  const activeAt = patch?.activeAt ?? (event?.type === 'timer' ? record.activeAt : now)
  const waits = session.status === 'waiting'
  const armed = waits ? armFor(record.armed, session.wait?.dueAt, activeAt, now, idleMs) : undefined
  const after: Draft = { v: 1, session, about: patch?.about ?? record.about, activeAt }
  if (armed !== undefined) after.armed = armed
  if (cards !== undefined && cards.length > 0) after.cards = cards
  if (spoken !== undefined) after.spoken = spoken
  const recording = patch?.recording ?? record.recording
  if (recording !== undefined) after.recording = recording
  const recordings = patch?.recordings ?? record.recordings
  if (recordings !== undefined) after.recordings = recordings
  const chosen = patch?.chosen ?? record.chosen
  if (chosen !== undefined) after.chosen = chosen
  return after
}

/** A timer that is set early enough stays where it is: when it is due, it is set anew. */
function armFor(
  armed: number | undefined,
  dueAt: number | undefined,
  activeAt: number,
  now: number,
  idleMs: number | undefined,
): number | undefined {
  const idle = idleMs === undefined ? Number.POSITIVE_INFINITY : activeAt + idleMs
  const wanted = Math.min(dueAt ?? Number.POSITIVE_INFINITY, idle)
  if (wanted === Number.POSITIVE_INFINITY) return undefined
  return armed !== undefined && armed <= wanted && armed > now ? armed : wanted
}

/** The channels beside its own that a session has said something on. */
function spokenAfter({ about, spoken }: SessionRecord, effects: readonly Effect[]): SessionRecord['spoken'] {
  let after = spoken
  for (const { type, channel } of effects) {
    if (typeof channel !== 'string' || channel === about.channel || !SAYING.includes(type)) continue
    if (after?.includes(channel) !== true) after = [...(after ?? []), channel]
  }
  return after
}
