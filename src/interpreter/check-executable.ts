import { isJsonObject, type Json, type JsonObject } from '../base/json.ts'
import { SluiceError } from '../base/sluice-error.ts'
import { EXECUTABLE_FORMAT, type Executable } from './executable.ts'

/**
 * Refuses what is no executable: a store may hand back anything. Checks what running relies on, so that a damaged
 * executable fails here and not in the middle of a session. That the hash is that of the content is for the store
 * to see to.
 */
export function checkExecutable(value: unknown): asserts value is Executable {
  if (!isJsonObject(value) || value.format !== EXECUTABLE_FORMAT) {
    throw new SluiceError({
      code: 'executable.format',
      problem: `This is no executable of format ${EXECUTABLE_FORMAT}`,
      next: 'Pass what prepare returned, or compile the flow document',
    })
  }
  const { hash, flow, start, nodes, variables, reads, sensitive, required, stopWords } = value
  if (typeof hash !== 'string' || typeof flow !== 'string' || !Array.isArray(nodes))
    throw damaged('at its top')
  if (
    ![variables, required, stopWords].every(Array.isArray) ||
    !isJsonObject(reads) ||
    !isJsonObject(sensitive)
  ) {
    throw damaged('at its top')
  }
  if (!isIndex(start, nodes.length)) throw damaged('at start')
  nodes.forEach((node: Json, index) => {
    if (!isJsonObject(node) || !isNode(node, nodes.length)) throw damaged(`at nodes.${index}`)
  })
}

function isNode({ id, type, config, outcomes, targets, links }: JsonObject, count: number): boolean {
  return (
    typeof id === 'string' &&
    typeof type === 'string' &&
    isJsonObject(config) &&
    Array.isArray(outcomes) &&
    Array.isArray(targets) &&
    outcomes.length === targets.length &&
    targets.every((target: Json) => target === -1 || isIndex(target, count)) &&
    (links === undefined || Array.isArray(links))
  )
}

function isIndex(value: Json | undefined, count: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < count
}

/** The error for an executable that is one by its format, and yet not as `prepare` makes them. */
export function damaged(where: string): SluiceError {
  return new SluiceError({
    code: 'executable.shape',
    problem: `The executable is damaged ${where}`,
    next: 'Read it from the store again, or prepare it anew from the document',
  })
}
