import type { DiagnosticEntry } from './entry.ts'

/** What can be wrong with a flow among the others of its workspace: found when it is to be released (VAL-9). */
export const WORKSPACE_DIAGNOSTICS: { readonly [code: string]: DiagnosticEntry } = {
  'subflow.missing': {
    severity: 'error',
    message: (d) => `There is no flow ${d.flow} in the workspace`,
    cause: 'The node runs a flow that was deleted, that has another id, or that stands in another workspace.',
    mend: 'Choose another flow, or add the one that is missing and release it.',
  },
  'subflow.notReleased': {
    severity: 'error',
    message: (d) => notReleased(`The flow ${d.flow}, which this node runs,`, d.slot === 'official'),
    cause: 'Sessions run released versions alone, and the flow has none that they could run here.',
    mend: 'Release that flow first; to all contacts where this one is released to all.',
  },
  'exceptionFlow.missing': {
    severity: 'error',
    message: (d) =>
      d.flow === undefined
        ? `The workspace names no exception flow${FOR_MEDIUM[String(d.medium)] ?? ''}`
        : `There is no flow ${d.flow} in the workspace, which is named as its exception flow`,
    cause: 'A failing session goes on in the exception flow, and the policy asks for one.',
    mend: 'Add a flow of the role exception, release it and name it as the exception flow of the workspace.',
  },
  'exceptionFlow.notReleased': {
    severity: 'error',
    message: (d) => notReleased(`The exception flow ${d.flow}`, d.slot === 'official'),
    cause: 'Failing sessions go on in a released version of the exception flow, and there is none.',
    mend: 'Release the exception flow first; to all contacts where this flow is released to all.',
  },
}

const FOR_MEDIUM: { readonly [medium: string]: string } = {
  voice: ' for voice flows',
  messaging: ' for message flows',
}

function notReleased(what: string, toAll: boolean): string {
  return `${what} is not released${toAll ? ' to all contacts' : ''}`
}
