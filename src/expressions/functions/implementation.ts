import type { Json } from '../../base/json.ts'
import type { Value } from '../fault.ts'
import type { Meter } from '../meter.ts'

/**
 * What a function does. `needs` has one letter for each argument, `?` before the optional ones: t text,
 * n number, l list, o object, * anything; a last `+` repeats the letter before it. The linker
 * holds arguments to it and charges for the length of texts and lists that go in and come out; what costs more
 * than that is charged here, before the work is done.
 */
export interface Implementation {
  readonly needs: string
  readonly run: (meter: Meter, ...args: Json[]) => Value
}

export function define<Args extends readonly (Json | undefined)[]>(
  needs: string,
  run: (meter: Meter, ...args: Args) => Value,
): Implementation {
  // The linker guarantees what `needs` says of the arguments.
  return { needs, run: run as unknown as Implementation['run'] }
}
