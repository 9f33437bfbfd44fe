import { isKey } from '../../../base/json.ts'
import type { Variable } from '../../../document/flow-document.ts'
import { RESERVED_NAMES } from '../../../expressions/scope.ts'
import type { LossEntry } from '../../importer.ts'

/** The names of a flow on their way in: those that are no keys here are changed, and what is read is declared. */
export interface Names {
  /** The node that stands for a widget. */
  nodeOf(widget: string): string | undefined
  /** The node that holds what came of a widget: that one, unless `answerApart` has made another. */
  outputOf(widget: string): string | undefined
  /** Gives a widget a second node, which holds what came of it. */
  answerApart(widget: string): void
  /** The type of a widget, as Studio calls it now. */
  typeOf(widget: string): string | undefined
  /** True for a widget that the host translates: its outputs keep their names. */
  isTranslated(widget: string): boolean
  /** A node id that nothing has yet, as near to the wish as can be. */
  freshNode(wish: string): string
  /** The variable that stands for `flow.variables.<name>`; declared from then on. */
  variable(name: string, traits?: VariableTraits): string
  /** A variable that keeps what Studio keeps of a widget under a key, and no node here does; declared from then on. */
  derived(widget: string, key: string): string
  /** The keys that were asked for of a widget, each with its variable. */
  derivedOf(widget: string): ReadonlyMap<string, string>
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

/**
 * Gives every widget an id, and keeps account of variables and data. Renamed ones are reported once. `translated` are the
 * types of widgets that the host translates.
 */
export function createNames(
  widgets: readonly { readonly name: string; readonly type: string }[],
  loss: LossEntry[],
  translated: ReadonlySet<string> = new Set(),
): Names {
  const ids = new Set<string>()
  const nodes = new Map<string, { readonly id: string; readonly type: string }>()
  const variables = new Map<string, string>()
  const traits = new Map<string, { any: boolean; input: boolean }>()
  const data = new Map<string, string>()
  const derived = new Map<string, Map<string, string>>()
  const answers = new Map<string, string>()
  const report = (kind: string, from: string, to: string) => {
    if (from !== to)
      loss.push({
        severity: 'info',
        code: 'import.renamed',
        where: from,
        message: `The ${kind} ${from} is called ${to} here`,
      })
    return to
  }
  const freshNode = (wish: string) => {
    const id = unique(toKey(wish), ids)
    ids.add(id)
    return id
  }
  const declare = (known: Map<string, string>, name: string, refused: ReadonlySet<string>) => {
    const key = unique(toKey(name), new Set([...known.values(), ...refused]))
    known.set(name, key)
    return key
  }
  const variable = (name: string, { any = false, input = false }: VariableTraits = {}) => {
    const key = variables.get(name) ?? report('variable', name, declare(variables, name, RESERVED_NAMES))
    const known = traits.get(key)
    traits.set(key, { any: any || known?.any === true, input: input || known?.input === true })
    return key
  }
  for (const { name, type } of widgets)
    if (!nodes.has(name)) nodes.set(name, { id: report('widget', name, freshNode(name)), type })
  return {
    nodeOf: (widget) => nodes.get(widget)?.id,
    outputOf: (widget) => answers.get(widget) ?? nodes.get(widget)?.id,
    answerApart(widget) {
      answers.set(widget, freshNode(`${widget}_reply`))
    },
    typeOf: (widget) => nodes.get(widget)?.type,
    isTranslated: (widget) => translated.has(nodes.get(widget)?.type ?? ''),
    freshNode,
    variable,
    derived(widget, key) {
      const keys = derived.get(widget) ?? new Map<string, string>()
      derived.set(widget, keys)
      // No name of Studio holds a line break, so that nothing meets it there.
      const name =
        keys.get(key) ??
        declare(variables, `${widget}_${key}`, new Set([...RESERVED_NAMES, ...variables.values()]))
      keys.set(key, name)
      traits.set(name, { any: true, input: false })
      return name
    },
    derivedOf: (widget) => derived.get(widget) ?? new Map(),
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

function unique(wish: string, taken: ReadonlySet<string>): string {
  let name = wish
  for (let n = 2; taken.has(name); n++) name = `${wish.slice(0, 56)}_${n}`
  return name
}
