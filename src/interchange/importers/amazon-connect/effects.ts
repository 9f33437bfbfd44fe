import type { Json, JsonObject } from '../../../base/json.ts'
import { isUnsafeKey } from '../../../base/json.ts'
import type { TransitionAction } from '../../../document/flow-document.ts'
import { quote } from '../shared/reference.ts'
import { lose } from '../shared/report.ts'
import type { Target, TranslatedNode, TranslatedStep } from '../shared/translated.ts'
import { durationOf } from '../shared/values.ts'
import { type ActionContext, errorOf, nextOf } from './action.ts'
import { branchOn } from './branch.ts'
import type { ConnectAction } from './connect-flow.ts'
import { EFFECT_ACTIONS, effectOf } from './effect-actions.ts'
import { filledBy } from './namespaces.ts'
import { memberOf } from './references.ts'
import { MAX_EXPRESSION } from './texts.ts'

/** Names of outcomes that a node has anyway. */
const TAKEN = new Set(['failed', 'timeout', 'next'])

/** What Connect calls a wait that took too long. */
const LATE = ['TimeLimitExceeded', 'InputTimeLimitExceeded']

/** More outcomes than this no node has. */
const MAX_OUTCOMES = 40

/**
 * An action that the host does: an effect with the action's parameters. Where something comes of it, the host answers
 * with `{ "outcome": … }`: a result that the flow asks for, the type of an error, or `done`.
 */
export function hostEffect(action: ConnectAction, context: ActionContext): TranslatedStep {
  const { name, type, conditions, errors } = action
  const { waits = false, timeout } = EFFECT_ACTIONS[type] ?? {}
  const effect = effectOf(type)
  context.loss.push({
    severity: 'warning',
    code: 'import.effect',
    where: name,
    message: `The host has to do ${effect}, for which there is no node`,
  })
  const fields = fieldsOf(action, context)
  const config = { effect, ...(Object.keys(fields).length === 0 ? {} : { fields }) }
  const goesOn = nextOf(action)
  const leadsApart = [...errors.values()].some((target) => target !== undefined && target !== goesOn)
  if (!waits && !leadsApart && conditions.length === 0)
    return { type: 'custom-effect@1', config, targets: { next: goesOn } }
  const named = outcomesOf(action)
  const split = named === undefined ? context.names.freshNode(`${name}_result`) : undefined
  const outcomes = named ?? new Map<string, Target>([['done', { node: split! }]])
  const duration = timeout === undefined ? undefined : durationOf(action.properties[timeout])
  const failed = errorOf(action, 'NoMatchingError') ?? (goesOn === undefined ? undefined : lateTarget(action))
  const targets = {
    ...Object.fromEntries(outcomes),
    failed,
    ...(duration === undefined ? {} : { timeout: lateTarget(action) ?? failed }),
  }
  return {
    type: 'custom-effect@1',
    config: {
      ...config,
      outcomes: [...outcomes.keys()].map((outcome) => ({ name: outcome })),
      ...(duration === undefined ? {} : { timeout: duration }),
    },
    targets,
    ...keeping(action, [...outcomes.keys()], context),
    ...(split === undefined ? {} : { beside: [{ id: split, ...branchOnResult(action, context) }] }),
  }
}

function lateTarget(action: ConnectAction): string | undefined {
  return errorOf(action, ...LATE)
}

/** What can come of the work, each with where it leads; `undefined` where a result has to be compared. */
function outcomesOf(action: ConnectAction): Map<string, Target> | undefined {
  const { conditions, errors } = action
  const outcomes = new Map<string, Target>()
  for (const { operator, operands, next } of conditions) {
    const [result = ''] = operands
    const isName = operator === 'Equals' && operands.length === 1 && isOutcome(result)
    if (!isName || outcomes.size === MAX_OUTCOMES) return undefined
    if (!outcomes.has(result)) outcomes.set(result, next)
  }
  for (const [error, target] of errors)
    if (error !== 'NoMatchingError' && isOutcome(error) && !outcomes.has(error)) outcomes.set(error, target)
  const led = new Set([...outcomes.values(), ...errors.values()])
  const goesOn = nextOf(action)
  if (
    outcomes.size === 0 ||
    (conditions.length === 0 && !errors.has('NoMatchingCondition')) ||
    !led.has(goesOn)
  )
    outcomes.set(outcomes.has('done') ? 'done 2' : 'done', goesOn)
  return outcomes
}

