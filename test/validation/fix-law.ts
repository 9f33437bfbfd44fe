import { expect } from 'vitest'
import { liquid } from '../../src/adapters/liquid/index.ts'
import { parseDocument, serialiseDocument } from '../../src/document/index.ts'
import { applyCommand, NO_HISTORY, openDraft, recordEdit, undo } from '../../src/editing/index.ts'
import type { Diagnostic, FlowDocument } from '../../src/index.ts'
import { palette } from '../../src/palette/index.ts'
import { LiveValidation, type ValidateOptions, validate } from '../../src/validation/index.ts'

/** Everything that can be found: with the palette, and with Liquid beside CEL. */
export const OPTIONS: ValidateOptions = { nodes: palette, languages: [liquid] }

/**
 * Checks all that holds of every fix: its commands are applied as one edit, the diagnostic is gone then, no error has
 * come that was not there before, what comes of it is a document, validation that follows finds the same (VAL-15), and
 * undo gives the same bytes.
 */
export function checkFix(
  document: FlowDocument,
  diagnostic: Diagnostic,
  options: ValidateOptions = OPTIONS,
  before: readonly Diagnostic[] = validate(document, options),
  follows = true,
): FlowDocument {
  const draft = openDraft(document, options)
  const batch = { type: 'batch', commands: diagnostic.fix!.commands } as const
  expect(JSON.parse(JSON.stringify(batch))).toEqual(batch)
  const edit = applyCommand(draft, batch)
  if (!edit.ok) throw new Error(`${edit.code}: ${edit.reason}`)
  const mended = edit.draft.document
  const read = parseDocument(serialiseDocument(mended))
  if (!read.ok) throw new Error(read.error[0]!.message)
  const after = validate(mended, options)
  expect(
    count(after, diagnostic, same) === 0 ||
      count(after, diagnostic, alike) < count(before, diagnostic, alike),
  ).toBe(true)
  expect(newErrors(before, after)).toEqual([])
  if (follows) {
    const live = new LiveValidation(draft, options.policy)
    expect(live.diagnostics).toEqual(before)
    live.follow(edit.draft, edit.patches)
    expect(live.diagnostics).toEqual(after)
  }
  const undone = undo(edit.draft, recordEdit(NO_HISTORY, batch as never, edit.patches, 0))
  if (!undone.ok) throw new Error(undone.reason)
  expect(serialiseDocument(undone.draft.document)).toBe(serialiseDocument(document))
  return mended
}

type Key = (diagnostic: Diagnostic) => string

/** One diagnostic and no other. */
const same: Key = ({ code, location, details }) => JSON.stringify([code, location, details])

const place: Key = ({ code, location }) => JSON.stringify([code, location])

/**
 * The same fault, also where it has moved: entries of a list close up, what comes before it grows, a connector leaves by
 * another outcome.
 */
const alike: Key = ({ code, location: { node, connector }, details }) =>
  JSON.stringify(connector === undefined ? [code, node, details] : [code, connector])

function count(found: readonly Diagnostic[], one: Diagnostic, key: Key): number {
  const wanted = key(one)
  return found.filter((each) => key(each) === wanted).length
}

/** Errors at places where there was none of the code, and that have not only moved there. */
function newErrors(before: readonly Diagnostic[], after: readonly Diagnostic[]): readonly Diagnostic[] {
  const errors = after.filter(({ severity }) => severity === 'error')
  const came = without(errors, before, place)
  const went = without(before, after, place)
  return without(came, went, alike)
}

/** What is in the first list and not in the second, each as often as it stands there. */
function without(
  list: readonly Diagnostic[],
  others: readonly Diagnostic[],
  key: Key,
): readonly Diagnostic[] {
  const left = new Map<string, number>()
  for (const each of others) left.set(key(each), (left.get(key(each)) ?? 0) + 1)
  return list.filter((each) => {
    const times = left.get(key(each)) ?? 0
    if (times > 0) left.set(key(each), times - 1)
    return times === 0
  })
}
