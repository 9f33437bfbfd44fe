import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/*
 * Flows that strangers drew. They stay where they are: the project neither ships them nor repeats their words, so tests
 * read what a flow should say out of the flow itself.
 */

const FOLDER = fileURLToPath(new URL('../../../shared/corpora/twilio-studio/', import.meta.url))

export const missing = !existsSync(FOLDER)

/** For the title of a suite that needs them. */
export const reason = missing ? ' (skipped: ../shared/corpora is not here)' : ''

export function studioFiles(): readonly string[] {
  return missing ? [] : readdirSync(FOLDER).filter((name) => name.endsWith('.json'))
}

export interface Widget {
  readonly name: string
  readonly type: string
  readonly properties: { readonly [name: string]: unknown }
  readonly transitions: readonly { readonly event: string; readonly next?: string }[]
}

export interface StudioFile {
  readonly initial_state: string
  readonly states: readonly Widget[]
}

export function studioPath(name: string): string {
  return `${FOLDER}${name}`
}

export function readStudio(name: string): StudioFile {
  return JSON.parse(readFileSync(studioPath(name), 'utf8'))
}

/**
 * What a widget says, with its references filled in by hand: neither the importer nor Liquid has a part in it. Throws for
 * a reference that is not given, and for any other markup.
 */
export function words(
  flow: StudioFile,
  widget: string,
  values: { readonly [reference: string]: string } = {},
): string {
  const { properties } = flow.states.find(({ name }) => name === widget)!
  const text = String(properties.body ?? properties.say)
  return text.replace(/\{\{\s*(.*?)\s*\}\}|\{%/g, (markup, reference: string | undefined) => {
    const value = reference === undefined ? undefined : values[reference]
    if (value === undefined) throw new Error(`${widget} says ${markup}, for which no value is given`)
    return value
  })
}
