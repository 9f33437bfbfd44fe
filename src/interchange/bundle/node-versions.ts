import parse from 'semver/functions/parse.js'
import satisfies from 'semver/functions/satisfies.js'
import validRange from 'semver/ranges/valid.js'
import { SluiceError } from '../../base/sluice-error.ts'
import { type NodeType, pinOf } from '../../nodes/node-type.ts'

/** The version of a node type. Throws `node.version` for one that is no version, or none of its major. */
export function versionOf({ version, runtime }: Pick<NodeType, 'version' | 'runtime'>): string {
  const parsed = parse(version ?? `${runtime.major}.0.0`)
  if (parsed !== null && parsed.major === runtime.major) return parsed.version
  throw new SluiceError({
    code: 'node.version',
    problem: `The node type ${pinOf(runtime)} has the version ${version}, which is no version of its major`,
    next: `Give it one in semver form, such as ${runtime.major}.1.0`,
  })
}

/** The versions that will do where a flow was made with this one: it, and later ones of its major. */
export function rangeOf(type: Pick<NodeType, 'version' | 'runtime'>): string {
  return `^${versionOf(type)}`
}

/** True where the version of a node type lies in a range; `includePrerelease` so that hosts can try their own out. */
export function meetsRange(type: Pick<NodeType, 'version' | 'runtime'>, range: string): boolean {
  return satisfies(versionOf(type), range, { includePrerelease: true })
}

export function isRange(range: string): boolean {
  return validRange(range) !== null
}
