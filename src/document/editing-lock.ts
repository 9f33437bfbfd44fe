/** How long an editing lock lasts after the last request of its holder, in milliseconds: 5 minutes. */
export const LOCK_LASTS_MS = 5 * 60 * 1_000

/** The right to be the only one who writes to a draft. */
export interface EditingLock {
  readonly holder: string
  /** Milliseconds since 1970-01-01T00:00:00Z; from then on anybody may take it. */
  readonly expiresAt: number
}

/** The lock that somebody has from now on: each request of its holder puts the end off. */
export function lockFor(holder: string, now: number): EditingLock {
  return { holder, expiresAt: now + LOCK_LASTS_MS }
}

/** True while the lock has not expired. */
export function isHeld({ expiresAt }: EditingLock, now: number): boolean {
  return now < expiresAt
}

/** True while somebody else holds the lock. */
export function isHeldByAnother(lock: EditingLock | undefined, by: string, now: number): lock is EditingLock {
  return lock !== undefined && lock.holder !== by && isHeld(lock, now)
}
