type Entry<Value> = readonly [id: string, value: Value]
type Bucket<Value> = readonly Entry<Value>[]

/** Entries of a bucket on average, before there are more buckets. */
const FILL = 8

const EMPTY: Bucket<never> = []

/**
 * An immutable map by id. A change copies one bucket of a few entries and the list of buckets, so that an edit of a
 * flow of 10,000 nodes costs about as much as one of ten: copying a plain record of that size takes milliseconds.
 */
export class IdMap<Value> implements Iterable<Value> {
  readonly size: number
  readonly #buckets: readonly Bucket<Value>[]

  private constructor(size: number, buckets: readonly Bucket<Value>[]) {
    this.size = size
    this.#buckets = buckets
  }

  static empty<Value>(): IdMap<Value> {
    return new IdMap<Value>(0, [EMPTY])
  }

  static of<Value>(entries: Iterable<Entry<Value>>): IdMap<Value> {
    const last = new Map(entries)
    return new IdMap(last.size, distribute(last, last.size))
  }

  get(id: string): Value | undefined {
    for (const [each, value] of this.#buckets[bucketOf(id, this.#buckets.length)]!) {
      if (each === id) return value
    }
    return undefined
  }

  has(id: string): boolean {
    return this.#buckets[bucketOf(id, this.#buckets.length)]!.some(([each]) => each === id)
  }

  with(id: string, value: Value): IdMap<Value> {
    const at = bucketOf(id, this.#buckets.length)
    const bucket = this.#buckets[at]!
    const others = bucket.filter(([each]) => each !== id)
    const size = this.size + others.length + 1 - bucket.length
    const buckets = this.#replace(at, [...others, [id, value]])
    return new IdMap(size, size > 2 * FILL * buckets.length ? distribute(buckets.flat(), size) : buckets)
  }

  without(id: string): IdMap<Value> {
    const at = bucketOf(id, this.#buckets.length)
    const bucket = this.#buckets[at]!
    const others = bucket.filter(([each]) => each !== id)
    if (others.length === bucket.length) return this
    return new IdMap(this.size - 1, this.#replace(at, others))
  }

  /** Many changes at once, each bucket copied once; `undefined` takes an entry away. */
  withAll(changes: ReadonlyMap<string, Value | undefined>): IdMap<Value> {
    if (changes.size === 0) return this
    const buckets = [...this.#buckets]
    const copied = new Map<number, Entry<Value>[]>()
    let { size } = this
    for (const [id, value] of changes) {
      const at = bucketOf(id, buckets.length)
      let bucket = copied.get(at)
      if (bucket === undefined) {
        bucket = [...buckets[at]!]
        copied.set(at, bucket)
        buckets[at] = bucket
      }
      const place = bucket.findIndex(([each]) => each === id)
      if (value === undefined) {
        if (place >= 0) {
          bucket.splice(place, 1)
          size--
        }
      } else if (place >= 0) bucket[place] = [id, value]
      else {
        bucket.push([id, value])
        size++
      }
    }
    return new IdMap(size, size > 2 * FILL * buckets.length ? distribute(buckets.flat(), size) : buckets)
  }

  *ids(): Generator<string> {
    for (const bucket of this.#buckets) for (const [id] of bucket) yield id
  }

  *[Symbol.iterator](): Generator<Value> {
    for (const bucket of this.#buckets) for (const [, value] of bucket) yield value
  }

  #replace(at: number, bucket: Bucket<Value>): readonly Bucket<Value>[] {
    const buckets = [...this.#buckets]
    buckets[at] = bucket
    return buckets
  }
}

function distribute<Value>(entries: Iterable<Entry<Value>>, size: number): readonly Bucket<Value>[] {
  let count = 1
  while (count * FILL < size) count *= 2
  const buckets: Entry<Value>[][] = Array.from({ length: count }, () => [])
  for (const entry of entries) buckets[bucketOf(entry[0], count)]!.push(entry)
  return buckets
}

/** FNV-1a; `count` is a power of two. */
function bucketOf(id: string, count: number): number {
  if (count === 1) return 0
  let hash = 0x811c9dc5
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193)
  return (hash ^ (hash >>> 15)) & (count - 1)
}
