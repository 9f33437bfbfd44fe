import type { Logbook, TransitionAction } from '../../document/flow-document.ts'
import { isImplicitOutcome } from '../../nodes/events.ts'
import { type ConfigPath, visitConfig } from '../../nodes/visit-config.ts'
import type { NodeRule, Report } from '../rule.ts'
import { suggest, suspectSignal } from '../suggest.ts'

/** What a node names exists: variables, logbooks, and the outcomes that its actions wait for. */
export const namesRule: NodeRule = {
  name: 'names',
  scope: 'node',
  reads: ['node', 'settings'],
  check({ node, type, config, outcomes }, { document, variables }, report) {
    const logbooks = document.settings.logbooks ?? []
    const checkVariable = (name: string, path: ConfigPath) => {
      if (!variables.has(name))
        report('variable.unknown', { node: node.id, path }, { name, ...suggest(name, variables.keys()) })
    }
    if (type !== undefined) {
      visitConfig(type.fields, config, (field, value, path) => {
        if (field.kind === 'variable' && typeof value === 'string' && value !== '')
          checkVariable(value, ['config', ...path])
      })
    }
    const checkActions = (actions: readonly TransitionAction[], at: ConfigPath) => {
      actions.forEach((action, index) => {
        const path = [...at, index]
        const target = 'set' in action ? 'set' : 'log'
        if (('set' in action ? action.set : action.log) === '')
          report('action.incomplete', { node: node.id, path: [...path, target] }, { target })
        else if ('set' in action) checkVariable(action.set, [...path, 'set'])
        else checkLog(action, logbooks, { node: node.id, path }, report)
      })
    }
    checkActions(node.onEnter ?? [], ['onEnter'])
    for (const [outcome, actions] of Object.entries(node.onLeave ?? {})) {
      const path = ['onLeave', outcome]
      checkActions(actions, path)
      if (isImplicitOutcome(outcome)) {
        const suspect = suspectSignal(outcome)
        if (suspect !== undefined)
          report('action.unknownOutcome', { node: node.id, path }, { outcome, ...suspect })
      } else if (type !== undefined && !outcomes.includes(outcome)) {
        const details = { outcome, ...suggest(outcome, outcomes) }
        report('action.unknownOutcome', { node: node.id, path }, details)
      }
    }
  },
}

function checkLog(
  { log, fields }: Extract<TransitionAction, { log: string }>,
  logbooks: readonly Logbook[],
  { node, path }: { node: string; path: ConfigPath },
  report: Report,
): void {
  const logbook = logbooks.find(({ name }) => name === log)
  if (logbook === undefined) {
    report(
      'logbook.unknown',
      { node, path: [...path, 'log'] },
      {
        name: log,
        ...suggest(
          log,
          logbooks.map(({ name }) => name),
        ),
      },
    )
    return
  }
  for (const field of Object.keys(fields)) {
    if (logbook.fields.includes(field)) continue
    report(
      'logbook.unknownField',
      { node, path: [...path, 'fields', field] },
      {
        logbook: log,
        field,
        ...suggest(field, logbook.fields),
      },
    )
  }
}
