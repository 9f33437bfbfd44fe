import { isKey } from '../../base/json.ts'
import { nearest } from '../../base/nearest.ts'
import type { Variable } from '../../document/flow-document.ts'
import { RESERVED_NAMES } from '../../expressions/scope.ts'
import type {
  AddVariableCommand,
  ChangeVariableCommand,
  RemoveVariableCommand,
  RenameVariableCommand,
} from '../command.ts'
import { renameInNode, renameInSource } from '../rename.ts'
import type { Transaction } from '../transaction.ts'
import { changeMembers } from './settings.ts'

export function addVariable(tx: Transaction, { variable }: AddVariableCommand): void {
  checkName(tx, variable.name)
  const { variables = [] } = tx.settings
  tx.setSettings({ ...tx.settings, variables: [...variables, variable] })
}

export function changeVariable(tx: Transaction, { name, changes }: ChangeVariableCommand): void {
  if (Object.hasOwn(changes, 'name')) {
    tx.refuse('edit.badCommand', { fault: 'a variable gets another name by renameVariable' })
  }
  replaceVariable(tx, name, (variable) => changeMembers(tx, variable, changes))
}

export function renameVariable(tx: Transaction, { name, to }: RenameVariableCommand): void {
  if (name === to) {
    findVariable(tx, name)
    return
  }
  replaceVariable(tx, name, (variable) => ({ ...variable, name: to }))
  checkName(tx, to, 2)
  const names = { variables: new Map([[name, to]]) }
  for (const id of [...tx.ids('nodes')]) {
    const node = tx.node(id)
    const renamed = renameInNode(node, names, tx.context)
    if (renamed !== node) tx.putNode(renamed)
  }
  const { duplicates } = tx.settings
  if (duplicates?.identifier === undefined) return
  const identifier = renameInSource(
    duplicates.identifier,
    'expression',
    names,
    tx.context,
    'The duplicate rule',
  )
  tx.setSettings({ ...tx.settings, duplicates: { ...duplicates, identifier } })
}

export function removeVariable(tx: Transaction, { name }: RemoveVariableCommand): void {
  replaceVariable(tx, name, () => undefined)
}

function replaceVariable(
  tx: Transaction,
  name: string,
  change: (variable: Variable) => Variable | undefined,
): void {
  const at = findVariable(tx, name)
  const { variables = [] } = tx.settings
  const changed = change(variables[at]!)
  const list = variables.flatMap((each, index) => (index === at ? (changed ?? []) : each))
  tx.setSettings({ ...tx.settings, variables: list })
}

function findVariable(tx: Transaction, name: string): number {
  const names = (tx.settings.variables ?? []).map((variable) => variable.name)
  const at = names.indexOf(name)
  if (at < 0) tx.refuse('edit.noVariable', { name, suggestion: nearest(name, names) })
  return at
}

/** Refuses a name that expressions could not read, or that stands in the settings `most` times. */
function checkName(tx: Transaction, name: string, most = 1): void {
  if (!isKey(name) || RESERVED_NAMES.has(name)) tx.refuse('edit.badName', { name, of: 'a variable' })
  const { variables = [] } = tx.settings
  if (variables.filter((each) => each.name === name).length >= most) tx.refuse('edit.nameTaken', { name })
}
