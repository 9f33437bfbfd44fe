import { Drop, filters as liquidFilters } from 'liquidjs'
import { ARGUMENT, NOT_FINITE } from '../../expressions/fault.ts'
import { DATE_FILTERS } from './date-filters.ts'
import { matches } from './matches-filter.ts'
import { type FilterHandler, Halt, type Meter, meterOf, weightOf } from './meter.ts'
import { toText } from './to-text.ts'

type Handlers = { readonly [name: string]: FilterHandler }

/** Filters that work on texts: a list or an object among their arguments is taken as its JSON. */
const OF_TEXTS = [
  'append',
  'base64_decode',
  'base64_encode',
  'capitalize',
  'cgi_escape',
  'downcase',
  'escape',
  'escape_once',
  'lstrip',
  'newline_to_br',
  'normalize_whitespace',
  'number_of_words',
  'prepend',
  'remove',
  'remove_first',
  'remove_last',
  'replace',
  'replace_first',
  'replace_last',
  'rstrip',
  'split',
  'squish',
  'strip',
  'strip_html',
  'strip_newlines',
  'truncate',
  'truncatewords',
  'upcase',
  'uri_escape',
  'url_decode',
  'url_encode',
  'xml_escape',
]

/** Filters that work on numbers, lists, or whatever there is. */
const OTHERS = [
  'abs',
  'at_least',
  'at_most',
  'ceil',
  'compact',
  'concat',
  'default',
  'divided_by',
  'first',
  'floor',
  'join',
  'json',
  'last',
  'minus',
  'modulo',
  'plus',
  'pop',
  'push',
  'reverse',
  'round',
  'shift',
  'size',
  'slice',
  'times',
  'to_integer',
  'uniq',
  'unshift',
]

/** Filters that take the name of a member, which liquidjs reads while it renders. */
const BY_MEMBER = [
  'find',
  'find_index',
  'group_by',
  'has',
  'map',
  'reject',
  'sort',
  'sort_natural',
  'sum',
  'where',
]

/** The filter behind a range `(a..b)`: bounds where adding one has no effect would never end. No author can write it. */
export const RANGE = '(..)'

const guardRange: FilterHandler = (low: unknown, high: unknown) => {
  for (const bound of [low, high]) {
    if (Math.abs(Number(bound)) >= Number.MAX_SAFE_INTEGER) throw new Halt(ARGUMENT)
  }
  return low
}

function asText(value: unknown, meter: Meter): unknown {
  const made = typeof value === 'object' && value !== null && !(value instanceof Drop)
  return made ? toText(value, meter) : value
}

function ofTexts(handler: FilterHandler): FilterHandler {
  return function (value, ...args) {
    const meter = meterOf(this.context)
    return handler.apply(this, [asText(value, meter), ...args.map((arg) => asText(arg, meter))])
  }
}

/** A name such as `address.city`; anything else would be a source that nobody has checked. */
function byMember(handler: FilterHandler): FilterHandler {
  return function (value, member, ...args) {
    if (member === undefined) return handler.apply(this, [value])
    const name = toText(member, meterOf(this.context))
    if (name.length > 256 || !/^[\w-]+(\.[\w-]+)*$/.test(name)) throw new Halt(ARGUMENT)
    return handler.apply(this, [value, name, ...args])
  }
}

/** Pays for a filter: one operation, and what it has to read. */
function metered(handler: FilterHandler): FilterHandler {
  return function (value, ...args) {
    const meter = meterOf(this.context)
    meter.spend(1 + args.length + weightOf(value) + args.reduce((sum, arg) => sum + weightOf(arg), 0))
    const result: unknown = handler.apply(this, [value, ...args])
    if (typeof result === 'number' && !Number.isFinite(result)) throw new Halt(NOT_FINITE)
    return result
  }
}

function pick(names: readonly string[], wrap: (handler: FilterHandler) => FilterHandler): Handlers {
  return Object.fromEntries(
    names.map((name) => [name, wrap((liquidFilters as Record<string, FilterHandler>)[name]!)]),
  )
}

const HANDLERS: Handlers = /* @__PURE__ */ Object.assign(
  pick(OF_TEXTS, ofTexts),
  pick(OTHERS, (handler) => handler),
  pick(BY_MEMBER, byMember),
  DATE_FILTERS,
  {
    matches,
    raw: (value: unknown) => value,
    to_json: (liquidFilters as Record<string, FilterHandler>).json!,
    [RANGE]: guardRange,
  },
)

/** Every filter that there is, each of which pays for what it does. None reads a clock, chance, files or code. */
export const FILTERS: Handlers = /* @__PURE__ */ Object.fromEntries(
  Object.entries(HANDLERS).map(([name, handler]) => [name, metered(handler)]),
)

/** Their names, for suggestions. */
export const FILTER_NAMES: readonly string[] = /* @__PURE__ */ Object.keys(FILTERS).filter(
  (name) => name !== RANGE,
)
