import { nearest } from '../base/nearest.ts'
import { SluiceError } from '../base/sluice-error.ts'
import type { NodeRuntime } from './node-runtime.ts'
import { type NodeType, pinOf } from './node-type.ts'

/** Something that has node types to offer: a list of them, or a registry. */
// biome-ignore lint/suspicious/noExplicitAny: node types of every config stand side by side
export type NodeTypes = Iterable<NodeType<any>>

/** Node types by pin. One registry can hold several majors of a type. */
export interface NodeRegistry extends Iterable<NodeType> {
  get(pin: string): NodeType | undefined
  /** The pin that a misspelt one most likely meant. */
  suggest(pin: string): string | undefined
}

/** Collects node types. Throws `registry.repeated` where two share type and major. */
export function createRegistry(types: NodeTypes): NodeRegistry {
  const byPin = new Map<string, NodeType>()
  for (const type of types) {
    const pin = pinOf(type.runtime)
    if (byPin.has(pin)) {
      throw new SluiceError({
        code: 'registry.repeated',
        problem: `Two node types are called ${pin}`,
        next: 'Give one of them another type or the next major',
      })
    }
    byPin.set(pin, type)
  }
  return {
    get: (pin) => byPin.get(pin),
    suggest: (pin) => nearest(pin, byPin.keys()),
    [Symbol.iterator]: () => byPin.values(),
  }
}

/** The running halves by pin, from whole node types or from running halves alone. */
export function runtimesByPin(
  // biome-ignore lint/suspicious/noExplicitAny: node types of every config stand side by side
  types: Iterable<NodeRuntime | NodeType<any>>,
): ReadonlyMap<string, NodeRuntime> {
  const byPin = new Map<string, NodeRuntime>()
  for (const each of types) {
    const runtime = 'runtime' in each ? each.runtime : each
    byPin.set(pinOf(runtime), runtime)
  }
  return byPin
}
