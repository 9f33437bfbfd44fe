import type { Severity } from '../../diagnostics/diagnostic.ts'
import type { DataType } from '../../document/flow-document.ts'

/** All that the pages say by themselves, so that a host can say it in its own language. Plain text, no HTML. */
export interface ViewerWords {
  /** The language of these words, as a BCP 47 tag. */
  readonly language: string
  /** Which way its script runs. */
  readonly direction: 'ltr' | 'rtl'

  readonly readOnly: string
  /** Skips the head of the page; seen by who uses the keyboard. */
  readonly skip: string
  /** Names the list of links to the parts of the page. */
  readonly contents: string
  readonly version: (label: string) => string
  /** Stands before the time. */
  readonly saved: string
  /** An instant, from the ISO text that the page was given. */
  readonly instant: (iso: string) => string
  /** Both counts are 0 or more. */
  readonly found: (errors: number, warnings: number) => string
  /** What the page leaves out for everybody. */
  readonly leftOut: string

  readonly picture: string
  readonly pictureTooLarge: (nodes: number, connectors: number) => string

  readonly notes: string
  readonly noteOnFlow: string
  readonly noteOn: string

  readonly findings: string
  readonly severity: string
  readonly severities: { readonly [Each in Severity]: string }
  readonly place: string
  readonly wholeFlow: string
  readonly message: string
  /** Stands for a message about something that is not shown, which it could quote. */
  readonly messageWithheld: string

  readonly nodes: string
  readonly node: string
  readonly type: string
  readonly outcomes: string
  readonly leadsTo: string
  readonly notConnected: string
  readonly noOutcomes: string
  readonly noNodes: string

  readonly variables: string
  readonly name: string
  readonly initialValue: string
  readonly sensitive: string
  readonly sensitiveValue: string
  readonly noValue: string
  readonly types: { readonly [Each in DataType]: string }

  /** Stands below what is cut. */
  readonly more: (count: number) => string

  readonly passwordTitle: string
  readonly passwordHint: string
  readonly password: string
  readonly open: string
  readonly wrongPassword: string
  /** Without seconds where it is not known when. */
  readonly throttled: (seconds: number | undefined) => string

  readonly unavailableTitle: string
  readonly unavailable: string
}

const count = (n: number, one: string, many = `${one}s`) => `${grouped(n)} ${n === 1 ? one : many}`

/** The same wherever it runs, as the locales of a host need not be. */
const grouped = (n: number) => String(n).replace(/\B(?=(\d{3})+$)/g, ',')

/** What the pages say unless a host has words of its own. */
export const ENGLISH: ViewerWords = {
  language: 'en',
  direction: 'ltr',

  readOnly: 'Read-only',
  skip: 'Skip to the flow',
  contents: 'On this page',
  version: (label) => `Version ${label}`,
  saved: 'Saved',
  instant: (iso) => {
    const time = Date.parse(iso)
    return Number.isNaN(time) ? iso : `${new Date(time).toISOString().slice(0, 16).replace('T', ', ')} UTC`
  },
  found: (errors, warnings) => {
    const parts = [
      ...(errors > 0 ? [count(errors, 'error')] : []),
      ...(warnings > 0 ? [count(warnings, 'warning')] : []),
    ]
    return parts.length === 0 ? 'No errors or warnings' : parts.join(', ')
  },
  leftOut: 'Credentials and the values of sensitive variables are not part of this page.',

  picture: 'Picture',
  pictureTooLarge: (nodes, connectors) =>
    `There is no picture: ${count(nodes, 'node')} and ${count(connectors, 'connection')} are more than one can show.`,

  notes: 'Notes',
  noteOnFlow: 'On the flow',
  noteOn: 'On',

  findings: 'Errors and warnings',
  severity: 'Severity',
  severities: { error: 'Error', warning: 'Warning' },
  place: 'Where',
  wholeFlow: 'The flow',
  message: 'What is wrong',
  messageWithheld: 'Something that is not shown here is not as it should be.',

  nodes: 'Nodes',
  node: 'Node',
  type: 'Type',
  outcomes: 'Where it leads',
  leadsTo: 'leads to',
  notConnected: 'not connected',
  noOutcomes: 'Nothing follows.',
  noNodes: 'The flow has no nodes yet.',

  variables: 'Variables',
  name: 'Name',
  initialValue: 'Starts as',
  sensitive: 'Sensitive',
  sensitiveValue: 'not shown',
  noValue: 'empty',
  types: {
    text: 'Text',
    number: 'Number',
    boolean: 'Yes or no',
    date: 'Date',
    list: 'List',
    object: 'Object',
    any: 'Anything',
  },

  more: (n) => `And ${grouped(n)} more, which are not shown.`,

  passwordTitle: 'Shared flow',
  passwordHint: 'Enter the password that came with the link.',
  password: 'Password',
  open: 'Open',
  wrongPassword: 'That password is not right.',
  throttled: (seconds) => {
    const when =
      seconds === undefined ? 'later' : `in ${count(Math.max(1, Math.ceil(seconds / 60)), 'minute')}`
    return `Too many wrong passwords. Try again ${when}.`
  },

  unavailableTitle: 'This link cannot be opened',
  unavailable: 'It may have ended, or been switched off. Ask whoever sent it to you for another one.',
}
