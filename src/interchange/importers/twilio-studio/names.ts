import { isKey } from '../../../base/json.ts'
import { RESERVED_NAMES } from '../../../expressions/scope.ts'
import type { LossEntry } from '../../importer.ts'

/** The names of a flow on their way in: those that are no keys here are changed, and what is read is declared. */
export interface Names {
  /** The node that stands for a widget. */
  nodeOf(widget: string): string | undefined
  /** A node id that nothing has yet, as near to the wish as can be. */
  freshNode(wish: string): string
  /** The variable that stands for `flow.variables.<name>`; declared from then on. */
  variable(name: string): string
  /** The field of the trigger's data that stands for a value from outside; declared from then on. */
  datum(name: string): string
  readonly variables: readonly string[]
  readonly data: readonly string[]
}

/** Gives every widget an id, and keeps account of variables and data. Renamed ones are reported once. */
export function createNames(widgets: readonly string[], loss: LossEntry[]): Names {
  const ids = new Set<string>()
  const nodes = new Map<string, string>()
  const variables = new Map<string, string>()
  const data = new Map<string, string>()
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
  const declare = (kind: string, known: Map<string, string>, name: string, refused: ReadonlySet<string>) => {
    const before = known.get(name)
    if (before !== undefined) return before
    const key = unique(toKey(name), new Set([...known.values(), ...refused]))
    known.set(name, key)
    return report(kind, name, key)
  }
  for (const widget of widgets)
    if (!nodes.has(widget)) nodes.set(widget, report('widget', widget, freshNode(widget)))
  return {
    nodeOf: (widget) => nodes.get(widget),
    freshNode,
    variable: (name) => declare('variable', variables, name, RESERVED_NAMES),
    datum: (name) => declare('field', data, name, new Set()),
    get variables() {
      return [...variables.values()]
    },
    get data() {
      return [...data.values()]
    },
  }
}

function toKey(name: string): string {
  const word = name.replace(/\W+/g, '_').slice(0, 60)
  const key = /^[A-Za-z_]/.test(word) ? word : `_${word}`
  return isKey(key) ? key : `${key}_`
}

function unique(wish: string, taken: ReadonlySet<string>): string {
  let name = wish
  for (let n = 2; taken.has(name); n++) name = `${wish.slice(0, 56)}_${n}`
  return name
}
