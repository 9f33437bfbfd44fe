import { type Json, type JsonObject, valueAt } from '../../base/json.ts'
import type { FlowNode } from '../../document/flow-document.ts'
import type { EditCommand, SetActionsCommand } from '../../editing/command.ts'
import type { ExpressionFault } from '../../expressions/types.ts'
import { isSource } from '../../nodes/prompt.ts'
import type { OwnFacts } from '../node-facts.ts'
import type { CheckedSource } from '../source-reader.ts'
import { breaksNothing } from './breaks-nothing.ts'
import { configure, fixOf, type WithFix } from './fix.ts'
import { mendsOf } from './mend-text.ts'
import { withValue } from './with-value.ts'

/** Corrects one fault of a source of a node, where its language finds nothing else wrong with it then. */
export function fixInNode(source: CheckedSource, fault: ExpressionFault, facts: OwnFacts): WithFix {
  return fixSource(source, fault, facts.node as unknown as JsonObject, (value) =>
    writeInNode(source, value, facts),
  )
}

/** The same for a source of the flow settings. */
export function fixSource(
  source: CheckedSource,
  fault: ExpressionFault,
  root: JsonObject,
  write: (value: Json) => EditCommand | undefined,
): WithFix {
  const value = valueAt(root, source.path)
  if (value === undefined || !isSource(value)) return {}
  const before = typeof value === 'string' ? value : value.source
  for (const { text, title } of mendsOf(before, fault)) {
    if (!isMended(source, fault, text)) continue
    const command = write(typeof value === 'string' ? text : { language: value.language, source: text })
    if (command !== undefined) return fixOf(title, command)
  }
  return {}
}

/** True where the fault has gone and no other has come; where they stand may have moved. */
function isMended({ faults, recheck }: CheckedSource, fault: ExpressionFault, text: string): boolean {
  const left = faults.filter((each) => each !== fault).map(keyOf)
  return (recheck?.(text) ?? faults).every((each) => {
    const at = left.indexOf(keyOf(each))
    if (at >= 0) left.splice(at, 1)
    return at >= 0
  })
}

function keyOf({ code, details }: ExpressionFault): string {
  return JSON.stringify([code, details])
}

function writeInNode({ path }: CheckedSource, value: Json, facts: OwnFacts): EditCommand | undefined {
  const { node } = facts
  if (path[0] !== 'config') return setActionAt(node, path, value)
  const config = withValue(node.config, path.slice(1), value)
  return breaksNothing(facts, config, { source: path }) ? configure(node.id, path, value) : undefined
}

/** Sets or takes away what stands at a path of the actions of a node; an outcome left without any goes as well. */
export function setActionAt(
  { id, onEnter = [], onLeave = {} }: FlowNode,
  [list, ...path]: CheckedSource['path'],
  value?: Json,
): EditCommand {
  if (list === 'onEnter') {
    const changed: unknown = withValue(onEnter as unknown as Json, path, value)
    return { type: 'setActions', node: id, onEnter: changed as NonNullable<SetActionsCommand['onEnter']> }
  }
  const [outcome] = path
  const changed = withValue(onLeave as unknown as JsonObject, path, value)
  const left = changed[outcome!]
  const kept: unknown =
    Array.isArray(left) && left.length === 0 ? withValue(changed, [outcome!], undefined) : changed
  return { type: 'setActions', node: id, onLeave: kept as NonNullable<SetActionsCommand['onLeave']> }
}
