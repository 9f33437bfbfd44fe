import { isJsonObject, type JsonObject } from '../../base/json.ts'
import type { Logbook, TransitionAction } from '../../document/flow-document.ts'
import { isImplicitOutcome } from '../../nodes/events.ts'
import type { Fields } from '../../nodes/fields.ts'
import type { ConfigPath } from '../../nodes/visit-config.ts'
import type { NodeRule, Report } from '../rule.ts'
import { suggest, suspectSignal } from '../suggest.ts'

/** What a node names exists: variables, logbooks, and the outcomes that its actions wait for. */
export const namesRule: NodeRule = {
  name: 'names',
  scope: 'node',
  reads: ['node', 'settings'],
  check({ node, type, config, outcomes, namings }, { settings, variables }, report) {
    if (namings.length === 0 && node.onEnter === undefined && node.onLeave === undefined) return
    const logbooks = settings.logbooks ?? []
    const checkVariable = (name: string, path: ConfigPath) => {
      if (!variables.has(name))
        report('variable.unknown', { node: node.id, path }, { name, ...suggest(name, variables.keys()) })
    }
    for (const { of, name, path } of namings) {
      if (of === 'variable') checkVariable(name, path)
      else {
        const logbook = findLogbook(name, logbooks, { node: node.id, path }, report)
        for (const [record, fields] of recordsOf(type!.fields, config)) {
          if (logbook !== undefined)
            checkLogFields(logbook, Object.keys(fields), { node: node.id, path: ['config', record] }, report)
        }
      }
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
  { node, path }: Place,
  report: Report,
): void {
  const logbook = findLogbook(log, logbooks, { node, path: [...path, 'log'] }, report)
  if (logbook !== undefined)
    checkLogFields(logbook, Object.keys(fields), { node, path: [...path, 'fields'] }, report)
}

interface Place {
  readonly node: string
  readonly path: ConfigPath
}

function findLogbook(
  name: string,
  logbooks: readonly Logbook[],
  place: Place,
  report: Report,
): Logbook | undefined {
  const logbook = logbooks.find((each) => each.name === name)
  const names = logbooks.map((each) => each.name)
  if (logbook === undefined) report('logbook.unknown', place, { name, ...suggest(name, names) })
  return logbook
}

function checkLogFields(
  { name, fields }: Logbook,
  written: readonly string[],
  { node, path }: Place,
  report: Report,
): void {
  for (const field of written) {
    if (fields.includes(field)) continue
    const details = { logbook: name, field, ...suggest(field, fields) }
    report('logbook.unknownField', { node, path: [...path, field] }, details)
  }
}

/** The records of a config whose names are fields of its logbook. */
function recordsOf(fields: Fields, config: JsonObject): readonly (readonly [string, JsonObject])[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const value = config[name]
    return field.kind === 'record' && field.names === 'logbook' && isJsonObject(value)
      ? [[name, value] as const]
      : []
  })
}
