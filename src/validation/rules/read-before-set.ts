import type { Json } from '../../base/json.ts'
import type { DataType, FlowSettings } from '../../document/flow-document.ts'
import { type Bits, has, setByOutcome, setOnEntry, union } from '../definite-sets.ts'
import { changeSettings, fixOf, type WithFix } from '../fixes/fix.ts'
import type { NodeFacts } from '../node-facts.ts'
import type { NodeRule } from '../rule.ts'
import type { CheckedSource } from '../source-reader.ts'

/**
 * Warns of a variable that is read where some path has not set it (VAL-10). Variables with a default, those asked
 * at release, and those of subflows, which the caller may give, count as set; reads that have asked whether there
 * is a value are left alone.
 */
export const readBeforeSetRule: NodeRule = {
  name: 'read-before-set',
  scope: 'node',
  reads: ['node', 'sources', 'definite'],
  words: ['settings'],
  check(facts, { definite, settings }, report) {
    const { tracked } = definite
    if (tracked.size === 0 || !definite.reaches(facts.index)) return
    const warned = new Set<string>()
    for (const source of facts.sources) {
      let known: Bits | undefined
      for (const { path, range, guarded } of source.checked?.reads ?? []) {
        const name = path[0] === 'vars' && !guarded ? path[1] : undefined
        const bit = name === undefined ? undefined : tracked.get(name)
        if (bit === undefined) continue
        known ??= knownAt(source, facts, definite.atEntry(facts.index), tracked)
        if (has(known, bit) || warned.has(name!)) continue
        warned.add(name!)
        const location = { node: facts.node.id, path: source.path, range }
        report('variable.readBeforeSet', location, { name: name! }, giveDefault(name!, settings))
      }
    }
  },
}

/** What is set when a source is evaluated: entry actions come before the config, the node's work before leaving. */
function knownAt(
  { path }: CheckedSource,
  facts: NodeFacts,
  atEntry: Bits,
  tracked: ReadonlyMap<string, number>,
): Bits {
  if (path[0] === 'onEnter') return atEntry
  const entered = union(atEntry, setOnEntry(facts, tracked))
  return path[0] === 'onLeave' ? union(entered, setByOutcome(facts, String(path[1]), tracked)) : entered
}

/** What a variable of a type begins with; for dates, and for what may be anything, nobody knows. */
const BEGINNINGS: { readonly [Type in DataType]?: Json } = {
  text: '',
  number: 0,
  boolean: false,
  list: [],
  object: {},
}

function giveDefault(name: string, { variables = [] }: FlowSettings): WithFix {
  const index = variables.findIndex((variable) => variable.name === name)
  const beginning = index < 0 ? undefined : BEGINNINGS[variables[index]!.type]
  const isOnly = variables.findLastIndex((variable) => variable.name === name) === index
  if (beginning === undefined || !isOnly) return {}
  const title = `Give ${name} the default ${JSON.stringify(beginning)}`
  return fixOf(title, changeSettings(['variables', index, 'default'], beginning))
}
