import { equalJson, type Json, type JsonObject } from '../../base/json.ts'
import type { FlowNode } from '../../document/flow-document.ts'
import type { Clash, Take, Three } from './merge.ts'
import { known, type MergeContext, mergeAtom, mergeValue, mergeWhole, settle } from './merge-values.ts'

type Nodes = Three<ReadonlyMap<string, FlowNode>>

/**
 * Merges nodes by id. What one side has removed is gone: where the other needs it, it has been put back before.
 */
export function mergeNodes({ base, a, b }: Nodes, clashes: Clash[]): FlowNode[] {
  const merged: FlowNode[] = []
  for (const id of new Set([...base.keys(), ...a.keys(), ...b.keys()])) {
    const three = { base: base.get(id), a: a.get(id), b: b.get(id) }
    const node = mergeNode(three, { take: 'safe', clashes })
    if (node !== undefined) merged.push(node)
  }
  return merged
}

function mergeNode(three: Three<FlowNode | undefined>, context: MergeContext): FlowNode | undefined {
  const settled = settle(three as Three<Json | undefined>)
  if (settled !== undefined) return settled.value as FlowNode | undefined
  const { base, a, b } = three
  if (a === undefined || b === undefined) return undefined
  const types = new Set([a.type, b.type, base?.type ?? a.type])
  if (types.size === 1) return mergeMembers({ base, a, b }, context)
  return mergeOtherType({ base, a, b }, context)
}

type Present = { readonly base: FlowNode | undefined; readonly a: FlowNode; readonly b: FlowNode }

function mergeMembers({ base, a, b }: Present, context: MergeContext): FlowNode {
  const path = ['nodes', a.id]
  const merge = placeMerger({ base, a, b }, path, context)
  const config = mergeValue(
    { base: base?.config ?? {}, a: a.config, b: b.config },
    [...path, 'config'],
    context,
  )
  return {
    id: a.id,
    type: a.type,
    config: config as JsonObject,
    ...merge.atom('label'),
    ...merge.atom('position'),
    ...merge.atom('onEnter'),
    ...merge.whole('onLeave'),
    ...merge.whole('meta'),
  } as FlowNode
}

/** What a node of another type does says nothing about this one: type, config and actions belong together. */
function mergeOtherType({ base, a, b }: Present, context: MergeContext): FlowNode {
  const path = ['nodes', a.id]
  const mergeTaking = (take: Take, clashes: Clash[]) => {
    const doing = mergeAtom(
      { base: base && doingOf(base), a: doingOf(a), b: doingOf(b) } as Three<Json | undefined>,
      path,
      { take, clashes },
    )
    const merge = placeMerger({ base, a, b }, path, { take, clashes })
    return {
      id: a.id,
      ...(doing as object),
      ...merge.atom('label'),
      ...merge.atom('position'),
      ...merge.whole('meta'),
    } as FlowNode
  }
  const clashes: Clash[] = []
  const merged = mergeTaking(context.take, clashes)
  const clash = clashes.find((each) => equalJson([...each.path], path))
  if (clash === undefined) {
    context.clashes.push(...clashes)
    return merged
  }
  const taking = (take: Take) => mergeTaking(take, []) as unknown as Json
  const values = known({ base: base && taking('base'), a: taking('a'), b: taking('b') })
  context.clashes.push({ kind: clash.kind, path, ...values })
  return merged
}

function doingOf({ type, config, onEnter, onLeave }: FlowNode): object {
  return {
    type,
    config,
    ...(onEnter === undefined ? {} : { onEnter }),
    ...(onLeave === undefined ? {} : { onLeave }),
  }
}

/** Merges members of things, each into an object that holds it or nothing. */
export function placeMerger<Item extends object>(
  three: { readonly base: Item | undefined; readonly a: Item; readonly b: Item },
  path: readonly string[],
  context: MergeContext,
) {
  const at = (name: keyof Item & string) =>
    ({
      base: three.base?.[name],
      a: three.a[name],
      b: three.b[name],
    }) as Three<Json | undefined>
  const member = (name: string, value: Json | undefined) => (value === undefined ? {} : { [name]: value })
  return {
    atom: (name: keyof Item & string) => member(name, mergeAtom(at(name), [...path, name], context)),
    whole: (name: keyof Item & string) =>
      member(
        name,
        mergeWhole([...path, name], context, (inner) => mergeValue(at(name), [...path, name], inner)),
      ),
  }
}
