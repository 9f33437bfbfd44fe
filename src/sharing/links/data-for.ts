import type { JsonObject } from '../../base/json.ts'
import type { Result } from '../../base/result.ts'
import type { Slot } from '../../releases/state.ts'
import type { Parameters } from './link.ts'
import { type DataFault, dataOf } from './parameters.ts'
import type { StartInputs } from './start-inputs.ts'

/** The data that parameters are to the official version, the first one, where all versions that are out can start with them. */
export async function dataFor(
  slots: readonly Slot[],
  parameters: Parameters,
  inputs: StartInputs,
): Promise<Result<JsonObject, DataFault>> {
  const read = await Promise.all(
    slots.map(async ({ executable }) => dataOf(parameters, await inputs.of(executable))),
  )
  return read.find(({ ok }) => !ok) ?? read[0]!
}
