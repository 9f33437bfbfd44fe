import {
  Expression,
  type PropertyAccessToken,
  type RangeToken,
  type Template,
  type Token,
  TokenKind,
  TypeGuards,
  toValueSync,
  Value,
} from 'liquidjs'
import { textCost } from '../../expressions/meter.ts'
import { RANGE } from './filters.ts'
import { meterOf } from './meter.ts'

/** One member of a path: its name or position, or nothing where only rendering tells. */
export interface Member {
  readonly key: string | number | undefined
  readonly token: Token
}

/** A place where a template reads a name that no `for` around it has made. */
export interface Reference {
  readonly name: string
  readonly members: readonly Member[]
  readonly token: Token
  /** Where the name alone stands. */
  readonly root: Token
  /** Names that `for` tags around it have made. */
  readonly bound: readonly string[]
}

/** A tag that makes a name of its own. */
export interface Definition {
  readonly name: string
  readonly tag: string
  readonly begin: number
  readonly end: number
  /** From where on the name has its value: behind the tag, and for `capture` behind what it holds. */
  readonly from: number
  /** True where it stands inside of a tag that may skip or repeat it. */
  readonly nested: boolean
}

/** A filter, where it stands. */
export interface FilterUse {
  readonly name: string
  readonly begin: number
}

/** What a template holds. */
export interface Survey {
  readonly references: readonly Reference[]
  readonly filters: readonly FilterUse[]
  /** Names that `assign`, `capture` and counters make, from wherever they stand to the end of the template. */
  readonly locals: ReadonlySet<string>
  /** The tags that make them, in order. */
  readonly definitions: readonly Definition[]
}

/**
 * Walks parsed templates once. On the way it makes every tag pay for itself when it renders, by the parts of its
 * markup, and puts a guard before ranges: liquidjs counts neither.
 */
export function survey(templates: readonly Template[]): Survey {
  const walk = new Walk()
  for (const template of templates) walk.template(template, [], false)
  return walk
}

class Walk implements Survey {
  readonly references: Reference[] = []
  readonly filters: FilterUse[] = []
  readonly locals = new Set<string>()
  readonly definitions: Definition[] = []
  #parts = 0
  #end = 0

  template(template: Template, bound: readonly string[], nested: boolean): void {
    this.#parts = 1
    this.#end = template.token.end
    const isFor = (template as { readonly name?: unknown }).name === 'for'
    for (const argument of template.arguments?.() ?? []) {
      // `offset: continue` goes on where the loop before it stopped.
      const known = isFor ? [...bound, 'continue'] : bound
      if (argument instanceof Value) {
        this.#tokens(argument.initial.postfix, known)
        for (const filter of argument.filters) this.#filter(filter as unknown as FilterLike, known)
      } else this.#token(argument, known)
    }
    charge(template, this.#parts)
    const inner = [...bound, ...(template.blockScope?.() ?? [])]
    const children = template.children === undefined ? [] : toValueSync(template.children(false, true))
    for (const child of children as Template[]) this.template(child, inner, true)
    this.#define(template, nested)
  }

  #define(template: Template, nested: boolean): void {
    const tag = (template as { readonly name?: string }).name ?? ''
    for (const { content, begin, end } of template.localScope?.() ?? []) {
      this.locals.add(content)
      this.definitions.push({ name: content, tag, begin, end, from: this.#end, nested })
    }
  }

  #tokens(tokens: readonly Token[], bound: readonly string[]): void {
    for (const token of tokens) this.#token(token, bound)
  }

  #token(token: Token, bound: readonly string[]): void {
    this.#parts++
    if (TypeGuards.isPropertyAccessToken(token)) this.#path(token, bound)
    else if (TypeGuards.isRangeToken(token)) {
      this.#tokens([token.lhs, token.rhs], bound)
      guard(token)
    } else if (TypeGuards.isFilteredValueToken(token)) {
      this.#tokens(token.initial.postfix, bound)
      for (const filter of token.filters) this.#filter({ ...filter, token: filter }, bound)
    }
  }

  #filter({ name, args, token }: FilterLike, bound: readonly string[]): void {
    // The last filter of an output is the engine's own, and stands nowhere in the source.
    if (token.input === '') return
    this.filters.push({ name, begin: token.begin })
    this.#parts += 1 + args.length
    for (const argument of args) {
      const value = Array.isArray(argument) ? argument[1] : argument
      if (value !== undefined) this.#token(value, bound)
    }
  }

  #path(token: PropertyAccessToken, bound: readonly string[]): void {
    this.#parts += token.props.length
    if (token.variable !== undefined) this.#token(token.variable, bound)
    const members = token.props.map((prop): Member => {
      if (TypeGuards.isWordToken(prop) || TypeGuards.isQuotedToken(prop))
        return { key: prop.content, token: prop }
      if (TypeGuards.isNumberToken(prop)) return { key: prop.content, token: prop }
      this.#token(prop, bound)
      return { key: undefined, token: prop }
    })
    const [root, ...rest] = members
    if (token.variable !== undefined || typeof root?.key !== 'string' || bound.includes(root.key)) return
    this.references.push({ name: root.key, members: rest, token, root: root.token, bound })
  }
}

/** What `Filter` and `FilterToken` have in common; the first keeps its token to itself. */
interface FilterLike {
  readonly name: string
  readonly args: readonly (Token | [string?, Token?])[]
  readonly token: Token
}

/** Text pays by its length, `raw` by that of the template, for what it holds is its own secret. */
function charge(template: Template, parts: number): void {
  const { token, render } = template
  const text = TypeGuards.isHTMLToken(token)
    ? token.end - token.begin
    : TypeGuards.isTagToken(token) && token.name === 'raw'
      ? token.input.length
      : 0
  const cost = parts + textCost(text)
  template.render = (context, emitter) => {
    meterOf(context).spend(cost)
    return render.call(template, context, emitter)
  }
}

/** Makes `(a..b)` into `(a | guard: b..b)`. */
function guard(range: RangeToken): void {
  const low = {
    kind: TokenKind.FilteredValue,
    initial: new Expression([range.lhs]),
    filters: [{ name: RANGE, args: [range.rhs] }],
  }
  range.lhs = low as unknown as RangeToken['lhs']
}
