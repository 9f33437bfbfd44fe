import { pinOf } from '../../nodes/node-type.ts'
import type { Program } from '../program.ts'
import type { Frame, Session } from '../session.ts'
import { Trace } from '../trace.ts'
import type { OperateResult } from './operate.ts'
import { type OperateRefusal, refuseOperation } from './refusal.ts'

/**
 * Moves a waiting session to another version of its flow: runs stay on nodes of the same id and type, with their variables.
 * What it waits for stays as it is, so that answers that are on their way still find it, and deadlines hold.
 */
export function moveSession(program: Program, session: Session, to: Program, now: number): OperateResult {
  if (session.status !== 'waiting') return refuseOperation('operate.notWaiting')
  if (to.flow !== program.flow)
    return refuseOperation('operate.otherFlow', { flow: program.flow, other: to.flow })
  for (const frame of session.frames) {
    const refused = obstacleOf(frame, session, program, to)
    if (refused !== undefined) return refused
  }
  const { exception: _exception, ...rest } = session
  const moved: Session = {
    ...rest,
    pins: to.pins,
    ...(to.exception === undefined ? {} : { exception: to.exception }),
  }
  return {
    ok: true,
    run: { session: moved, effects: [], trace: new Trace(session.id, [], now, to, to.start) },
  }
}

/** Why a run cannot go on in another version. */
function obstacleOf(frame: Frame, session: Session, from: Program, to: Program): OperateRefusal | undefined {
  // A version that was chosen on the way stays.
  if (frame.hash !== undefined) return undefined
  const before = from.programs.get(session.pins[frame.flow] ?? '')?.nodesById.get(frame.node)
  const target = to.programs.get(to.pins[frame.flow] ?? '')
  const node = target?.nodesById.get(frame.node)
  const type = before === undefined ? '' : pinOf(before.runtime)
  if (target === undefined || node === undefined || pinOf(node.runtime) !== type)
    return refuseOperation('operate.node', { node: frame.node, type })
  const variable = Object.keys(frame.vars).find(
    (name) => target.variables.get(name)?.(frame.vars[name]) !== true,
  )
  return variable === undefined ? undefined : refuseOperation('operate.heldVariable', { variable })
}
