import { Context, defaultOperators, Liquid, type LiquidOptions, type Template } from 'liquidjs'
import { FILTERS } from './filters.ts'
import { type Meter, meterOf, weightOf } from './meter.ts'
import { toText } from './to-text.ts'

/** Tags that there are. None of them opens a file; the `liquid` tag is left out, which hides tags from `scan`. */
export const TAG_NAMES: readonly string[] = [
  'assign',
  'break',
  'capture',
  'case',
  'comment',
  'continue',
  'cycle',
  'decrement',
  'echo',
  'for',
  'if',
  'increment',
  'raw',
  'unless',
  '#',
]

type Operator = NonNullable<LiquidOptions['operators']>[string]

/** Operators that look through lists and texts pay for it; those of numbers are paid for by the tag. */
function searching(operator: Operator): Operator {
  return function* (left, right, context) {
    meterOf(context).spend(weightOf(left) + weightOf(right))
    return yield operator(left, right, context)
  } as Operator
}

const OPERATORS = {
  ...defaultOperators,
  '==': searching(defaultOperators['==']!),
  '!=': searching(defaultOperators['!=']!),
  contains: searching(defaultOperators.contains!),
}

let made: Liquid | undefined

/** The one engine, made when it is first needed: own properties only, no files, no cache, nothing of the machine. */
export function engine(): Liquid {
  made ??= create()
  return made
}

function create(): Liquid {
  const liquid = new Liquid({
    ownPropertyOnly: true,
    templates: {},
    operators: OPERATORS,
    outputEscape: filled,
    timezoneOffset: 0,
    locale: 'en-US',
  })
  for (const name of Object.keys(liquid.tags)) if (!TAG_NAMES.includes(name)) delete liquid.tags[name]
  for (const name of Object.keys(liquid.filters)) liquid.unregisterFilter(name)
  for (const [name, handler] of Object.entries(FILTERS)) liquid.registerFilter(name, handler)
  return liquid
}

/** Called as a filter with each value that is filled in. */
function filled(this: { readonly context: Context } | unknown, value: unknown): string {
  const meter = meterOf((this as { readonly context: Context }).context)
  const text = toText(value, meter)
  meter.use(text.length)
  return text
}

/** Renders templates over the names given; throws what liquidjs throws. */
export function render(templates: Template[], names: object, meter: Meter): string {
  const liquid = engine()
  type Limits = NonNullable<ConstructorParameters<typeof Context>[3]>
  const limits = { memoryLimit: meter, renderLimit: meter, liquid } as unknown as Limits
  return liquid.renderSync(templates, new Context(names, liquid.options, { sync: true }, limits)) as string
}
