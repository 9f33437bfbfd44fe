import { SluiceError } from '../../base/sluice-error.ts'
import type { StoredLink } from './link-store.ts'

/** Where a link stands in lists, the latest first. */
export type LinkPlace = Pick<StoredLink, 'at' | 'id'>

/** A place as the `after` of a query. */
export function cursorOf({ at, id }: LinkPlace): string {
  return JSON.stringify([at, id])
}

/** The place that a cursor names. Throws `list.badPage` for what is none. */
export function readCursor(after: string): LinkPlace {
  try {
    const [at, id] = JSON.parse(after) as readonly unknown[]
    if (typeof at === 'number' && typeof id === 'string') return { at, id }
  } catch {
    // No cursor of ours.
  }
  throw new SluiceError({
    code: 'list.badPage',
    problem: 'The list cannot go on from there',
    next: 'Pass next of the slice before',
  })
}
