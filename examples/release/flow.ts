import type { Json } from 'sluice/base'
import type { FlowDocument } from 'sluice/document'
import { applyCommand, createFlow, type EditCommand, openDraft } from 'sluice/editing'
import { palette } from 'sluice/palette'

/** A flow with nothing but a start node. */
export function blank(id: string, name: string, role: 'main' | 'exception' = 'main'): FlowDocument {
  const trigger = role === 'main' ? 'call' : undefined
  const created = createFlow(
    { from: 'blank', name, remark: '', medium: 'voice', role, trigger },
    { nodes: palette, ids: { next: () => id } },
  )
  if (!created.ok) throw new Error(created.error.reason)
  return created.value
}

/** The flow after some edits. */
export function edited(document: FlowDocument, edits: readonly EditCommand[]): FlowDocument {
  let draft = openDraft(document, { nodes: palette })
  for (const command of edits) {
    const edit = applyCommand(draft, command)
    if (!edit.ok) throw new Error(edit.reason)
    draft = edit.draft
  }
  return draft.document
}

const MENU = {
  prompt: 'Hello. Press 1 for our hours, 2 to leave.',
  options: [{ value: '1' }, { value: '2' }],
}

/** A menu that tells when somebody is there. Whoever wrote it has mistyped a name, and left two ways open. */
export const FIRST_NODES: readonly EditCommand[] = [
  { type: 'addVariable', variable: { name: 'hours', type: 'text', label: 'When we are here' } },
  { type: 'addFlowOutcome', outcome: { code: 'resolved', kind: 'completed' } },
  { type: 'addFlowOutcome', outcome: { code: 'abandoned', kind: 'incomplete' } },
  add('menu', 'menu@1', MENU, { node: 'start', outcome: 'next' }),
  add('tell', 'send-message@1', { prompt: 'We are here {{vars.huors}}.' }, { node: 'menu', outcome: '1' }),
  add('done', 'end@1', { outcome: 'resolved' }, { node: 'tell', outcome: 'next' }),
  add('left', 'end@1', { outcome: 'abandoned' }),
]

/** What the errors ask for. */
export const MENDED: readonly EditCommand[] = [
  say('We are here {{vars.hours}}.'),
  { type: 'connect', from: { node: 'menu', outcome: '2' }, to: 'left' },
  { type: 'connect', from: { node: 'menu', outcome: 'noMatch' }, to: 'left' },
]

/** What callers are led to when their flow has failed. */
export const APOLOGY: readonly EditCommand[] = [
  { type: 'addFlowOutcome', outcome: { code: 'failed', kind: 'error' } },
  add('sorry', 'send-message@1', { prompt: 'Something went wrong.' }, { node: 'start', outcome: 'next' }),
  add('end', 'end@1', { outcome: 'failed' }, { node: 'sorry', outcome: 'next' }),
]

/** Other words for the message. */
export function say(value: string): EditCommand {
  return { type: 'configure', node: 'tell', path: ['prompt'], value }
}

function add(
  id: string,
  type: string,
  config: { readonly [field: string]: Json },
  from?: { readonly node: string; readonly outcome: string },
): EditCommand {
  return { type: 'add', node: { id, type, config }, ...(from === undefined ? {} : { from }) }
}
