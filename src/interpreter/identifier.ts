import type { Json } from '../base/json.ts'
import type { Environment, EvaluationFault } from '../expressions/types.ts'
import { journeyOf } from './journey.ts'
import type { Program } from './program.ts'
import type { Session } from './session.ts'

/**
 * What tells a session apart from others of its flow, where the flow prevents duplicates (RUN-3): the value of the identifier
 * before the first step. `undefined` where it does not prevent any, or where there is no value to go by.
 */
export function identifierOf(
  program: Program,
  session: Session,
  now: number,
): Json | undefined | EvaluationFault {
  if (program.identifier === undefined) return undefined
  const { id, contact = {}, trigger = {}, language = program.executable.language } = session
  const environment: Environment = {
    contact,
    trigger,
    vars: session.frames[0]!.vars,
    nodes: {},
    now,
    session: { id, language, flow: program.flow, journey: journeyOf(session) },
  }
  return program.identifier(environment) ?? undefined
}
