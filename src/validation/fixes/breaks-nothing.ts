import { equalJson, type Json, type JsonObject } from '../../base/json.ts'
import type { ConfigPath } from '../../nodes/visit-config.ts'
import { type OwnFacts, readNode } from '../node-facts.ts'

/** What a change of a config may touch. */
export interface Touches {
  /** The source that is replaced, by its path from the node; that it can be read is for the caller to see to. */
  readonly source?: ConfigPath
  /** True where the node may name other variables and logbooks than before. */
  readonly namings?: boolean
}

/**
 * True where a node with another config is wrong in nothing in which it was right before, and stands in the flow as it
 * did: it has the same outcomes, outputs, flow outcomes and names, and no expression that nobody has read.
 */
export function breaksNothing(before: OwnFacts, config: JsonObject, touches: Touches = {}): boolean {
  const after = readNode({ ...before.node, config }, before.type)
  return (
    STANDING.every((member) => same(before[member], after[member])) &&
    (touches.namings === true || same(before.namings, after.namings)) &&
    addsNone(before.configFaults, after.configFaults) &&
    after.sourceFields.every(
      (field) =>
        before.sourceFields.some(({ path, value }) => same(path, field.path) && same(value, field.value)) ||
        (touches.source !== undefined && leadsTo(['config', ...field.path], touches.source)) ||
        isPlain(field.field.kind, field.value),
    )
  )
}

const STANDING = ['outcomes', 'tags', 'waits', 'bounded', 'ends', 'outputs'] as const

/** True where each fault was there before, as often. */
function addsNone(before: readonly object[], after: readonly object[]): boolean {
  const left = before.map((each) => JSON.stringify(each))
  return after.every((each) => {
    const at = left.indexOf(JSON.stringify(each))
    if (at >= 0) left.splice(at, 1)
    return at >= 0
  })
}

/** A text that every language takes for what it is. */
function isPlain(kind: string, value: Json): boolean {
  return kind !== 'expression' && typeof value === 'string' && !/\{[{%]/.test(value)
}

function leadsTo(path: ConfigPath, source: ConfigPath): boolean {
  return path.every((part, index) => part === source[index])
}

function same(a: unknown, b: unknown): boolean {
  return equalJson(a as Json | undefined, b as Json | undefined)
}
