import type { JsonObject } from '../../../base/json.ts'
import type { Source } from '../../../document/flow-document.ts'
import { next } from '../shared/step.ts'
import type { TranslatedStep } from '../shared/translated.ts'
import { textOf } from '../shared/values.ts'
import { hasMarkup } from './scan-liquid.ts'
import type { StudioState } from './studio-flow.ts'
import { reportDropped, type WidgetContext } from './widget.ts'

/** Says something, plays a recording, or presses keys for the one at the other end. */
export function sayPlay(state: StudioState, context: WidgetContext): TranslatedStep {
  const { name, properties } = state
  const { texts, loss } = context
  const after = { next: next(state, 'audioComplete') }
  const [say, play, digits] = [properties.say, properties.play, properties.digits].map(
    (each) => textOf(each) || undefined,
  )
  if (say === undefined && play === undefined && digits !== undefined) {
    return {
      type: 'custom-effect@1',
      config: {
        effect: 'studio.play-digits',
        fields: { digits: texts.expression(digits, `${name}.digits`) },
      },
      targets: after,
    }
  }
  reportDropped(state, { ...voiceOf(context), digits: [] }, loss)
  return { type: 'send-message@1', config: { prompt: promptOf(properties, name, context) }, targets: after }
}

/** More would fill the line rather than say it again. */
const MAX_LOOPS = 10

/** What is said, or what is played where there is nothing to say; said again as often as `loop` asks for. */
export function promptOf(
  properties: StudioState['properties'],
  name: string,
  { texts }: WidgetContext,
): JsonObject | Source {
  const [say, play] = [textOf(properties.say) ?? '', textOf(properties.play) ?? '']
  const loops = Math.min(Math.max(Math.trunc(Number(properties.loop)) || 1, 1), MAX_LOOPS)
  if (say !== '') return texts.template(Array.from({ length: loops }, () => say).join(' '), `${name}.say`)
  if (play === '') return ''
  return hasMarkup(play)
    ? { media: texts.template(play, `${name}.play`) as JsonObject }
    : { text: '', audio: play }
}

/** What the host's voice does, with values that change nothing: those of Studio, and the language of the flow. */
export function voiceOf({ language }: WidgetContext): { readonly [property: string]: readonly string[] } {
  return { voice: ['alice', 'default'], language: language === undefined ? ['en', 'en-US'] : [language] }
}

/** The language that a flow speaks, where it speaks one alone. */
export function languageOf(states: readonly StudioState[]): string | undefined {
  const spoken = states.filter(({ type }) => type === 'say-play' || type === 'gather-input-on-call')
  const languages = new Set(spoken.map(({ properties }) => textOf(properties.language) || undefined))
  languages.delete(undefined)
  const [only] = languages
  return languages.size === 1 && /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/.test(only!) ? only : undefined
}
