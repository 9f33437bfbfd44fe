import { LIMITS, type LimitName, type Limits } from '../base/limits.ts'
import { NodeFault } from '../nodes/node-runtime.ts'

/** Thrown inside a run to fail the session at once: no connector and no exception flow may answer it. */
export class LimitBreach {
  readonly name: LimitName

  constructor(name: LimitName) {
    this.name = name
  }
}

/** The fault of a node that passes a limit by itself; the run goes on as for any error in a node. */
export function limitFault(name: LimitName, limits: Limits): NodeFault {
  return new NodeFault(LIMITS[name].code, limitMessage(name, limits))
}

/** One sentence that names the limit, its value and what it counts. */
export function limitMessage(name: LimitName, limits: Limits): string {
  return `The session passed its limit ${name}: ${limits[name]} ${LIMITS[name].counts}`
}
