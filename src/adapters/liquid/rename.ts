import type { Token } from 'liquidjs'
import { applyEdits, type Edit } from '../../expressions/rename/edits.ts'
import type { Renaming } from '../../expressions/types.ts'
import { asMember, isBare, quote, renamedMember, renamedVariable } from './new-name.ts'
import { readTemplate } from './read-template.ts'
import { editsOfMarkup } from './rename-markup.ts'
import type { Definition, Reference, Survey } from './survey.ts'

/**
 * Renames what a Liquid text reads; see `ExpressionLanguage.rename`. A name that the text assigns itself is its own and
 * stays, unless it may be read before that, as in `{% assign retries = retries | plus: 1 %}`: then it takes the new
 * name everywhere, so that the text means the same.
 */
export function renameTemplate(source: string, names: Renaming): string {
  const template = readTemplate(source)
  const edits =
    'code' in template ? editsOfMarkup(source, names) : editsOfSurvey(source, template.survey, names)
  return applyEdits(source, edits)
}

function editsOfSurvey(source: string, survey: Survey, names: Renaming): Edit[] {
  const edits: Edit[] = []
  const shared = sharedLocals(survey)
  const loops = new Set(survey.references.flatMap(({ bound }) => bound))
  /** Names that the text makes itself and that take the new name of a variable. */
  const isFree = (name: string) => isBare(name) && !survey.locals.has(name) && !loops.has(name)
  for (const reference of survey.references) {
    const { name, members, root, bound } = reference
    const [member] = members
    if ((name === 'vars' || name === 'nodes') && !survey.locals.has(name)) {
      const renamed = typeof member?.key === 'string' ? renamedMember(name, member.key, names) : undefined
      if (renamed !== undefined)
        edits.push(...editsOfMember(source, member!.token, member!.key as string, renamed))
      continue
    }
    const renamed = renamedVariable(name, names)
    if (renamed === undefined) continue
    const from = shared.get(name)
    if (from === undefined && survey.locals.has(name)) continue
    if (from !== undefined && !isFree(renamed) && root.begin >= from) continue
    const hidden = survey.locals.has(renamed) || bound.includes(renamed)
    const text = isBare(renamed) && !hidden ? renamed : undefined
    if (text === undefined && (bound.includes('vars') || survey.locals.has('vars'))) continue
    edits.push(editOfRoot(source, root, name, text ?? asMember(renamed)))
  }
  for (const { name, begin, end } of survey.definitions) {
    const renamed = renamedVariable(name, names)
    if (renamed === undefined || !shared.has(name) || !isFree(renamed)) continue
    edits.push(editWithin(source, { begin, end }, name, renamed))
  }
  return edits
}

/**
 * Names that the text assigns and that may still be read from the variable of the flow, with the position from which
 * on they are its own.
 */
function sharedLocals({ references, definitions }: Survey): ReadonlyMap<string, number> {
  const first = new Map<string, Definition>()
  for (const definition of definitions) {
    if (!first.has(definition.name)) first.set(definition.name, definition)
  }
  const shared = new Map<string, number>()
  for (const { name, root } of references) {
    const definition = first.get(name)
    if (definition !== undefined && mayReadBefore(definition, root)) shared.set(name, definition.from)
  }
  return shared
}

/** Counters begin with the value of the variable where the text names it anywhere. */
function mayReadBefore({ tag, nested, from }: Definition, root: Reference['root']): boolean {
  return nested || tag === 'increment' || tag === 'decrement' || root.begin < from
}

/** A name in quotes is a name in brackets. */
function editOfRoot(source: string, { begin, end }: Token, name: string, text: string): Edit {
  const quoted = /^["']/.test(source.slice(begin, end))
  if (!quoted) return editWithin(source, { begin, end }, name, text)
  const member = text.startsWith('vars.') ? `"vars"][${quote(text.slice(5))}` : quote(text)
  return { start: begin, end, text: member }
}

function editsOfMember(source: string, { begin, end }: Token, key: string, renamed: string): Edit[] {
  if (/^["']/.test(source.slice(begin, end)))
    return [{ start: begin, end, text: requote(source[begin]!, renamed) }]
  const edit = editWithin(source, { begin, end }, key, renamed)
  if (/^[A-Za-z_]\w*$/.test(renamed)) return [edit]
  const dot = source.lastIndexOf('.', edit.start)
  return [
    { start: dot, end: dot + 1, text: '' },
    { ...edit, text: `[${quote(renamed)}]` },
  ]
}

function requote(mark: string, name: string): string {
  return name.includes(mark) ? quote(name) : mark + name + mark
}

/** The parser lets some tokens begin with white space and signs that stand before the name. */
function editWithin(
  source: string,
  { begin, end }: Pick<Token, 'begin' | 'end'>,
  name: string,
  text: string,
): Edit {
  const at = source.slice(begin, end).lastIndexOf(name)
  return at < 0
    ? { start: begin, end: begin, text: '' }
    : { start: begin + at, end: begin + at + name.length, text }
}
