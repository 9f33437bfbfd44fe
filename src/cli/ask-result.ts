import { checkJson } from '../base/check-json.ts'
import type { Json } from '../base/json.ts'
import type { Effect } from '../nodes/effects.ts'
import type { EffectResult } from '../testing/effect-mocks.ts'
import { plain } from './io.ts'
import type { PromptPlace, Prompts } from './prompts.ts'
import { describeEffect } from './text-output.ts'

interface Choice {
  readonly value: string
  readonly label: string
}

const FAILURES: readonly Choice[] = [
  { value: 'failed', label: 'It cannot be done' },
  { value: 'timeout', label: 'No answer in time' },
]

/** What a person can let an awaited effect come to, by its type. */
const CHOICES: { readonly [type: string]: readonly Choice[] } = {
  'http.request': [
    { value: 'body', label: 'Success, with a body' },
    { value: 'status', label: 'An HTTP error' },
    ...FAILURES,
  ],
  transfer: [
    { value: 'connected', label: 'Connected' },
    { value: 'busy', label: 'Busy' },
    { value: 'noAnswer', label: 'No answer' },
    { value: 'failed', label: 'It cannot be done' },
  ],
  'call.place': [
    { value: 'answered', label: 'Answered' },
    { value: 'busy', label: 'Busy' },
    { value: 'noAnswer', label: 'No answer' },
    { value: 'failed', label: 'It cannot be done' },
  ],
}

const ANY: readonly Choice[] = [{ value: 'body', label: 'Success' }, ...FAILURES]

/** Asks what an awaited effect came to; `undefined` where the prompt was cancelled or its time is over. */
export async function askResult(
  effect: Effect | undefined,
  prompts: Prompts,
  place: PromptPlace,
): Promise<EffectResult | undefined> {
  const options = [...(CHOICES[effect?.type ?? ''] ?? ANY)]
  const message = effect === undefined ? 'What does the effect come to?' : plain(describeEffect(effect))
  const chosen = await prompts.select({ message, options, ...place })
  if (prompts.isCancel(chosen)) return undefined
  switch (chosen) {
    case 'body':
      return askBody(prompts, place)
    case 'status':
      return askStatus(prompts, place)
    case 'failed':
    case 'timeout':
      return { error: chosen }
    default:
      return { status: 200, body: { result: chosen } }
  }
}

async function askBody(prompts: Prompts, place: PromptPlace): Promise<EffectResult | undefined> {
  const typed = await prompts.text({
    message: 'Body',
    placeholder: 'JSON, or plain text',
    validate: (text) =>
      checkJson(parseBody(text ?? '')) === undefined ? undefined : 'This is not acceptable as JSON',
    ...place,
  })
  return prompts.isCancel(typed) ? undefined : { status: 200, body: parseBody(typed ?? '') }
}

async function askStatus(prompts: Prompts, place: PromptPlace): Promise<EffectResult | undefined> {
  const typed = await prompts.text({
    message: 'Status',
    initialValue: '500',
    validate: (text) => (/^[1-5]\d\d$/.test(text ?? '') ? undefined : 'Type a status such as 404 or 500'),
    ...place,
  })
  return prompts.isCancel(typed) ? undefined : { status: Number(typed) }
}

/** What is no JSON is a text. */
function parseBody(text: string): Json {
  if (text.trim() === '') return null
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
