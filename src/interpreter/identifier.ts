import type { Json, JsonObject } from '../base/json.ts'
import type { Environment, EvaluationFault } from '../expressions/types.ts'
import { firstSession, type StartOptions, type Trigger } from './first-session.ts'
import { journeyOf } from './journey.ts'
import type { Program } from './program.ts'

/**
 * What tells a session apart from others of its flow, where the flow prevents duplicates (RUN-3): the value of the identifier
 * before the first step, for the arguments that `start` is to be called with, and with the errors of `start`. `undefined`
 * where the flow does not prevent any, or where there is no value to go by.
 *
 * It reads all of the trigger and of the contact: a session keeps of them only what its nodes read, and the identifier is
 * asked for once. Both have to be plain JSON.
 */
export function identifierOf(
  program: Program,
  trigger: Trigger,
  options: StartOptions,
): Json | undefined | EvaluationFault {
  if (program.identifier === undefined) return undefined
  const session = firstSession(program, trigger, options)
  const { id, language = program.executable.language } = session
  const { contact = {}, ...rest } = trigger
  const environment: Environment = {
    contact: contact as JsonObject,
    trigger: rest as JsonObject,
    vars: session.frames[0]!.vars,
    nodes: {},
    now: options.now,
    session: { id, language, flow: program.flow, journey: journeyOf(session) },
  }
  return program.identifier(environment) ?? undefined
}
