import { isKey } from '../../../base/json.ts'
import type { Variable } from '../../../document/flow-document.ts'
import { RESERVED_NAMES } from '../../../expressions/scope.ts'
import type { LossEntry } from '../../importer.ts'
import { shown } from './report.ts'

/** The names of a flow on their way in: those that are no keys here are changed, and what is read is declared. */
export interface Names {
  /** The node that stands for a step. */
  nodeOf(step: string): string | undefined
  /** The node that holds what came of a step: that one, unless `answerApart` has made another. */
  outputOf(step: string): string | undefined
  /** Gives a step a second node, which holds what came of it. */
  answerApart(step: string): void
  /** The type of a step, as the format calls it now. */
  typeOf(step: string): string | undefined
  /** True for a step that the host translates: its outputs keep their names. */
  isTranslated(step: string): boolean
  /** A node id that nothing has yet, as near to the wish as can be. */
  freshNode(wish: string): string
  /** The variable that stands for a value that the flow itself keeps under a name; declared from then on. */
  variable(name: string, traits?: VariableTraits): string
  /** A variable that the importer makes for itself, an input unless told otherwise; nothing of the flow has its name. Declared from then on. */
  own(name: string, traits?: VariableTraits): string
  /** A variable that keeps what the other product keeps of a step under a key, and no node here does; declared from then on. */
  derived(step: string, key: string): string
  /** The keys that were asked for of a step, each with its variable. */
  derivedOf(step: string): ReadonlyMap<string, string>
  /** True for a variable of ours that holds other values than texts. */
  holdsAny(variable: string): boolean
  /** The field of the trigger's data that stands for a value from outside; declared from then on. */
  datum(name: string): string
  readonly variables: readonly Variable[]
  readonly data: readonly string[]
}

/** What is known of a variable beyond its name. */
export interface VariableTraits {
  /** True where it holds other values than texts. */
  readonly any?: boolean
  /** True where a flow that calls this one gives it. */
  readonly input?: boolean
}

/** What differs between formats. */
export interface NameOptions {
  /** What the format calls a step. */
  readonly noun: string
  /** Types of steps that the host translates. */
  readonly translated?: ReadonlySet<string>
  /** The id to aim at, where the name of a step tells nobody anything. */
  readonly wish?: (step: { readonly name: string; readonly type: string }) => string
}

/**
 * Gives every step of a foreign flow an id, and keeps account of variables and data. Renamed ones are reported once.
 */
export function createNames(
  steps: readonly { readonly name: string; readonly type: string }[],
  loss: LossEntry[],
  { noun, translated = new Set(), wish = ({ name }) => name }: NameOptions,
): Names {
  const ids = new Set<string>()
  const nodes = new Map<string, { readonly id: string; readonly type: string }>()
  const variables = new Map<string, string>()
  const traits = new Map<string, { any: boolean; input: boolean }>()
  const data = new Map<string, string>()
  const derived = new Map<string, Map<string, string>>()
  const answers = new Map<string, string>()
  const owned = new Map<string, string>()
  const takenBy = new Map<ReadonlyMap<string, string>, Set<string>>()
  const report = (kind: string, from: string, to: string) => {
    if (from !== to)
      loss.push({
        severity: 'info',
        code: 'import.renamed',
        where: from,
        message: `The ${kind} ${shown(from, 80)} is called ${to} here`,
      })
    return to
  }
  const freshNode = (wish: string) => {
    const id = unique(toKey(wish), ids)
    ids.add(id)
    return id
  }
  const declare = (known: Map<string, string>, name: string, refused: ReadonlySet<string>, as = name) => {
    const taken = takenBy.get(known) ?? new Set(known.values())
    takenBy.set(known, taken)
    const key = unique(toKey(name), { has: (each) => taken.has(each) || refused.has(each) })
    taken.add(key)
    known.set(as, key)
    return key
  }
  const variable = (name: string, { any = false, input = false }: VariableTraits = {}) => {
    const key = variables.get(name) ?? report('variable', name, declare(variables, name, RESERVED_NAMES))
    const known = traits.get(key)
    traits.set(key, { any: any || known?.any === true, input: input || known?.input === true })
    return key
  }
  for (const step of steps) {
    const { name, type } = step
    if (!nodes.has(name)) nodes.set(name, { id: report(noun, name, freshNode(wish(step))), type })
  }
  return {
    nodeOf: (step) => nodes.get(step)?.id,
    outputOf: (step) => answers.get(step) ?? nodes.get(step)?.id,
    answerApart(step) {
      answers.set(step, freshNode(`${step}_reply`))
    },
    typeOf: (step) => nodes.get(step)?.type,
    isTranslated: (step) => translated.has(nodes.get(step)?.type ?? ''),
    freshNode,
    variable,
    own(name, { any = false, input = true } = {}) {
      const key = owned.get(name) ?? declare(variables, name, RESERVED_NAMES, `\n${name}`)
      owned.set(name, key)
      const known = traits.get(key)
      traits.set(key, { any: any || known?.any === true, input: input || known?.input === true })
      return key
    },
    derived(step, key) {
      const keys = derived.get(step) ?? new Map<string, string>()
      derived.set(step, keys)
      // Kept apart from the names that the flow itself gives: it may have the same.
      const name =
        keys.get(key) ??
        declare(variables, `${step}_${key}`, new Set([...RESERVED_NAMES, ...variables.values()]))
      keys.set(key, name)
      traits.set(name, { any: true, input: false })
      return name
    },
    derivedOf: (step) => derived.get(step) ?? new Map(),
    holdsAny: (name) => traits.get(name)?.any === true,
    datum: (name) => data.get(name) ?? report('field', name, declare(data, name, new Set())),
    get variables() {
      return [...variables.values()].map((name): Variable => {
        const { any, input } = traits.get(name) ?? { any: false, input: false }
        return {
          name,
          type: any ? 'any' : 'text',
          ...(input ? { input } : {}),
        }
      })
    },
    get data() {
      return [...data.values()]
    },
  }
}

export function toKey(name: string): string {
  const word = name.replace(/\W+/g, '_').slice(0, 60)
  const key = /^[A-Za-z_]/.test(word) ? word : `_${word}`
  return isKey(key) ? key : `${key}_`
}

function unique(wish: string, taken: Pick<ReadonlySet<string>, 'has'>): string {
  let name = wish
  for (let n = 2; taken.has(name); n++) name = `${wish.slice(0, 56)}_${n}`
  return name
}
