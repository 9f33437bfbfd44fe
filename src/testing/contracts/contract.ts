import { canonicalJson } from '../../base/canonical.ts'
import type { Json } from '../../base/json.ts'

/** One thing that an implementation of a port has to do; throws an `Error` where it does not. */
export interface ContractCase {
  /** As half a sentence, for the name of a test. */
  readonly name: string
  run(): Promise<void>
}

/** Makes a store with nothing in it; called for each case anew. */
export type MakeStore<Store> = () => Store | Promise<Store>

/** Cases that each get a store of their own. */
export function casesOf<Store>(
  make: MakeStore<Store>,
  cases: { readonly [name: string]: (store: Store) => Promise<void> },
): readonly ContractCase[] {
  return Object.entries(cases).map(([name, check]) => ({ name, run: async () => check(await make()) }))
}

/** Throws unless two values say the same. */
export function same(what: string, actual: unknown, expected: Json | undefined): void {
  const [got, wanted] = [actual as Json | undefined, expected].map((value) =>
    value === undefined ? 'undefined' : canonicalJson(value),
  )
  if (got !== wanted) throw new Error(`${what} should be ${clip(wanted!)}, and is ${clip(got!)}`)
}

function clip(text: string): string {
  return text.length > 400 ? `${text.slice(0, 400)}…` : text
}
