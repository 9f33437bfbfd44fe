import { err, ok, type Result } from '../base/result.ts'
import { type EditingLock, isHeld, isHeldByAnother, lockFor } from '../document/editing-lock.ts'
import type { FlowDocument } from '../document/flow-document.ts'
import { type EditRefusal, refuse } from './refusal.ts'

/** A draft where it is kept: plain JSON, one value that a store writes as a whole. */
export interface SavedDraft {
  readonly document: FlowDocument
  /** Counts the saves; whoever writes says which one they read. */
  readonly revision: number
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly savedAt: number
  readonly savedBy?: string
  readonly lock?: EditingLock
  /** What stood there before, the latest last: nothing that was saved is lost (DOC-12). */
  readonly earlier: readonly SavedRevision[]
}

/** A document as it was saved before. */
export interface SavedRevision {
  readonly revision: number
  readonly document: FlowDocument
  readonly savedAt: number
  readonly savedBy?: string
}

/** Who asks, and when. */
export interface Request {
  readonly by: string
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly now: number
}

export interface SaveRequest extends Request {
  readonly document: FlowDocument
  /** The revision that was read. */
  readonly revision: number
}

/** The first save of a flow. */
export function newSavedDraft(document: FlowDocument, { by, now }: Request): SavedDraft {
  return { document, revision: 1, savedAt: now, savedBy: by, earlier: [] }
}

/**
 * The draft with a document saved in it, however broken the flow is. Refused as stale where somebody else has saved
 * since, with the newer revision in the details, and where somebody else holds the lock.
 */
export function saveDraft(
  saved: SavedDraft,
  { document, revision, by, now }: SaveRequest,
): Result<SavedDraft, EditRefusal> {
  const locked = lockedFor(saved, { by, now })
  if (locked !== undefined) return err(locked)
  if (revision !== saved.revision) {
    return err(refuse('edit.stale', { revision: saved.revision, expected: revision }))
  }
  const { lock, earlier, ...before } = saved
  return ok({
    document,
    revision: saved.revision + 1,
    savedAt: now,
    savedBy: by,
    ...(lock === undefined || !isHeld(lock, now) ? {} : { lock: lockFor(by, now) }),
    earlier: [...earlier, before],
  })
}

/**
 * Takes the lock, or keeps it: each request of its holder puts the end off. It expires five minutes after the last one,
 * and what was saved meanwhile stays.
 */
export function takeLock(saved: SavedDraft, { by, now }: Request): Result<SavedDraft, EditRefusal> {
  const locked = lockedFor(saved, { by, now })
  return locked === undefined ? ok({ ...saved, lock: lockFor(by, now) }) : err(locked)
}

/** Gives the lock back; somebody else's is refused. */
export function releaseLock(saved: SavedDraft, request: Request): Result<SavedDraft, EditRefusal> {
  const locked = lockedFor(saved, request)
  if (locked !== undefined) return err(locked)
  const { lock: _lock, ...unlocked } = saved
  return ok(unlocked)
}

/** Why somebody may not write; `undefined` where they may. */
function lockedFor({ lock }: SavedDraft, { by, now }: Request): EditRefusal | undefined {
  return isHeldByAnother(lock, by, now)
    ? refuse('edit.locked', { holder: lock.holder, until: new Date(lock.expiresAt).toISOString() })
    : undefined
}
