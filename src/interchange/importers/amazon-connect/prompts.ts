import type { JsonObject } from '../../../base/json.ts'
import { textOf } from '../shared/values.ts'
import { objectAt } from './connect-flow.ts'
import { isDynamic, wholePath } from './paths.ts'
import type { ConnectTexts } from './texts.ts'

/** What is said to a contact: words, words with marks for the voice, or a recording. Empty where nothing is given. */
export function promptOf(properties: JsonObject, name: string, texts: ConnectTexts): JsonObject | string {
  const text = textOf(properties.Text) ?? ''
  if (text !== '') return texts.template(text, `${name}.Text`)
  const ssml = textOf(properties.SSML) ?? ''
  if (ssml !== '') return spoken(ssml, `${name}.SSML`, texts)
  const audio = textOf(properties.PromptId) || textOf(objectAt(properties, 'Media').Uri) || ''
  if (audio === '') return ''
  return isDynamic(audio)
    ? { media: texts.template(audio, `${name}.PromptId`) }
    : { text: '', audio: audio.slice(0, 2_000) }
}

/** What is shown has no marks for the voice; where a path gives the whole text, nobody knows what is in it. */
function spoken(ssml: string, where: string, texts: ConnectTexts): JsonObject | string {
  const speech = texts.template(ssml, where)
  if (wholePath(ssml) !== undefined) return speech
  const plain = ssml
    .replace(/<[^<>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  const words = plain.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name]!)
  return { text: texts.template(words, where), speech }
}

const ENTITIES: { readonly [name: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
