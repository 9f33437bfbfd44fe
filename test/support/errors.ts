import { SluiceError } from '../../src/index.ts'

/** Code of the `SluiceError` that a call throws; `undefined` where it throws none. */
export function thrownCode(call: () => unknown): string | undefined {
  try {
    call()
    return undefined
  } catch (error) {
    if (error instanceof SluiceError) return error.code
    throw error
  }
}
