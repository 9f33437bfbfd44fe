import type { FlowDocument } from '../../src/document/index.ts'
import { applyCommand, type Draft, type EditCommand, openDraft } from '../../src/editing/index.ts'
import { palette } from '../../src/palette/index.ts'
import { deepFreeze } from '../support/deep-freeze.ts'
import { ask, end, type FlowSpec, flow, node, say } from '../support/flow.ts'
import { checkLaws } from './laws.ts'

/** A small flow that is whole: a question, a menu, a message and an end. */
export const SMALL: FlowSpec = {
  nodes: {
    ask: ask('Name?', { variable: 'name' }),
    menu: node('menu', { prompt: 'Press 1 or 2.', options: [{ value: '1' }, { value: '2' }] }),
    hello: say('Hello {{name}}, you pressed {{nodes.menu.value}}.'),
    done: end('ok'),
  },
  connect: [
    'start -> ask',
    'ask:valid -> menu',
    'menu:1 -> hello',
    'menu:2 -> ask',
    'menu:noMatch -> ask',
    'hello -> done',
  ],
  variables: [{ name: 'name', type: 'text' }],
}

export function draftOf(given: FlowSpec | FlowDocument = SMALL): Draft {
  const document = 'connect' in given ? flow(given) : given
  return openDraft(deepFreeze(document), { nodes: palette })
}

/** The draft after some commands, each of which has to keep every law and be applied. */
export function edited(draft: Draft, ...commands: readonly EditCommand[]): Draft {
  return commands.reduce((before, command) => {
    const { draft: after, refused } = checkLaws(before, command)
    if (refused !== undefined) throw new Error(`${command.type} was refused: ${refused}`)
    return after
  }, draft)
}

/** Why a command is refused, without the wording; it has to be, and to change nothing. */
export function refusal(draft: Draft, command: unknown, revision?: number) {
  const edit = applyCommand(draft, command as EditCommand, revision === undefined ? {} : { revision })
  if (edit.ok) throw new Error('the command was applied')
  return { code: edit.code, details: edit.details }
}

export function patchesOf(draft: Draft, command: EditCommand) {
  const edit = applyCommand(draft, command)
  if (!edit.ok) throw new Error(edit.reason)
  return edit.patches
}

/** Connectors as `menu:1 -> hello`, sorted. */
export function waysOf({ document }: Draft): string[] {
  return document.connectors.map(({ from, to = '' }) => `${from.node}:${from.outcome} -> ${to}`.trim()).sort()
}
