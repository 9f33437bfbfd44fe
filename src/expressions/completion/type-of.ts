import { checkPart } from '../check.ts'
import { type CheckContext, type LoopVariable, settle } from '../check-context.ts'
import { entryType, isMacroCall } from '../check-macros.ts'
import { isSyntax, parseSource } from '../parse.ts'
import { MAX_NESTING } from '../scan.ts'
import type { Token } from '../tokens.ts'
import type { Read, Scope, ValueType } from '../types.ts'
import { startOfChain } from './chain.ts'

/** The variable of a macro that has been opened and not closed. */
export interface Loop extends LoopVariable {
  readonly outer: Loop | undefined
  /** True where its values must not be shown. */
  readonly sensitive: boolean
}

/** What is known of a stretch of a source. */
export interface KnownValue {
  readonly type: ValueType
  /** Where it is a constant path from a root. */
  readonly path?: Read['path']
  readonly sensitive: boolean
}

/** Checks the tokens from `first` to `last` for their own sake; nothing where they do not parse or have no type. */
export function typeOf(
  source: string,
  tokens: readonly Token[],
  first: number,
  last: number,
  scope: Scope,
  loop: Loop | undefined,
): KnownValue | undefined {
  const syntax = parseSource(source.slice(tokens[first]!.start, tokens[last]!.end))
  if (!isSyntax(syntax)) return undefined
  const reads: Read[] = []
  const cx: CheckContext = {
    scope,
    regex: undefined,
    offset: 0,
    faults: [],
    reads,
    present: [],
    loop,
    depth: 0,
    checkPart,
  }
  const part = settle(checkPart(syntax, cx), syntax, cx)
  if (cx.faults.length > 0 && part.type === 'any') return undefined
  const secret = new Set<string>()
  for (let each = loop; each !== undefined; each = each.outer) if (each.sensitive) secret.add(each.name)
  const sensitive =
    reads.some(({ path }) => scope.isSensitive(path)) ||
    tokens.slice(first, last + 1).some(({ kind, text }) => kind === 'name' && secret.has(text))
  return { type: part.type, sensitive, ...(part.path === undefined ? {} : { path: part.path }) }
}

/** What the brackets that are open at a token say of it. */
export interface Surroundings {
  /** The innermost variable of a macro. */
  readonly loop: Loop | undefined
  /** True where a macro waits for the name of its variable. */
  readonly isNaming: boolean
}

/** One open bracket; `named` once the variable of its macro and the comma behind have been read. */
interface Frame {
  readonly opening: number
  named: boolean
}

/** Looks at the tokens before `until`. */
export function surroundingsOf(
  source: string,
  tokens: readonly Token[],
  until: number,
  scope: Scope,
): Surroundings {
  const frames: Frame[] = []
  for (let i = 0; i < until; i++) {
    const { kind, text } = tokens[i]!
    if (kind !== 'sign') continue
    const frame = frames.at(-1)
    if ('([{'.includes(text)) frames.push({ opening: i, named: false })
    else if (')]}'.includes(text)) frames.pop()
    else if (text === ',' && frame?.opening === i - 2 && tokens[i - 1]!.kind === 'name') frame.named = true
  }
  const macros = frames.filter(({ opening }) => isMacro(tokens, opening))
  let loop: Loop | undefined
  // Deeper nesting is refused by the check.
  for (const { opening, named } of macros.slice(0, MAX_NESTING)) {
    if (!named) continue
    const first = startOfChain(tokens, opening - 3)
    const range = first === undefined ? undefined : typeOf(source, tokens, first, opening - 3, scope, loop)
    loop = {
      name: tokens[opening + 1]!.text,
      slot: loop === undefined ? 0 : loop.slot + 1,
      type: (range === undefined ? undefined : entryType(range.type)) ?? 'any',
      outer: loop,
      sensitive: range?.sensitive ?? false,
    }
  }
  const last = frames.at(-1)
  const isNaming = last !== undefined && last.opening === until - 1 && isMacro(tokens, last.opening)
  return { loop, isNaming }
}

function isMacro(tokens: readonly Token[], opening: number): boolean {
  return (
    tokens[opening]!.text === '(' &&
    isMacroCall(tokens[opening - 1]?.text ?? '') &&
    tokens[opening - 2]?.text === '.'
  )
}
