import * as z from 'zod/mini'
import { checkJson, type JsonLimits } from '../base/check-json.ts'
import { type Json, valueAt } from '../base/json.ts'
import { nearest } from '../base/nearest.ts'
import { normaliseJson } from '../base/normalise-json.ts'
import { err, ok, type Result } from '../base/result.ts'
import { explain } from '../document/parse-document.ts'

/** What is wrong with a value from outside. */
export interface FormFault {
  /** As half a sentence: `version is missing, and should be a text`. */
  readonly fault: string
  /** Keys and indexes from the root of the value. */
  readonly at: readonly (string | number)[]
  /** What was probably meant by a name that is not known. */
  readonly suggestion?: string
}

type Issue = z.core.$ZodIssue
type Path = readonly (string | number)[]

/** A value from outside as JSON of one's own: a copy that nobody changes afterwards. `what` is its name in faults. */
export function readPlain(value: unknown, limits: JsonLimits, what: string): Result<Json, FormFault> {
  const unsafe = checkJson(value, limits)
  if (unsafe === undefined) return ok(normaliseJson(value as Json))
  const { path: at, got } = unsafe
  return err({ fault: `${placeOf(at, what)} holds ${got}`, at })
}

/** The first thing in which a value differs from its form; `undefined` where it fits. */
export function checkForm(value: Json, form: z.core.$ZodType, what: string): FormFault | undefined {
  const parsed = z.safeParse(form, value)
  if (parsed.success) return undefined
  return tell(meant(parsed.error.issues[0]!, value), value, form, what)
}

function tell(issue: Issue, value: Json, form: z.core.$ZodType, what: string): FormFault {
  const [{ location, details = {} }] = explain(
    { issues: [issue] } as unknown as z.core.$ZodError,
    value,
    form,
  ) as [ReturnType<typeof explain>[number]]
  const at = location.path ?? []
  const place = placeOf(at, what)
  if (issue.code === 'unrecognized_keys') {
    const { name, suggestion } = details
    return withSuggestion({ fault: `${place} has no member ${name}`, at }, suggestion as string | undefined)
  }
  const expected = ownWords(issue) ?? details.expected
  const fault =
    details.got === 'nothing'
      ? `${place} is missing, and should be ${expected}`
      : `${place} should be ${expected}, and is ${details.got}`
  return withSuggestion({ fault, at }, suggestionFor(issue, value))
}

function withSuggestion(fault: FormFault, suggestion: string | undefined): FormFault {
  return suggestion === undefined ? fault : { ...fault, suggestion }
}

function placeOf(at: Path, what: string): string {
  return at.length === 0 ? what : at.join('.')
}

/** Of a value that fits no form of a union: the fault of the form that was meant, so far as one can tell. */
function meant(issue: Issue, root: Json): Issue {
  if (issue.code !== 'invalid_union') return issue
  const isText = typeof valueAt(root, pathOf(issue)) === 'string'
  const candidates = issue.errors.filter(([first]) =>
    isText
      ? first?.code === 'invalid_value'
      : first !== undefined && (first.path.length > 0 || first.code === 'unrecognized_keys'),
  )
  const inner = [...candidates].sort((a, b) => a.length - b.length)[0]?.[0]
  return inner === undefined ? issue : meant({ ...inner, path: [...issue.path, ...inner.path] }, root)
}

/** What documents have no words for. Checks of our own say what they expect. */
function ownWords(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'custom':
      return issue.message
    case 'invalid_key':
      return `named by ${wordsOfKey(issue.issues[0])}`
    case 'invalid_type':
      return issue.expected === 'int' ? 'a whole number' : undefined
    case 'invalid_union':
      return choicesOf(issue).length === 0
        ? 'of one of the forms that the documentation shows'
        : `one of ${choicesOf(issue)
            .map((each) => JSON.stringify(each))
            .join(', ')}`
    default:
      return undefined
  }
}

function wordsOfKey(issue: Issue | undefined): string {
  if (issue?.code === 'custom') return issue.message
  return issue?.code === 'too_big'
    ? `a text of at most ${issue.maximum} characters`
    : 'a text that is not empty'
}

function suggestionFor(issue: Issue, root: Json): string | undefined {
  const found = valueAt(root, pathOf(issue))
  if (typeof found !== 'string') return undefined
  return nearest(
    found,
    choicesOf(issue).filter((choice) => typeof choice === 'string'),
  )
}

/** The values one of which is asked for. */
function choicesOf(issue: Issue): readonly unknown[] {
  if (issue.code === 'invalid_value') return issue.values
  return issue.code === 'invalid_union' && 'options' in issue ? (issue.options ?? []) : []
}

function pathOf({ path }: Issue): Path {
  return path.map((part) => (typeof part === 'symbol' ? String(part) : part))
}
