import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/*
 * Flows that strangers drew. They stay where they are: the project neither ships them nor repeats their words, so tests
 * read what a flow should say out of the flow itself.
 */

const CORPORA = fileURLToPath(new URL('../../../shared/corpora/', import.meta.url))
const FOLDER = `${CORPORA}twilio-studio/`
const CONNECT = `${CORPORA}amazon-connect/`

export const missing = !existsSync(FOLDER)
export const missingConnect = !existsSync(CONNECT)

/** For the title of a suite that needs them. */
export const reason = missing ? ' (skipped: ../shared/corpora is not here)' : ''
export const reasonConnect = missingConnect ? ' (skipped: ../shared/corpora is not here)' : ''

interface ConnectTransition {
  readonly NextAction?: string
}

/** A contact flow, as far as tests look into it. */
export interface ConnectFile {
  readonly Actions: readonly {
    readonly Identifier: string
    readonly Type: string
    readonly Transitions: ConnectTransition & {
      readonly Conditions?: readonly (ConnectTransition & {
        readonly Condition: { readonly Operator: string; readonly Operands: readonly string[] }
      })[]
      readonly Errors?: readonly (ConnectTransition & { readonly ErrorType: string })[]
    }
  }[]
  readonly Metadata: { readonly ActionMetadata: { readonly [id: string]: { readonly position?: unknown } } }
}

export function connectFiles(): readonly string[] {
  return missingConnect ? [] : readdirSync(CONNECT).filter((name) => name.endsWith('.json'))
}

export function connectPath(name: string): string {
  return `${CONNECT}${name}`
}

export function readConnect(name: string): ConnectFile {
  return JSON.parse(readFileSync(connectPath(name), 'utf8'))
}

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
