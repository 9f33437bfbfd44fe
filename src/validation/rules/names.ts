import { isJsonObject, type JsonObject } from '../../base/json.ts'
import type { FlowNode, Logbook, TransitionAction } from '../../document/flow-document.ts'
import { isImplicitOutcome } from '../../nodes/events.ts'
import type { Fields } from '../../nodes/fields.ts'
import type { ConfigPath } from '../../nodes/visit-config.ts'
import { fixOf, short, type WithFix } from '../fixes/fix.ts'
import { fixField, fixLogbook, fixVariable } from '../fixes/name-fix.ts'
import { setActionAt } from '../fixes/source-fix.ts'
import type { NodeFacts } from '../node-facts.ts'
import type { NodeRule, Report } from '../rule.ts'
import { type Suggestion, suggest, suspectSignal } from '../suggest.ts'

/** What a node names exists: variables, logbooks, and the outcomes that its actions wait for. */
export const namesRule: NodeRule = {
  name: 'names',
  scope: 'node',
  reads: ['node', 'sources', 'settings'],
  check(facts, { settings, variables }, report) {
    const { node, type, config, namings } = facts
    if (namings.length === 0 && node.onEnter === undefined && node.onLeave === undefined) return
    const logbooks = settings.logbooks ?? []
    const checkVariable = (name: string, path: ConfigPath) => {
      if (variables.has(name)) return
      const meant = suggest(name, variables.keys())
      report(
        'variable.unknown',
        { node: node.id, path },
        { name, ...meant },
        fixVariable(name, path, meant.suggestion, facts, variables),
      )
    }
    for (const { of, name, path } of namings) {
      if (of === 'variable') checkVariable(name, path)
      else checkLog(name, path, recordsOf(type!.fields, config), facts, logbooks, report)
    }
    const checkActions = (actions: readonly TransitionAction[], at: ConfigPath) => {
      actions.forEach((action, index) => {
        const path = [...at, index]
        const target = 'set' in action ? 'set' : 'log'
        if (('set' in action ? action.set : action.log) === '') {
          const fix = fixOf('Remove the action', setActionAt(node, path))
          report('action.incomplete', { node: node.id, path: [...path, target] }, { target }, fix)
        } else if ('set' in action) checkVariable(action.set, [...path, 'set'])
        else {
          const records = [[[...path, 'fields'], action.fields as unknown as JsonObject]] as const
          checkLog(action.log, [...path, 'log'], records, facts, logbooks, report)
        }
      })
    }
    checkActions(node.onEnter ?? [], ['onEnter'])
    for (const outcome of Object.keys(node.onLeave ?? {}).sort()) {
      const actions = node.onLeave![outcome]!
      checkActions(actions, ['onLeave', outcome])
      checkOutcome(outcome, facts, report)
    }
  },
}

/** Actions wait for an outcome that the node has, or for a signal. */
function checkOutcome(outcome: string, { node, type, outcomes }: NodeFacts, report: Report): void {
  const isUnknown = type !== undefined && !isImplicitOutcome(outcome) && !outcomes.includes(outcome)
  const meant = isUnknown ? suggest(outcome, outcomes) : suspectSignal(outcome)
  if (meant === undefined) return
  const location = { node: node.id, path: ['onLeave', outcome] }
  report('action.unknownOutcome', location, { outcome, ...meant }, moveActions(node, outcome, meant))
}

/** Actions move to the outcome that was meant where it has none yet; those that never come about go. */
function moveActions(node: FlowNode, outcome: string, { suggestion }: Suggestion): WithFix {
  const { [outcome]: actions, ...others } = node.onLeave!
  if (suggestion === undefined || Object.hasOwn(others, suggestion)) {
    return fixOf('Remove the actions', { type: 'setActions', node: node.id, onLeave: others })
  }
  return fixOf(`Move the actions to ${short(suggestion)}`, {
    type: 'setActions',
    node: node.id,
    onLeave: { ...others, [suggestion]: actions! },
  })
}

/** The logbook that a node writes to is declared, and so are the fields that it writes, `records` by their paths. */
function checkLog(
  name: string,
  path: ConfigPath,
  records: readonly (readonly [ConfigPath, JsonObject])[],
  facts: NodeFacts,
  logbooks: readonly Logbook[],
  report: Report,
): void {
  const node = facts.node.id
  const index = logbooks.findIndex((each) => each.name === name)
  if (index < 0) {
    const meant = suggest(
      name,
      logbooks.map((each) => each.name),
    )
    const other = logbooks.find((each) => each.name === meant.suggestion)
    const fix = fixLogbook(path, other, records, facts)
    report('logbook.unknown', { node, path }, { name, ...meant }, fix)
    return
  }
  const { fields } = logbooks[index]!
  for (const [at, record] of records) {
    for (const field of Object.keys(record).sort()) {
      if (fields.includes(field)) continue
      const meant = suggest(field, fields)
      const fix = fixField([...at, field], record, meant.suggestion, { index, fields }, facts)
      report('logbook.unknownField', { node, path: [...at, field] }, { logbook: name, field, ...meant }, fix)
    }
  }
}

/** The records of a config whose names are fields of its logbook. */
function recordsOf(fields: Fields, config: JsonObject): readonly (readonly [ConfigPath, JsonObject])[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const value = config[name]
    return field.kind === 'record' && field.names === 'logbook' && isJsonObject(value)
      ? [[['config', name], value] as const]
      : []
  })
}
