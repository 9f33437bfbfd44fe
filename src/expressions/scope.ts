import { MACROS } from './signatures.ts'
import type { Environment, ObjectType, Scope, ScopeEntry, ValueType } from './types.ts'
import { ANY_OBJECT } from './value-types.ts'

const ROOTS = [
  'vars',
  'contact',
  'trigger',
  'nodes',
  'session',
  'now',
] as const satisfies (keyof Environment)[]

const CEL_WORDS = [
  'true',
  'false',
  'null',
  'in',
  'as',
  'break',
  'const',
  'continue',
  'else',
  'for',
  'function',
  'if',
  'import',
  'let',
  'loop',
  'namespace',
  'package',
  'return',
  'var',
  'void',
  'while',
  'prototype',
]

/** Names that no variable of a flow may have: roots, words of the language, macros, names kept for later. */
export const RESERVED_NAMES: ReadonlySet<string> = new Set([
  ...ROOTS,
  ...CEL_WORDS,
  ...MACROS,
  'event',
  'env',
  'flow',
  'secrets',
  'item',
])

/** What a flow declares to be readable; a root that is left out is open, its members are not checked. */
export interface ScopeDeclarations {
  /** The variables of the flow; each is also a bare name. None where left out. */
  readonly vars?: { readonly [name: string]: ValueType }
  readonly contact?: ObjectType
  readonly trigger?: ObjectType
  /** Outputs by node id. */
  readonly nodes?: ObjectType
  readonly session?: ObjectType
  /** Paths from a root whose values must not be logged, such as `['contact', 'pin']`. */
  readonly sensitive?: readonly (readonly string[])[]
}

/**
 * The names that the expressions of a flow may use.
 *
 * @example
 * createScope({ vars: { retries: 'number' }, contact: { fields: { name: 'text' } }, sensitive: [['contact', 'name']] })
 */
export function createScope(declarations: ScopeDeclarations = {}): Scope {
  const { vars = {}, contact = ANY_OBJECT, trigger = ANY_OBJECT, nodes = ANY_OBJECT } = declarations
  const { session = ANY_OBJECT, sensitive = [] } = declarations
  const entries = new Map<string, ScopeEntry>()
  for (const [name, type] of Object.entries(vars)) {
    if (!RESERVED_NAMES.has(name)) entries.set(name, { path: ['vars', name], type })
  }
  const roots: Record<keyof Environment, ValueType> = {
    vars: { fields: vars },
    contact,
    trigger,
    nodes,
    session,
    now: 'number',
  }
  for (const root of ROOTS) entries.set(root, { path: [root], type: roots[root] })
  return {
    resolve: (name) => entries.get(name),
    names: () => entries.keys(),
    hasSecrets: sensitive.length > 0,
    isSensitive: (path) => sensitive.some((secret) => overlaps(secret, path)),
  }
}

/** True where one path leads to the other: reading an object reads the secret in it. */
function overlaps(secret: readonly string[], path: readonly string[]): boolean {
  const shared = Math.min(secret.length, path.length)
  for (let i = 0; i < shared; i++) if (secret[i] !== path[i]) return false
  return true
}
