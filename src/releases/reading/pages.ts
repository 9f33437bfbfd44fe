import { SluiceError } from '../../base/sluice-error.ts'
import { compareTexts, foldName } from './fold-name.ts'

/** Items of a page unless a query says otherwise, and the most that it can ask for. */
export const DEFAULT_PAGE = 50
export const MAX_PAGE = 500

export interface PageQuery {
  /** `next` of the page before. */
  readonly after?: string
  /** Items of a page: 50 unless given, and 500 at most. */
  readonly limit?: number
}

/** A part of a list. */
export interface Page<Item> {
  readonly items: readonly Item[]
  /** How many there are on all pages. */
  readonly total: number
  /** Where the next page begins; absent on the last one. Holds good while things are added and removed. */
  readonly next?: string
}

export interface Sortable {
  readonly id: string
  readonly name: string
  readonly updatedAt: number
}

type Sort = 'name' | 'updated'

/** Where an item stands in a list: no two stand in the same place. */
type Place = readonly [sort: Sort, key: string | number, id: string]

/** Sorts items, and takes a page of them. */
export function pageOf<Item extends Sortable>(
  items: readonly Item[],
  sort: Sort,
  { after, limit = DEFAULT_PAGE }: PageQuery,
): Page<Item> {
  if (!Number.isInteger(limit) || limit < 1) {
    throw badPage(
      `A page cannot have ${typeof limit === 'string' ? JSON.stringify(limit) : limit} items`,
      `Ask for a number from 1 to ${MAX_PAGE}`,
    )
  }
  if (sort !== 'name' && sort !== 'updated') {
    throw badPage(`A list cannot be sorted by ${JSON.stringify(sort)}`, 'Use name or updated')
  }
  const placed = items
    .map((item) => ({ item, place: placeOf(item, sort) }))
    .sort((a, b) => comparePlaces(a.place, b.place))
  const last = after === undefined ? undefined : readCursor(after, sort)
  const rest = last === undefined ? placed : placed.filter(({ place }) => comparePlaces(place, last) > 0)
  const page = rest.slice(0, Math.min(limit, MAX_PAGE))
  return {
    items: page.map(({ item }) => item),
    total: items.length,
    ...(page.length < rest.length ? { next: JSON.stringify(page.at(-1)!.place) } : {}),
  }
}

function placeOf({ id, name, updatedAt }: Sortable, sort: Sort): Place {
  return [sort, sort === 'name' ? foldName(name) : updatedAt, id]
}

/** Names from A on, times from the latest on. */
function comparePlaces([, a, idA]: Place, [, b, idB]: Place): number {
  const order = typeof a === 'number' ? (b as number) - a : compareTexts(a, b as string)
  return order || compareTexts(idA, idB)
}

function readCursor(after: string, sort: Sort): Place {
  const place = parse(after)
  if (
    !Array.isArray(place) ||
    place.length !== 3 ||
    place[0] !== sort ||
    typeof place[1] !== (sort === 'name' ? 'string' : 'number') ||
    typeof place[2] !== 'string'
  ) {
    throw badPage('The list cannot go on from there', 'Pass next of the page before, with the same sort')
  }
  return place as unknown as Place
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function badPage(problem: string, next: string): SluiceError {
  return new SluiceError({ code: 'list.badPage', problem, next })
}
