import { describe, expect, it } from 'vitest'
import {
  applyCommand,
  applyPatches,
  type EditCommand,
  invertPatches,
  openDraft,
} from '../../src/editing/index.ts'
import { palette } from '../../src/palette/index.ts'
import { LiveValidation, validate } from '../../src/validation/index.ts'
import { ask, assign, end, type FlowSpec, flow, say } from '../support/flow.ts'

/** What is found after an edit, which has to be what is found from scratch; the same after its undo. */
function codesAfter(spec: FlowSpec, command: EditCommand): readonly string[] {
  const draft = openDraft(flow(spec), { nodes: palette })
  const live = new LiveValidation(draft)
  const before = live.diagnostics
  const edit = applyCommand(draft, command)
  if (!edit.ok) throw new Error(edit.reason)
  live.follow(edit.draft, edit.patches)
  const after = live.diagnostics
  expect(after).toEqual(validate(edit.draft.document, { nodes: palette }))
  const undone = applyPatches(edit.draft, invertPatches(edit.patches))
  if (!undone.ok) throw new Error(undone.reason)
  live.follow(undone.draft, undone.patches)
  expect(live.diagnostics).toEqual(before)
  return after.map(({ code }) => code)
}

describe('after an edit', () => {
  it('[VAL-15] what a node hands on of a variable is as secret as the variable has become', () => {
    const spec: FlowSpec = {
      nodes: {
        pin: ask('?', { variable: 'pin' }),
        keep: assign({ copy: 'nodes.pin.value' }),
        done: end('ok'),
      },
      connect: ['start -> pin', 'pin:valid -> keep', 'keep -> done'],
      otherwise: 'done',
      variables: [
        { name: 'pin', type: 'text' },
        { name: 'copy', type: 'text' },
      ],
    }
    const command = { type: 'changeVariable', name: 'pin', changes: { sensitive: true } } as const
    expect(codesAfter(spec, command)).toEqual(['sensitive.leak'])
  })

  it('[VAL-15] suggestions follow the order in which variables are declared', () => {
    const variables = [
      { name: 'ba', type: 'text', default: '' },
      { name: 'ca', type: 'text', default: '' },
    ] as const
    const spec: FlowSpec = {
      nodes: { hello: say('{{da}}'), done: end('ok') },
      connect: ['start -> hello', 'hello -> done'],
      variables,
    }
    const command = { type: 'changeSettings', path: ['variables'], value: [...variables].reverse() } as const
    expect(codesAfter(spec, command)).toEqual(['expression.unknownName'])
  })
})
