import { nearest } from '../../base/nearest.ts'
import type { FlowOutcome } from '../../document/flow-document.ts'
import { isImplicitOutcome } from '../../nodes/events.ts'
import type {
  AddFlowOutcomeCommand,
  ChangeFlowOutcomeCommand,
  RemoveFlowOutcomeCommand,
  RenameFlowOutcomeCommand,
} from '../command.ts'
import { rewriteNode } from '../node-sources.ts'
import type { Transaction } from '../transaction.ts'
import { changeMembers } from './settings.ts'

export function addFlowOutcome(tx: Transaction, { outcome }: AddFlowOutcomeCommand): void {
  checkCode(tx, outcome.code)
  const { outcomes = [] } = tx.settings
  tx.setSettings({ ...tx.settings, outcomes: [...outcomes, outcome] })
}

export function changeFlowOutcome(tx: Transaction, { code, changes }: ChangeFlowOutcomeCommand): void {
  if (Object.hasOwn(changes, 'code')) {
    tx.refuse('edit.badCommand', { fault: 'a flow outcome gets another code by renameFlowOutcome' })
  }
  replaceOutcome(tx, code, (outcome) => changeMembers(tx, outcome, changes))
}

export function renameFlowOutcome(tx: Transaction, { code, to }: RenameFlowOutcomeCommand): void {
  if (code === to) {
    findOutcome(tx, code)
    return
  }
  replaceOutcome(tx, code, (outcome) => ({ ...outcome, code: to }))
  checkCode(tx, to, 2)
  for (const id of [...tx.ids('nodes')]) {
    const node = tx.node(id)
    const renamed = rewriteNode(node, tx.typeOf(node), { flowOutcome: (each) => (each === code ? to : each) })
    if (renamed !== node) tx.putNode(renamed)
  }
}

export function removeFlowOutcome(tx: Transaction, { code }: RemoveFlowOutcomeCommand): void {
  replaceOutcome(tx, code, () => undefined)
}

function replaceOutcome(
  tx: Transaction,
  code: string,
  change: (outcome: FlowOutcome) => FlowOutcome | undefined,
): void {
  const at = findOutcome(tx, code)
  const { outcomes = [] } = tx.settings
  const changed = change(outcomes[at]!)
  const list = outcomes.flatMap((each, index) => (index === at ? (changed ?? []) : each))
  tx.setSettings({ ...tx.settings, outcomes: list })
}

function findOutcome(tx: Transaction, code: string): number {
  const codes = (tx.settings.outcomes ?? []).map((outcome) => outcome.code)
  const at = codes.indexOf(code)
  if (at < 0) tx.refuse('edit.noFlowOutcome', { code, suggestion: nearest(code, codes) })
  return at
}

/** Refuses a code that no outcome can have, or that stands in the settings `most` times. */
function checkCode(tx: Transaction, code: string, most = 1): void {
  if (code === '' || code.length > 64 || isImplicitOutcome(code)) {
    tx.refuse('edit.badName', { name: code, of: 'a flow outcome' })
  }
  const { outcomes = [] } = tx.settings
  if (outcomes.filter((each) => each.code === code).length >= most)
    tx.refuse('edit.nameTaken', { name: code })
}
