import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../src/base/json.ts'
import { type EditCommand, openDraft } from '../../src/editing/index.ts'
import { palette } from '../../src/palette/index.ts'
import { LiveValidation, validate } from '../../src/validation/index.ts'
import { draftOf, edited } from './drafts.ts'
import { checkLaws } from './laws.ts'

const draft = edited(
  draftOf(),
  { type: 'configure', node: 'hello', config: { prompt: 'Hi', odd: 1, also: 2 } },
  {
    type: 'setActions',
    node: 'hello',
    onLeave: { one: [{ log: 'a', fields: { x: 'q', y: 'r' } }], another: [{ log: 'b', fields: {} }] },
  },
)

/** The same JSON with the members of every object the other way round. */
function reversed(value: Json): Json {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value as JsonObject)
      .reverse()
      .map(([name, member]) => [name, reversed(member!)]),
  )
}

describe('the order of members', () => {
  it('is no change', () => {
    const document = reversed(draft.document as unknown as Json)
    expect(edited(draft, { type: 'replace', document } as unknown as EditCommand)).toBe(draft)
    const config = { also: 2, odd: 1, prompt: 'Hi' }
    expect(edited(draft, { type: 'configure', node: 'hello', config })).toBe(draft)
  })

  it('goes along with a change that is one, and live validation finds what validation from scratch finds', () => {
    const live = new LiveValidation(draft)
    const command = { type: 'configure', node: 'hello', config: { also: 2, odd: 3, prompt: 'Hi' } } as const
    const { draft: after } = checkLaws(draft, command, live)
    expect(after.node('hello')?.config).toEqual(command.config)
  })

  it('does not decide what validation finds, nor in which order', () => {
    const other = reversed(draft.document as unknown as Json) as unknown as typeof draft.document
    const found = validate(draft.document, { nodes: palette })
    expect(found.length).toBeGreaterThan(3)
    expect(validate(other, { nodes: palette })).toEqual(found)
    expect(new LiveValidation(openDraft(other, { nodes: palette })).diagnostics).toEqual(found)
  })
})
