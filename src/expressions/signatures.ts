import type { ValueType } from './types.ts'
import { ANY_LIST, ANY_OBJECT, isListType, join } from './value-types.ts'

/** One parameter of a function; `types` are alternatives. */
export interface Parameter {
  readonly name: string
  readonly types: readonly ValueType[]
  readonly optional?: true
  /** Takes all further arguments as well. */
  readonly rest?: true
}

/** What authoring needs to know of a function: the checker, the documentation and completion read this. */
export interface FunctionSignature {
  readonly name: string
  readonly group: 'text' | 'lists and objects' | 'numbers' | 'conversion' | 'dates and times' | 'formatting'
  /** How it is called: `size(x)`, `x.contains(y)`, or as one likes. The receiver is the first parameter. */
  readonly form: 'function' | 'method' | 'either'
  readonly parameters: readonly Parameter[]
  readonly result: ValueType | ((argumentTypes: readonly ValueType[]) => ValueType)
  /** One line for authors. */
  readonly doc: string
}

const text = (name: string): Parameter => ({ name, types: ['text'] })
const number = (name: string): Parameter => ({ name, types: ['number'] })
const list = (name: string, of: ValueType = 'any'): Parameter => ({ name, types: [{ list: of }] })
const value = (name: string): Parameter => ({ name, types: ['any'] })
const maybe = (parameter: Parameter): Parameter => ({ ...parameter, optional: true })

const ZONE = maybe(text('zone'))
const LOCALE = maybe(text('locale'))

function method(
  name: string,
  parameters: readonly Parameter[],
  result: FunctionSignature['result'],
  doc: string,
): Omit<FunctionSignature, 'group'> {
  return { name, form: 'method', parameters, result, doc }
}

function plain(
  name: string,
  parameters: readonly Parameter[],
  result: FunctionSignature['result'],
  doc: string,
): Omit<FunctionSignature, 'group'> {
  return { name, form: 'function', parameters, result, doc }
}

function either(
  name: string,
  parameters: readonly Parameter[],
  result: FunctionSignature['result'],
  doc: string,
): Omit<FunctionSignature, 'group'> {
  return { name, form: 'either', parameters, result, doc }
}

function group(
  name: FunctionSignature['group'],
  signatures: Omit<FunctionSignature, 'group'>[],
): FunctionSignature[] {
  return signatures.map((signature) => ({ ...signature, group: name }))
}

const entryType = ([of]: readonly ValueType[]): ValueType =>
  of !== undefined && isListType(of) ? of.list : 'any'

const calendarField = (name: string, doc: string) => method(name, [number('instant'), ZONE], 'number', doc)

