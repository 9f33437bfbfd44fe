import { isJsonObject, isUnsafeKey, type Json } from '../base/json.ts'

/** One step of a path: a member by name, an entry by number, counted from the end where negative, or all of them. */
export type PathStep = string | number | typeof EVERY

/** Stands for `[*]`: every entry of a list, every member of an object. */
const EVERY: unique symbol = Symbol('every')

/** UTF-16 units of a path, and steps in one. */
const MAX_LENGTH = 1_000
const MAX_STEPS = 64

const BLANK = '[ \\t\\n\\r]*'
const NAME = '[A-Za-z_\\u{80}-\\u{10ffff}][\\w\\u{80}-\\u{10ffff}]*'
const INDEX = '-?[1-9]\\d{0,14}|0'
const quotedBy = (mark: string) =>
  `${mark}((?:[^${mark}\\\\\\p{Cc}]|\\\\(?:[bfnrt/\\\\${mark}]|u[\\da-fA-F]{4}))*)${mark}`

/** `.name`, `.*`, `[*]`, `[7]`, `['name']` or `["name"]`, with blanks where RFC 9535 allows them. */
const STEP = new RegExp(
  `${BLANK}(?:\\.(?:(${NAME})|(\\*))|\\[${BLANK}(?:(\\*)|(${INDEX})|${quotedBy("'")}|${quotedBy('"')})${BLANK}\\])`,
  'uy',
)

/**
 * Reads a path into JSON, as RFC 9535 has them: from `$` on members and entries, and `*` for all. `undefined` for
 * anything else: filters, slices and descent at any depth are for expressions. Names that could reach a prototype are
 * refused.
 *
 * @example parseJsonPath("$.orders[-1]['unit price']")
 */
export function parseJsonPath(path: string): readonly PathStep[] | undefined {
  if (path.length > MAX_LENGTH || !path.startsWith('$')) return undefined
  const steps: PathStep[] = []
  for (let at = 1; at < path.length; at = STEP.lastIndex) {
    STEP.lastIndex = at
    const match = STEP.exec(path)
    if (match === null || steps.length === MAX_STEPS) return undefined
    const [, name, dotStar, star, index, single, double] = match
    const step =
      dotStar !== undefined || star !== undefined
        ? EVERY
        : index !== undefined
          ? Number(index)
          : (name ?? withoutEscapes(single ?? double!))
    if (typeof step === 'string' && isUnsafeKey(step)) return undefined
    steps.push(step)
  }
  return steps
}

/**
 * What a path leads to: the one value, or with a `*` in it the list of all; `undefined` where a path without one leads
 * nowhere. Takes time in proportion to the JSON at most.
 */
export function readJsonPath(root: Json, steps: readonly PathStep[]): Json | undefined {
  let found: readonly Json[] = [root]
  for (const step of steps) found = found.flatMap((value) => stepInto(value, step))
  return steps.includes(EVERY) ? found : found[0]
}

function stepInto(value: Json, step: PathStep): readonly Json[] {
  if (Array.isArray(value)) {
    if (step === EVERY) return value
    const entry = typeof step === 'number' ? value.at(step) : undefined
    return entry === undefined ? [] : [entry]
  }
  if (!isJsonObject(value) || typeof step === 'number') return []
  if (step === EVERY) return Object.values(value).filter((member) => member !== undefined)
  const member = Object.hasOwn(value, step) ? value[step] : undefined
  return member === undefined ? [] : [member]
}

const ESCAPES: { readonly [letter: string]: string } = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

function withoutEscapes(text: string): string {
  return text.replace(/\\(?:u([\da-fA-F]{4})|(.))/g, (_, code: string | undefined, letter: string) =>
    code === undefined ? (ESCAPES[letter] ?? letter) : String.fromCharCode(Number.parseInt(code, 16)),
  )
}
