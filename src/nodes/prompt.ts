import type { JsonObject } from '../base/json.ts'
import type { Source } from '../document/flow-document.ts'
import type { Environment, EvaluationFault, Template } from '../expressions/types.ts'
import type { PromptContent } from './effects.ts'

/** A text: one template for all languages, or one for each, by BCP 47 tag. */
export type LocalisedSource = Source | { readonly texts: { readonly [language: string]: Source } }

/**
 * What is said to a contact, as it stands in a node's config: a template, or an object that tells what is shown,
 * what is spoken and what is played apart. The same shape serves messages and voice.
 */
export type PromptSource =
  | Source
  | {
      /** What is shown, and spoken where nothing else is; a prompt may do with the other parts alone. */
      readonly text?: LocalisedSource
      /** What is spoken where it differs from what is shown. */
      readonly speech?: LocalisedSource
      /** Name of a recording; language folders of one media folder hold it under equal names. */
      readonly audio?: string
      /** Address of a picture, document or video; a template. */
      readonly media?: Source
    }

/** The parts of a prompt that have text, in the order in which they are checked. */
export const PROMPT_PARTS = ['text', 'speech', 'media'] as const
export type PromptPart = (typeof PROMPT_PARTS)[number]

/** A prompt with its templates linked. */
export interface Prompt {
  render(env: Environment, language: string): PromptContent | EvaluationFault
}

/** The templates of one part by language; `''` stands for every language. */
export type LinkedPart = ReadonlyMap<string, Template>

/** Links a prompt whose templates are linked already; `fallback` is the flow's default language. */
export function linkPrompt(
  parts: { readonly [Part in PromptPart]?: LinkedPart },
  audio: string | undefined,
  fallback: string,
): Prompt {
  const only = parts.text?.get('')
  if (only !== undefined && parts.speech === undefined && parts.media === undefined && audio === undefined) {
    return {
      render(env) {
        const text = only(env)
        return typeof text === 'string' ? { text } : text
      },
    }
  }
  return {
    render(env, language) {
      const content: { -readonly [Part in keyof PromptContent]: PromptContent[Part] } = { text: '' }
      for (const part of PROMPT_PARTS) {
        const templates = parts[part]
        if (templates === undefined) continue
        const template = chooseTemplate(templates, language, fallback)
        const text = template?.(env)
        if (text === undefined) continue
        if (typeof text !== 'string') return text
        content[part] = text
      }
      if (audio !== undefined) content.audio = audio
      return content
    },
  }
}

/** The language itself, then without its region (`de-AT`, `de`), then the flow's default, then any. */
function chooseTemplate(templates: LinkedPart, language: string, fallback: string): Template | undefined {
  for (let tag = language; tag !== ''; tag = tag.slice(0, Math.max(tag.lastIndexOf('-'), 0))) {
    const template = templates.get(tag)
    if (template !== undefined) return template
  }
  return templates.get('') ?? templates.get(fallback) ?? templates.values().next().value
}

/** One template of a prompt: which part, in which language, and the path to it inside the prompt. */
export interface PromptTemplate {
  readonly part: PromptPart
  /** `''` for every language. */
  readonly language: string
  readonly source: Source
  readonly path: readonly string[]
}

/** The templates that a prompt holds; empty for a value that is no prompt. */
export function promptTemplates(value: unknown): readonly PromptTemplate[] {
  if (isSource(value)) return [{ part: 'text', language: '', source: value, path: [] }]
  if (typeof value !== 'object' || value === null) return []
  const found: PromptTemplate[] = []
  for (const part of PROMPT_PARTS) {
    const localised = (value as JsonObject)[part]
    if (isSource(localised)) found.push({ part, language: '', source: localised, path: [part] })
    else if (typeof localised === 'object' && localised !== null && 'texts' in localised) {
      const texts = (localised as { texts: unknown }).texts
      if (typeof texts !== 'object' || texts === null) continue
      for (const [language, source] of Object.entries(texts).sort(([a], [b]) => (a < b ? -1 : 1))) {
        if (isSource(source)) found.push({ part, language, source, path: [part, 'texts', language] })
      }
    }
  }
  return found
}

/** True for the text of an expression or template, in either form. */
export function isSource(value: unknown): value is Source {
  if (typeof value === 'string') return true
  if (typeof value !== 'object' || value === null) return false
  const { language, source } = value as { language?: unknown; source?: unknown }
  return typeof language === 'string' && typeof source === 'string'
}
