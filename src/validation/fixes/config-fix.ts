import { isJsonObject, type Json, type JsonObject, valueAt } from '../../base/json.ts'
import type { ConfigPath } from '../../nodes/visit-config.ts'
import type { NodeFaultFound } from '../config-faults.ts'
import type { NodeFacts } from '../node-facts.ts'
import { breaksNothing } from './breaks-nothing.ts'
import { configure, fixOf, short, type WithFix } from './fix.ts'
import { withValue } from './with-value.ts'

/** Mends a fault of a config where that is a matter of moving, converting or removing one value. */
export function fixConfig(fault: NodeFaultFound, facts: NodeFacts): WithFix {
  if (fault.code === 'config.unknownField') return moveOrRemove(fault, facts)
  return fault.code === 'config.wrongType' ? convert(fault, facts) : {}
}

/** A field that is misspelt keeps its value under the right name; one that nobody knows goes. */
function moveOrRemove({ path, details }: NodeFaultFound, facts: NodeFacts): WithFix {
  const { node } = facts
  const removed = withValue(node.config, inConfig(path), undefined)
  const { field, suggestion } = details
  const beside = valueAt(node as unknown as JsonObject, path.slice(0, -1))
  if (typeof suggestion !== 'string' || !isJsonObject(beside) || Object.hasOwn(beside, suggestion)) {
    return breaksNothing(facts, removed)
      ? fixOf(`Remove ${short(String(field))}`, configure(node.id, path))
      : {}
  }
  const value = beside[String(field)]!
  const right = [...path.slice(0, -1), suggestion]
  const moved = withValue(removed, inConfig(right), value)
  return breaksNothing(facts, moved)
    ? fixOf(
        `Move ${short(String(field))} to ${suggestion}`,
        configure(node.id, path),
        configure(node.id, right, value),
      )
    : {}
}

/** The same value written as another kind, where the field takes that one. */
function convert({ path }: NodeFaultFound, facts: NodeFacts): WithFix {
  const { node } = facts
  const other = otherKind(valueAt(node as unknown as JsonObject, path))
  if (other === undefined) return {}
  return breaksNothing(facts, withValue(node.config, inConfig(path), other))
    ? fixOf(`Make it ${short(JSON.stringify(other))}`, configure(node.id, path, other))
    : {}
}

/** A text that reads as a number, true or false as that, and the other way round. */
export function otherKind(value: Json | undefined): Json | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (typeof value !== 'string') return undefined
  if (value === 'true' || value === 'false') return value === 'true'
  const number = Number(value)
  return Number.isFinite(number) && String(number) === value ? number : undefined
}

function inConfig(path: ConfigPath): ConfigPath {
  return path.slice(1)
}
