import type { SessionStore } from '../../runtime/stores/session-store.ts'
import { type ContractCase, casesOf, type MakeStore } from './contract.ts'
import { claimCases } from './sessions/claims.ts'
import { commitCases } from './sessions/commits.ts'
import { erasingCases } from './sessions/erasing.ts'
import { readingCases } from './sessions/reading.ts'
import { textCases } from './sessions/texts.ts'
import { workCases } from './sessions/work.ts'

/**
 * What every session store has to do, as cases for any test runner. `make` gives a store with nothing in it.
 *
 * @example
 * describe('my session store', () => {
 *   for (const { name, run } of sessionStoreContract(() => openMyStore(':memory:'))) it(name, run)
 * })
 */
export function sessionStoreContract(make: MakeStore<SessionStore>): readonly ContractCase[] {
  return casesOf(make, {
    ...commitCases,
    ...textCases,
    ...claimCases,
    ...workCases,
    ...readingCases,
    ...erasingCases,
  })
}