/** The written list of functions. Every entry has an implementation of the same name in `functions/`. */
export const SIGNATURES: readonly FunctionSignature[] = [
  ...group('text', [
    either(
      'size',
      [{ name: 'of', types: ['text', ANY_LIST, ANY_OBJECT] }],
      'number',
      'Characters of a text, entries of a list, members of an object.',
    ),
    method('contains', [text('text'), text('part')], 'boolean', 'True where the part occurs in the text.'),
    method(
      'startsWith',
      [text('text'), text('part')],
      'boolean',
      'True where the text begins with the part.',
    ),
    method('endsWith', [text('text'), text('part')], 'boolean', 'True where the text ends with the part.'),
    either(
      'matches',
      [text('text'), text('pattern')],
      'boolean',
      'True where some part of the text matches the RE2 pattern; use ^ and $ for all of it.',
    ),
    method('lowerAscii', [text('text')], 'text', 'The letters A to Z made small, all others as they are.'),
    method('upperAscii', [text('text')], 'text', 'The letters a to z made capital, all others as they are.'),
    method('lower', [text('text')], 'text', 'All letters made small, of whatever alphabet.'),
    method('upper', [text('text')], 'text', 'All letters made capital, of whatever alphabet.'),
    method('trim', [text('text')], 'text', 'Without white space at both ends.'),
    method(
      'split',
      [text('text'), text('separator')],
      { list: 'text' },
      'The parts between separators; an empty separator splits into characters.',
    ),
    method(
      'join',
      [{ name: 'parts', types: [{ list: 'text' }] }, maybe(text('separator'))],
      'text',
      'The texts of a list put together, with the separator between them.',
    ),
    method(
      'replace',
      [text('text'), text('part'), text('by')],
      'text',
      'Every occurrence of the part replaced.',
    ),
    method(
      'substring',
      [text('text'), number('start'), maybe(number('end'))],
      'text',
      'The characters from start up to but not including end, counted from 0.',
    ),
    method(
      'indexOf',
      [text('text'), text('part')],
      'number',
      'The position of the first occurrence, counted from 0; -1 where there is none.',
    ),
  ]),
  ...group('lists and objects', [
    either('first', [list('list')], entryType, 'The first entry; null for an empty list.'),
    either('last', [list('list')], entryType, 'The last entry; null for an empty list.'),
    either(
      'sum',
      [list('numbers', 'number')],
      'number',
      'The numbers of a list added up; 0 for an empty list.',
    ),
    plain(
      'keys',
      [{ name: 'object', types: [ANY_OBJECT] }],
      { list: 'text' },
      'The names of the members of an object.',
    ),
    plain(
      'default',
      [value('value'), value('fallback')],
      ([a, b]) => join(a ?? 'any', b ?? 'any'),
      'The fallback where the value is null or missing, else the value.',
    ),
    plain('dyn', [value('value')], 'any', 'The value itself, taken out of the type check.'),
  ]),
  ...group('numbers', [
    plain(
      'min',
      [{ name: 'numbers', types: ['number', { list: 'number' }], rest: true }],
      'number',
      'The smallest of the arguments, or of one list; null for an empty list.',
    ),
    plain(
      'max',
      [{ name: 'numbers', types: ['number', { list: 'number' }], rest: true }],
      'number',
      'The largest of the arguments, or of one list; null for an empty list.',
    ),
    plain('abs', [number('x')], 'number', 'The number without its sign.'),
    plain('ceil', [number('x')], 'number', 'The next whole number upwards.'),
    plain('floor', [number('x')], 'number', 'The next whole number downwards.'),
    plain(
      'round',
      [number('x'), maybe(number('digits'))],
      'number',
      'Rounded to 0 to 15 decimal digits, halves away from zero.',
    ),
  ]),
  ...group('conversion', [
    plain(
      'string',
      [{ name: 'value', types: ['text', 'number', 'boolean'] }],
      'text',
      'The value as text, as a template writes it.',
    ),
    plain(
      'number',
      [{ name: 'value', types: ['text', 'number'] }, maybe(number('fallback'))],
      'number',
      'A text read as a number; the fallback where it is none.',
    ),
    plain('double', [{ name: 'value', types: ['text', 'number'] }], 'number', 'The same as number(value).'),
    plain(
      'int',
      [{ name: 'value', types: ['text', 'number'] }],
      'number',
      'A whole number: a text read, a fraction cut off.',
    ),
    plain(
      'bool',
      [{ name: 'value', types: ['text', 'boolean'] }],
      'boolean',
      'The texts "true" and "false" as a value.',
    ),
    plain('json', [value('value')], 'text', 'The value as JSON text.'),
    plain(
      'urlEncode',
      [{ name: 'text', types: ['text', 'number'] }],
      'text',
      'A text or a number, escaped to stand as one part of an address.',
    ),
    plain('isNumber', [value('value')], 'boolean', 'True for a number.'),
    plain('isText', [value('value')], 'boolean', 'True for a text.'),
    plain('isBoolean', [value('value')], 'boolean', 'True for true and false.'),
    plain('isList', [value('value')], 'boolean', 'True for a list.'),
    plain('isObject', [value('value')], 'boolean', 'True for an object.'),
  ]),
  ...group('dates and times', [
    plain(
      'timestamp',
      [text('text'), ZONE],
      'number',
      'The instant of a date or a date and time; without an offset it is local time of the zone, UTC unless given.',
    ),
    plain(
      'duration',
      [text('text')],
      'number',
      'Milliseconds of a duration such as "1h30m"; units ms, s, m, h, d, w.',
    ),
    calendarField('getFullYear', 'The year.'),
    calendarField('getMonth', 'The month, 0 for January.'),
    calendarField('getDate', 'The day of the month, from 1.'),
    calendarField('getDayOfMonth', 'The day of the month, from 0.'),
    calendarField('getDayOfWeek', 'The day of the week, 0 for Sunday.'),
    calendarField('getHours', 'The hour, 0 to 23.'),
    calendarField('getMinutes', 'The minute, 0 to 59.'),
    calendarField('getSeconds', 'The second, 0 to 59.'),
    calendarField('getMilliseconds', 'The millisecond, 0 to 999.'),
  ]),
  ...group('formatting', [
    plain(
      'formatDate',
      [number('instant'), maybe(text('style')), ZONE, LOCALE],
      'text',
      'A date as short, medium, long, full, time or dateTime, or by a pattern such as "dd.MM.yyyy HH:mm".',
    ),
    plain(
      'formatNumber',
      [number('x'), LOCALE, maybe(number('decimals'))],
      'text',
      'A number as the locale writes it.',
    ),
    plain(
      'formatCurrency',
      [number('x'), text('currency'), LOCALE],
      'text',
      'An amount as the locale writes it; the currency is a code such as "EUR".',
    ),
  ]),
]

const BY_NAME = new Map(SIGNATURES.map((signature) => [signature.name, signature]))

/** The entry of a function in the list. */
export function findSignature(name: string): FunctionSignature | undefined {
  return BY_NAME.get(name)
}

/** The macros, which take the name of a loop variable, and `has`. */
export const MACROS: readonly string[] = ['has', 'all', 'exists', 'exists_one', 'map', 'filter']

/** Names from other languages and what they are called here. */
const ALIASES: Readonly<Record<string, string>> = {
  length: 'size',
  len: 'size',
  count: 'size',
  includes: 'contains',
  toLowerCase: 'lower',
  toUpperCase: 'upper',
  lowercase: 'lower',
  uppercase: 'upper',
  str: 'string',
  text: 'string',
  stringify: 'json',
  toJson: 'json',
  encodeURIComponent: 'urlEncode',
  encodeUri: 'urlEncode',
  parseInt: 'int',
  parseFloat: 'number',
  some: 'exists',
  every: 'all',
  any: 'exists',
  coalesce: 'default',
}

/** The function that a name from elsewhere stands for here. */
export function aliasOf(name: string): string | undefined {
  return Object.hasOwn(ALIASES, name) ? ALIASES[name] : undefined
}
