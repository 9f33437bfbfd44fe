import { isJsonObject, type JsonObject } from '../../../base/json.ts'
import { lose } from '../shared/report.ts'
import type { Target, TranslatedStep } from '../shared/translated.ts'
import { textOf } from '../shared/values.ts'
import { type ActionContext, errorOf, nextOf, reportUnused, secondsOf } from './action.ts'
import { branchOn } from './branch.ts'
import { type ConnectAction, objectAt } from './connect-flow.ts'
import { promptOf } from './prompts.ts'

/** A call may wait for keys without a word. */
const SILENCE = '{{ "" }}'

/** What a menu has as options: keys, or a word of them. */
const KEYS = /^[0-9*#]{1,20}$/

/** The most options that a menu has. */
const MAX_OPTIONS = 50

/** Asks for a key or for a number. What is stored is a number of many keys; what is not, chooses the way on. */
export function getInput(action: ConnectAction, context: ActionContext): TranslatedStep {
  const { name, properties } = action
  const { texts, loss } = context
  const prompt = promptOf(properties, name, texts)
  const asked = prompt === '' || (typeof prompt === 'string' && prompt.trim() === '') ? SILENCE : prompt
  reportUnused(name, objectAt(properties, 'DTMFConfiguration'), DTMF, loss)
  const seconds = secondsOf(action, 'InputTimeLimitSeconds', loss)
  const timeout = seconds === undefined ? {} : { timeout: seconds }
  return textOf(properties.StoreInput)?.toLowerCase() === 'true'
    ? storeInput(action, { prompt: asked, ...timeout }, context)
    : chooseByInput(action, { prompt: asked, ...timeout }, context)
}

/** What a phone does anyway. */
const DTMF = {
  InputTerminationSequence: ['#'],
  DisableCancelKey: ['false'],
  InterdigitTimeLimitSeconds: ['5'],
}

function storeInput(action: ConnectAction, config: JsonObject, context: ActionContext): TranslatedStep {
  const { name, properties } = action
  const { names, loss } = context
  const variable = names.own('StoredCustomerInput')
  const validation = objectAt(properties, 'InputValidation')
  const length = Math.trunc(Number(objectAt(validation, 'CustomValidation').MaximumLength))
  const phone = validation.PhoneNumberValidation
  if (isJsonObject(phone)) {
    reportUnused(name, phone, { CountryCode: [] }, loss)
    lose(loss, name, 'A number is checked by its form alone, and kept as it is typed')
  }
  reportUnused(
    name,
    { InputEncryption: properties.InputEncryption ?? properties.EncryptionConfiguration },
    ENCRYPTED,
    loss,
  )
  const form = isJsonObject(phone)
    ? { pattern: '^[0-9]{4,15}$' }
    : length > 0
      ? { maxLength: Math.min(length, 1_000) }
      : {}
  const invalid = errorOf(action, 'InvalidPhoneNumber', 'NoMatchingError')
  const stored = nextOf(action)
  const silent = config.timeout !== undefined
  // Silence is stored as a word, which the flow looks for where it minds.
  return {
    type: 'collect-input@1',
    config: { ...config, accept: 'digits', variable, ...form },
    targets: { valid: stored, invalid, ...(silent ? { timeout: timeoutTarget(action) ?? stored } : {}) },
    ...(silent ? { onLeave: { timeout: [{ set: variable, to: '"Timeout"' }] } } : {}),
  }
}

const ENCRYPTED = { InputEncryption: [] }

function timeoutTarget(action: ConnectAction): string | undefined {
  return errorOf(action, 'InputTimeLimitExceeded')
}

function chooseByInput(action: ConnectAction, config: JsonObject, context: ActionContext): TranslatedStep {
  const { name, conditions } = action
  const silent = config.timeout !== undefined
  const noMatch = errorOf(action, 'NoMatchingCondition', 'NoMatchingError') ?? nextOf(action)
  const late = silent ? { timeout: timeoutTarget(action) ?? noMatch } : {}
  const options = new Map<string, Target>()
  for (const { operator, operands, next } of conditions) {
    const [key = ''] = operands
    if (operator !== 'Equals' || operands.length !== 1 || !KEYS.test(key)) break
    if (!options.has(key)) options.set(key, next)
  }
  const isMenu = options.size > 0 && options.size === conditions.length && options.size <= MAX_OPTIONS
  if (isMenu)
    return {
      type: 'menu@1',
      config: { ...config, options: [...options.keys()].map((value) => ({ value })) },
      targets: { ...Object.fromEntries(options), noMatch, ...late },
    }
  const valid = conditions.length === 0 ? noMatch : { node: context.names.freshNode(`${name}_choice`) }
  const node = context.names.nodeOf(name)!
  const branch = branchOn(`default(nodes.${node}.value, "")`, action, noMatch, context)
  return {
    type: 'collect-input@1',
    config,
    targets: { valid, ...late },
    ...(typeof valid === 'object' ? { beside: [{ id: valid.node, ...branch }] } : {}),
  }
}