function isOutcome(name: string): boolean {
  return (
    name.trim() !== '' &&
    name.length <= 64 &&
    !name.startsWith('on:') &&
    !isUnsafeKey(name) &&
    !TAKEN.has(name) &&
    !name.includes('$.')
  )
}

/** The host tells the result as `result`, beside the outcome `done`. */
function branchOnResult(action: ConnectAction, context: ActionContext): TranslatedNode {
  const node = context.names.nodeOf(action.name)!
  const otherwise = errorOf(action, 'NoMatchingCondition') ?? nextOf(action)
  return branchOn(`string(default(nodes.${node}.body.result, ""))`, action, otherwise, context)
}

/** Where several actions fill one root, a variable holds what the last of them left, of each part where they share it. */
export function keeping(
  action: Pick<ConnectAction, 'name' | 'type'>,
  outcomes: readonly string[],
  { names, roots }: ActionContext,
): Pick<TranslatedNode, 'onLeave'> {
  const set = (variable: string, to: string): Pick<TranslatedNode, 'onLeave'> => {
    const step: readonly TransitionAction[] = [{ set: variable, to }]
    return { onLeave: Object.fromEntries(outcomes.map((outcome) => [outcome, step])) }
  }
  const body = `nodes.${names.nodeOf(action.name)!}.body`
  const root = filledBy(action)
  const place = root === undefined ? undefined : roots.get(root)
  if (root === undefined || place === undefined || !('variable' in place)) return {}
  const variable = names.own(root, { any: true })
  const parts = (place.parts ?? [])
    .filter((part) => !isUnsafeKey(part))
    .map((part) => {
      const member = memberOf(part)
      return `${quote(part)}: default(${body}${member}, default(${variable}${member}, null))`
    })
  const merged = `{${parts.join(', ')}}`
  return set(variable, parts.length === 0 || merged.length > MAX_EXPRESSION ? body : merged)
}

const MAX_FIELDS = 50

/** Parameters as expressions; what is longer than an expression may be comes in several fields. */
function fieldsOf({ name, properties }: ConnectAction, { texts, loss }: ActionContext): JsonObject {
  const fields = new Map<string, string>()
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === '' || isUnsafeKey(key)) continue
    const parts = partsOf(value, (each) => texts.value(each, `${name}.${key}`))
    parts.forEach((part, index) => {
      const field = index === 0 ? key : `${key}_${index + 1}`
      if (part.length > MAX_EXPRESSION || fields.size === MAX_FIELDS)
        lose(loss, `${name}.${key}`, 'There is more in it than an effect can carry; it is left out')
      else fields.set(field, part)
    })
  }
  return Object.fromEntries(fields)
}

/** An expression, or several where an object or a list is too long for one. */
function partsOf(value: Json | undefined, write: (value: Json | undefined) => string): readonly string[] {
  const whole = write(value)
  if (whole.length <= MAX_EXPRESSION || typeof value !== 'object' || value === null) return [whole]
  const entries: readonly Json[] = Array.isArray(value)
    ? value
    : Object.entries(value).map(([key, member]) => ({ [key]: member }) as JsonObject)
  const parts: string[] = []
  let rest: Json[] = []
  let length = 2
  const close = () => {
    if (rest.length > 0) parts.push(write(Array.isArray(value) ? rest : Object.assign({}, ...rest)))
    rest = []
    length = 2
  }
  for (const entry of entries) {
    const own = write(entry).length
    if (length + own > MAX_EXPRESSION) close()
    rest.push(entry)
    length += own + 2
  }
  close()
  return parts
}
