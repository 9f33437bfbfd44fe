import { RESERVED_NAMES } from '../../expressions/scope.ts'
import type { Renaming } from '../../expressions/types.ts'

/** Words that stand for values and operators, so that no name can be read bare. */
const WORDS: ReadonlySet<string> = new Set([
  'and',
  'blank',
  'contains',
  'empty',
  'false',
  'in',
  'nil',
  'not',
  'null',
  'or',
  'true',
])

/** True for a name that may stand for itself, without `vars.` before it. */
export function isBare(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name) && !WORDS.has(name) && !RESERVED_NAMES.has(name)
}

/** The new name of a variable that is read by its bare name; `undefined` where it keeps its own. */
export function renamedVariable(name: string, { variables }: Renaming): string | undefined {
  return RESERVED_NAMES.has(name) ? undefined : variables?.get(name)
}

/** The new name of a member of a root. */
export function renamedMember(root: string, name: string, names: Renaming): string | undefined {
  return root === 'vars' ? names.variables?.get(name) : root === 'nodes' ? names.nodes?.get(name) : undefined
}

/** A variable as a member of `vars`. */
export function asMember(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? `vars.${name}` : `vars[${quote(name)}]`
}

/** Liquid knows no escapes. */
export function quote(name: string): string {
  return name.includes('"') ? `'${name}'` : `"${name}"`
}
