import { type Effect, maskEffect } from '../../nodes/effects.ts'
import type { Commit, LogEntry, Mark, NextRevision, SessionHead } from '../stores/session-store.ts'
import { countFate, countPlace, countSteps, Tally } from './counts.ts'
import { type HistoryHead, historyText } from './history-text.ts'
import { isIdle, type Live, type Step } from './live.ts'
import { marksOf } from './marks.ts'
import { workText } from './outbox-work.ts'
import type { SessionRecord } from './session-record.ts'

/** A commit on its way; its texts are plain until a codec has had them. */
export type CommitDraft = Draft<Omit<Commit, 'next'>> & { readonly next: Draft<NextRevision> }

type Draft<Type> = { -readonly [Member in keyof Type]: Type[Member] }

/** All that is stored of one step, and the effects that have to be done elsewhere. */
export interface Composed {
  readonly commit: CommitDraft
  readonly head: SessionHead | undefined
  readonly work: readonly Effect[]
}

/** Puts together what one step changes. With `keepsLogs` entries of logbooks are done by being stored. */
export function composeCommit(
  live: Live | undefined,
  step: Step,
  after: SessionRecord,
  now: number,
  keepsLogs: boolean,
): Composed {
  const { run } = step
  const { session, about } = after
  const texts = run.effects.map((effect) => JSON.stringify(effect))
  const head = headOf(after, now, live)
  const next: CommitDraft['next'] = {
    session: session.id,
    expected: live?.revision ?? 0,
    text: JSON.stringify(after),
  }
  if (head !== undefined) next.head = head
  if (after.armed !== live?.record.armed) next.timer = timerOf(live?.record.armed, after.armed)
  if (!isIdle(step))
    next.history = historyText(historyHead(step, after, now), run.trace, shown(run.effects, texts))
  const commit: CommitDraft = { next, counts: countsOf(live, step, after) }
  addMarks(commit, live?.record, after)
  addClaims(commit, live, after, now)
  const work: Effect[] = []
  const workTexts: string[] = []
  const log: LogEntry[] = []
  const share = (effect: Effect, text: string) => {
    if (keepsLogs && effect.type === 'log.write')
      return log.push(logEntry(effect, session.id, now, about.test))
    work.push(effect)
    return workTexts.push(text)
  }
  for (let i = 0; i < texts.length; i++) share(run.effects[i]!, texts[i]!)
  for (const effect of step.effects ?? []) share(effect, JSON.stringify(effect))
  if (work.length > 0) commit.work = { session: session.id, text: workText(workTexts) }
  if (log.length > 0) commit.log = log
  return { commit, head, work }
}

/** What a session counts as, and no longer. */
function countsOf(live: Live | undefined, { run }: Step, after: SessionRecord): Tally['changes'] {
  const { session, about } = after
  const tally = new Tally()
  if (live === undefined) countFate(tally, 'began', session, about)
  if (hasStopped(live, session)) countFate(tally, 'over', session, about)
  countSteps(tally, run.trace, about)
  countPlace(tally, live?.record, after)
  return tally.changes
}

function historyHead({ event, operated }: Step, { about }: SessionRecord, at: number): HistoryHead {
  const head: Draft<HistoryHead> = { at }
  if (event !== undefined) head.event = event.type
  if (operated !== undefined) Object.assign(head, operated)
  if (about.test === true) head.test = true
  return head
}

/** Texts of effects as a history shows them. */
function shown(effects: readonly Effect[], texts: readonly string[]): readonly string[] {
  if (!effects.some(({ sensitive }) => sensitive === true)) return texts
  return effects.map((effect, i) =>
    effect.sensitive === true ? JSON.stringify(maskEffect(effect)) : texts[i]!,
  )
}

function addMarks(commit: CommitDraft, before: SessionRecord | undefined, after: SessionRecord): void {
  const had = before === undefined ? [] : marksOf(before)
  const has = marksOf(after)
  const { id: session } = after.session
  const mark = has.flatMap((each): Mark[] => (had.includes(each) ? [] : [{ mark: each, session }]))
  const unmark = had.flatMap((each): Mark[] => (has.includes(each) ? [] : [{ mark: each, session }]))
  if (mark.length > 0) commit.mark = mark
  if (unmark.length > 0) commit.unmark = unmark
}

/** The claim by which duplicates are prevented is given up at the end, and made again where an operator lets it go on. */
function addClaims(
  commit: CommitDraft,
  live: Live | undefined,
  { session, about }: SessionRecord,
  now: number,
): void {
  if (about.claim === undefined || live === undefined) return
  const waited = live.record.session.status === 'waiting'
  const waits = session.status === 'waiting'
  if (waited && !waits) commit.unclaim = [about.claim]
  if (!waited && waits) commit.claims = [{ key: about.claim, session: session.id, now }]
}

function logEntry(
  { logbook, fields, node, flow, key }: Effect,
  session: string,
  at: number,
  test: true | undefined,
): LogEntry {
  const text = JSON.stringify({ fields, node, flow, key, ...(test ? { test: true } : {}) })
  return { logbook: String(logbook), session, at, text }
}

/** True where a session has come to its end, or to another one: an operator may have let it try again. */
function hasStopped(before: Live | undefined, { status, error }: SessionRecord['session']): boolean {
  const was = before?.record.session
  return status !== 'waiting' && (was?.status !== status || was.error !== error)
}

function timerOf(from: number | undefined, to: number | undefined): NextRevision['timer'] & {} {
  if (from === undefined) return to === undefined ? {} : { to }
  return to === undefined ? { from } : { from, to }
}

/** What lists show of a session, where that is new. */
function headOf(
  { session, about }: SessionRecord,
  now: number,
  before: Live | undefined,
): SessionHead | undefined {
  const isSame = before?.record.session.status === session.status && !hasStopped(before, session)
  if (isSame && before.record.about === about) return undefined
  const { flow, version, contact, channel, test, startedAt } = about
  const outcome = session.status === 'failed' ? session.error?.code : session.flowOutcome
  return {
    flow,
    version,
    status: session.status,
    startedAt,
    ...(contact === undefined ? {} : { contact }),
    ...(channel === undefined ? {} : { channel }),
    ...(test === undefined ? {} : { test }),
    ...(session.status === 'waiting' ? {} : { endedAt: now }),
    ...(outcome === undefined ? {} : { outcome }),
  }
}

/** Two commits as one; only the first of them has a session, and work. */
export function joined(commit: Commit, also: Commit): Commit {
  const both: { -readonly [Member in keyof Commit]?: unknown } = { ...commit }
  for (const member of Object.keys(also) as (keyof Commit)[]) {
    const [before, more] = [both[member], also[member]]
    both[member] = Array.isArray(before) && Array.isArray(more) ? [...before, ...more] : more
  }
  return both as Commit
}
