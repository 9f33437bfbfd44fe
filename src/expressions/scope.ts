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
    isSensitive: findsSecrets(sensitive),
  }
}

/** Members on the way to secrets, and `true` in the place of what is one. */
type Secrets = Map<string, Secrets | true>

/** Tells whether a path leads to a secret, or a secret to it: reading an object reads the secret in it. */
function findsSecrets(sensitive: readonly (readonly string[])[]): Scope['isSensitive'] {
  if (sensitive.length === 0) return () => false
  const root: Secrets = new Map()
  for (const path of sensitive) enter(path, root)
  return (path) => {
    let secrets = root
    for (const name of path) {
      const within = secrets.get(name)
      if (within === undefined || within === true) return within === true
      secrets = within
    }
    return true
  }
}

function enter(path: readonly string[], root: Secrets): void {
  let secrets = root
  for (const [i, name] of path.entries()) {
    const within = secrets.get(name)
    if (within === true) return
    if (i === path.length - 1) secrets.set(name, true)
    else if (within === undefined) {
      const made: Secrets = new Map()
      secrets.set(name, made)
      secrets = made
    } else secrets = within
  }
}
