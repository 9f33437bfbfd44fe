import type { Completion } from '../assist.ts'
import { type FunctionSignature, findSignature, SIGNATURES } from '../signatures.ts'
import type { ValueType } from '../types.ts'
import { accepts, isListType, isObjectType, typeWord } from '../value-types.ts'

/** What help says of a function. */
export interface FunctionHelp {
  readonly name: string
  /** How it is called: of a method without what stands before the dot. */
  readonly detail: string
  readonly doc: string
  /** What it gives, in words, where that is the same for all arguments. */
  readonly type?: string
  /** True where the brackets may stay empty. */
  readonly bare: boolean
}

const TEST = { bare: false, type: typeWord('boolean') }
const LIST = { bare: false, type: 'list' }

const MACRO_HELP: readonly FunctionHelp[] = [
  { name: 'all', detail: 'all(x, test)', doc: 'True where the test holds for every entry.', ...TEST },
  {
    name: 'exists',
    detail: 'exists(x, test)',
    doc: 'True where the test holds for one entry or more.',
    ...TEST,
  },
  { name: 'exists_one', detail: 'exists_one(x, test)', doc: 'True where it holds for exactly one.', ...TEST },
  { name: 'filter', detail: 'filter(x, test)', doc: 'The entries for which the test holds.', ...LIST },
  { name: 'map', detail: 'map(x, value)', doc: 'The value for every entry.', ...LIST },
]

const HAS: FunctionHelp = {
  name: 'has',
  detail: 'has(x.name)',
  doc: 'True where the member is there and not null.',
  ...TEST,
}

/** Functions that are called by name, `has` among them. */
export function plainFunctions(): FunctionHelp[] {
  return [...SIGNATURES.filter(({ form }) => form !== 'method').map((found) => helpOf(found, 0)), HAS]
}

/** Functions that may stand after a dot behind a value of a type, macros among them. */
export function methodsOf(type: ValueType): FunctionHelp[] {
  if (type === 'null') return []
  const fits = ({ form, parameters }: FunctionSignature) =>
    form !== 'function' && parameters[0]!.types.some((wanted) => accepts(wanted, type))
  const methods = SIGNATURES.filter(fits).map((found) => helpOf(found, 1, type))
  return type === 'any' || isListType(type) || isObjectType(type) ? [...methods, ...MACRO_HELP] : methods
}

/** Help for a name that is called, after a dot or not; nothing where it is not called that way. */
export function helpFor(name: string, isMethod: boolean): FunctionHelp | undefined {
  if (!isMethod && name === 'has') return HAS
  const macro = isMethod ? MACRO_HELP.find((help) => help.name === name) : undefined
  const found = findSignature(name)
  if (macro !== undefined || found === undefined) return macro
  return found.form === (isMethod ? 'function' : 'method') ? undefined : helpOf(found, isMethod ? 1 : 0)
}

function helpOf(
  { name, parameters, result, doc }: FunctionSignature,
  from: number,
  receiver?: ValueType,
): FunctionHelp {
  const words = parameters.slice(from)
  let text = ''
  for (const [i, { name: word, optional, rest }] of words.entries()) {
    text += `${optional ? '[' : ''}${i > 0 ? ', ' : ''}${word}${rest ? '…' : ''}`
  }
  const detail = `${name}(${text}${']'.repeat(words.filter(({ optional }) => optional).length)})`
  const type = typeof result !== 'function' ? result : receiver === undefined ? undefined : result([receiver])
  return {
    name,
    detail,
    doc,
    bare: words.length === 0,
    ...(type === undefined ? {} : { type: typeWord(type) }),
  }
}

/** A function on offer. Its call is opened, unless the brackets are there already. */
export function offer(help: FunctionHelp, kind: 'function' | 'method', isCalled: boolean): Completion {
  const { name, detail, doc, type, bare } = help
  const insert = isCalled ? name : bare ? `${name}()` : `${name}(`
  return { label: name, kind, ...(type === undefined ? {} : { type }), detail, doc, insert }
}
