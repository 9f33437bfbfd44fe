import { equalJson, type Json } from '../base/json.ts'
import type { DataField, Variable } from '../document/flow-document.ts'
import type { Draft } from '../editing/draft.ts'
import { triggerData } from './flow-scope.ts'
import type { NodeFacts } from './node-facts.ts'

/** Names that expressions may use otherwise than before: roots, and members of roots as in `vars.retries`. */
export interface ScopeChange {
  readonly roots: ReadonlySet<string>
  readonly members: ReadonlySet<string>
}

/** What an edit has changed of the names; `undefined` for nothing. */
export function scopeChange(
  before: Draft,
  after: Draft,
  nodes: ReadonlySet<string>,
  declarations: boolean,
): ScopeChange | undefined {
  const roots = new Set<string>()
  const members = new Set<string>()
  const note = (root: string, names: Iterable<string>) => {
    for (const name of names) {
      roots.add(root)
      members.add(`${root}.${name}`)
    }
  }
  if (declarations) {
    const declared = [
      ['vars', before.settings.variables ?? [], after.settings.variables ?? []],
      ['contact', before.settings.contact ?? [], after.settings.contact ?? []],
    ] as const
    for (const [root, old, fresh] of declared) {
      note(root, differing(old, fresh))
      // Of two names that could be meant, the one that is declared first is suggested.
      if (!equalJson(namesOf(old), namesOf(fresh))) roots.add(root)
    }
  }
  const starts = new Set([...before.parts.starts, ...after.parts.starts])
  if (declarations || [...nodes].some((id) => starts.has(id))) {
    if (!equalJson(dataOf(before), dataOf(after))) note('trigger', ['data'])
  }
  note(
    'nodes',
    [...nodes].filter((id) => !equalJson(outputsOf(before, id), outputsOf(after, id))),
  )
  return roots.size === 0 ? undefined : { roots, members }
}

/** True where a node gives a value to something of which the type has changed. */
export function givesTo({ node, type, namings }: NodeFacts, { roots, members }: ScopeChange): boolean {
  if (roots.has('vars')) {
    if (namings.some(({ of, name }) => of === 'variable' && members.has(`vars.${name}`))) return true
    if (node.onEnter !== undefined || node.onLeave !== undefined) return true
  }
  return roots.has('contact') && Object.values(type?.fields ?? {}).some((field) => field.kind === 'record')
}

function differing(
  before: readonly (DataField | Variable)[],
  after: readonly (DataField | Variable)[],
): readonly string[] {
  const [old, fresh] = [lastByName(before), lastByName(after)]
  return [...new Set([...old.keys(), ...fresh.keys()])].filter((name) => {
    const [a, b] = [old.get(name), fresh.get(name)]
    return a?.type !== b?.type || isSecret(before, name) !== isSecret(after, name)
  })
}

/** Each once, in the order in which they are declared. */
function namesOf(fields: readonly (DataField | Variable)[]): readonly string[] {
  return [...lastByName(fields).keys()]
}

/** A name that is declared twice has the type of the last, and is sensitive where either is. */
function lastByName(fields: readonly (DataField | Variable)[]): ReadonlyMap<string, DataField | Variable> {
  return new Map(fields.map((field) => [field.name, field]))
}

function isSecret(fields: readonly (DataField | Variable)[], name: string): boolean {
  return fields.some((field) => field.name === name && field.sensitive === true)
}

/** The data that comes with the trigger, as the start node declares it. */
function dataOf(draft: Draft): Json {
  const [start] = draft.parts.starts
  const data = triggerData(draft.parts.flow, start === undefined ? undefined : draft.node(start))
  return data as unknown as Json
}

/** What expressions may read of a node, and what decides how sensitive that is. */
function outputsOf(draft: Draft, id: string): Json {
  const node = draft.node(id)
  const type = node === undefined ? undefined : draft.context.registry.get(node.type)
  const outputs = type?.outputs?.(node!.config)
  if (outputs === undefined) return null
  return [outputs as unknown as Json, type!.outputsFollowVariables === true ? node!.config : null]
}
