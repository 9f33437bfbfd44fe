import { isJsonObject, type Json, valueAt } from '../base/json.ts'
import type { Draft } from '../editing/draft.ts'
import type { SourceKind } from '../expressions/types.ts'
import type { Field, Fields } from '../nodes/fields.ts'
import type { NodeType } from '../nodes/node-type.ts'
import { PROMPT_PARTS } from '../nodes/prompt.ts'

type Path = readonly (string | number)[]

/** A place in a flow that can hold an expression or a text, written as in diagnostics and in the pane's `focus`. */
export interface FieldPlace {
  readonly node?: string
  /** From the node, as in `['config', 'prompt']`, or without a node from the document: `['settings', …]`. */
  readonly path: Path
  /** Which language is being typed, where that is not the one that stands there. */
  readonly language?: string
}

/** What is written at a place. */
export interface FieldFacts {
  readonly kind: SourceKind
  /** Id of its language, such as `cel`. */
  readonly language: string
}

/** What is written at a place of a draft; `undefined` where it holds neither an expression nor a template. */
export function factsAt(draft: Draft, place: FieldPlace): FieldFacts | undefined {
  const { node: id, path } = place
  const node = id === undefined ? undefined : draft.node(id)
  if (id !== undefined && node === undefined) return undefined
  const kind = node === undefined ? kindInFlow(path) : kindInNode(draft.context.registry.get(node.type), path)
  if (kind === undefined) return undefined
  const root = (node ?? { settings: draft.settings }) as unknown as Json
  return { kind, language: place.language ?? languageAt(root, path) }
}

/** A source of another language than CEL stands there as `{ language, source }`; the path may lead on to its text. */
function languageAt(root: Json, path: Path): string {
  for (const at of [path, path.slice(0, -1)]) {
    const value = valueAt(root, at)
    if (isJsonObject(value) && typeof value.language === 'string' && typeof value.source === 'string') {
      return value.language
    }
  }
  return 'cel'
}

function kindInFlow(path: Path): SourceKind | undefined {
  return isPath(path, ['settings', 'duplicates', 'identifier']) ? 'expression' : undefined
}

function kindInNode(type: NodeType | undefined, path: Path): SourceKind | undefined {
  const [part, ...rest] = path
  if (part === 'config') return type === undefined ? undefined : kindInFields(type.fields, rest)
  if (part === 'onEnter') return kindInActions(rest)
  return part === 'onLeave' ? kindInActions(rest.slice(1)) : undefined
}

/** `[0, 'to']` of what sets a variable, `[0, 'fields', name]` of what writes to a logbook. */
function kindInActions([index, member, ...rest]: Path): SourceKind | undefined {
  if (typeof index !== 'number') return undefined
  if (member === 'to') return isEndOfSource(rest) ? 'expression' : undefined
  return member === 'fields' && rest.length > 0 && isEndOfSource(rest.slice(1)) ? 'expression' : undefined
}

function kindInFields(fields: Fields, [name, ...rest]: Path): SourceKind | undefined {
  return typeof name === 'string' && Object.hasOwn(fields, name)
    ? kindInField(fields[name]!, rest)
    : undefined
}

function kindInField(field: Field, path: Path): SourceKind | undefined {
  switch (field.kind) {
    case 'expression':
    case 'template':
      return isEndOfSource(path) ? field.kind : undefined
    case 'prompt':
      return isTemplateOfPrompt(path) ? 'template' : undefined
    case 'list':
    case 'record':
      return path.length === 0 ? undefined : kindInField(field.of, path.slice(1))
    case 'object':
      return kindInFields(field.fields, path)
    default:
      return undefined
  }
}

/** `[]`, `['speech']`, `['text', 'texts', 'de']`: where a prompt, its parts and their languages stand. */
function isTemplateOfPrompt([part, ...rest]: Path): boolean {
  if (part === undefined || part === 'source') return rest.length === 0
  if (!(PROMPT_PARTS as readonly (string | number)[]).includes(part)) return false
  return rest[0] === 'texts' ? rest.length > 1 && isEndOfSource(rest.slice(2)) : isEndOfSource(rest)
}

/** The source itself, or its text in `{ language, source }`. */
function isEndOfSource(path: Path): boolean {
  return path.length === 0 || isPath(path, ['source'])
}

function isPath(path: Path, expected: Path): boolean {
  return path.length === expected.length && path.every((part, i) => part === expected[i])
}
