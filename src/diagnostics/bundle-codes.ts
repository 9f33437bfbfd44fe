import type { DiagnosticEntry } from './entry.ts'

/** What can be wrong with a file of flows that is to be imported, and what an import warns of. */
export const BUNDLE_DIAGNOSTICS: { readonly [code: string]: DiagnosticEntry } = {
  'bundle.notJson': {
    severity: 'error',
    message: (d) => `The text is not JSON: ${d.reason}`,
    cause: 'The file is cut off, is another format, or was edited by hand.',
    mend: 'Export the flows again.',
  },
  'bundle.json': {
    severity: 'error',
    message: (d) =>
      `Not acceptable as JSON data at ${d.at}: ${REASONS[String(d.reason)] ?? d.reason} (${d.got})`,
    cause:
      'The value is nested too deeply, is too large, refers to itself, names a prototype key or is not plain data.',
    mend: 'Export the flows again, fewer at a time where they are too many; what is exported has none of this.',
  },
  'bundle.notABundle': {
    severity: 'error',
    message: () => 'This is no bundle of flows',
    cause: 'The file holds JSON of another kind: a bundle has the member "format": "sluice-bundle".',
    mend: 'Give a file that was exported. A flow document by itself is read by parseDocument.',
  },
  'bundle.noSchema': {
    severity: 'error',
    message: (d) => `The bundle has no schema version; this release reads up to ${d.current}`,
    cause: 'The member schema is missing, or is no whole number from 1 on.',
    mend: 'Export the flows again.',
  },
  'bundle.newerSchema': {
    severity: 'error',
    message: (d) => `The bundle has schema ${d.schema}, this release reads up to ${d.current}`,
    cause: 'It was exported by a newer release.',
    mend: 'Upgrade the package that reads it.',
  },
  'bundle.noMigration': {
    severity: 'error',
    message: (d) => `There is no way from schema ${d.schema} to the current one`,
    cause: 'A migration is missing from this build.',
    mend: 'Upgrade the package that reads it.',
  },
  'bundle.unknownMember': {
    severity: 'error',
    message: (d) =>
      `${d.at} has an unknown member: ${d.name}${d.suggestion === undefined ? '' : ` (did you mean ${d.suggestion}?)`}`,
    cause: 'The file was changed after it was exported.',
    mend: 'Export the flows again; data of the host travels in the member meta of a flow, a node or a connector.',
  },
  'bundle.shape': {
    severity: 'error',
    message: (d) => `${d.at} should be ${d.expected}, and is ${d.got}`,
    cause: 'A member is missing, is too long or holds a value of another type.',
    mend: 'Export the flows again.',
  },
  'bundle.repeated': {
    severity: 'error',
    message: (d) => `${d.at} is a second flow with the id ${d.id}`,
    cause: 'Two flows of the bundle share an id, so that nobody can tell which one others call.',
    mend: 'Export the flows again; take one of the two out where the file was put together by hand.',
  },
  'bundle.noRoot': {
    severity: 'error',
    message: (d) => `${d.at} is ${d.root}, which is not the flow that stands at this place`,
    cause: 'The flows that were asked for stand first in a bundle, in the order in which it names them.',
    mend: 'Export the flows again.',
  },
  'bundle.range': {
    severity: 'error',
    message: (d) => `${d.at} is ${d.range}, which is no range of versions`,
    cause: 'The versions of a node type that will do are not written in semver.',
    mend: 'Give the node type a version in semver form where it is exported, and export again.',
  },
  'bundle.reference': {
    severity: 'error',
    message: (d) => `${d.at} does not lead to a field that names this flow of the bundle`,
    cause: 'A flow, or the list of the flows that it names, was changed after it was exported.',
    mend: 'Export the flows again.',
  },
  'bundle.hash': {
    severity: 'error',
    message: (d) => `The flow ${d.flow} does something else than what was exported`,
    cause: 'The flow was changed after it was exported, or the file was damaged on its way.',
    mend: 'Export the flow again; change it in an editor, before or after.',
  },
  'bundle.bidi': {
    severity: 'warning',
    message: (d) =>
      `A ${d.what} was written so that it shows something else than it says; it says: ${d.text}`,
    cause: 'The text holds characters that turn the direction of writing, and does not end what they begin.',
    mend: 'Read the text again: the characters have been taken out of it.',
  },
  'bundle.noteScript': {
    severity: 'warning',
    message: (d) => `The note ${d.note} holds a script; it is shown as text and never runs`,
    cause: 'Somebody wrote HTML into the note that would run in a browser.',
    mend: 'Take it out of the note, and ask where the file comes from.',
  },
  'bundle.noteLink': {
    severity: 'warning',
    message: (d) => `The note ${d.note} holds a link that is a script; it is shown as text and leads nowhere`,
    cause: 'Somebody wrote an address into the note that would run in a browser.',
    mend: 'Take it out of the note, and ask where the file comes from.',
  },
  'bundle.flowMissing': {
    severity: 'warning',
    message: (d) => `The node names the flow ${d.named}, which neither the bundle nor the workspace has`,
    cause: 'The flow was exported without the flows that it runs.',
    mend: 'Export it together with them, or choose a flow of this workspace.',
  },
  'bundle.segmentMissing': {
    severity: 'warning',
    message: (d) => `The flow starts with the segment ${d.named}, which the workspace does not have`,
    cause: 'Segments do not travel.',
    mend: 'Define the segment, or choose one of this workspace.',
  },
  'bundle.mediaFolderMissing': {
    severity: 'warning',
    message: (d) => `The recordings lie in the media folder ${d.named}, which the workspace does not have`,
    cause: 'Recordings and their folders do not travel.',
    mend: 'Define the folder and put the recordings there, or choose one of this workspace.',
  },
}

const REASONS: { readonly [reason: string]: string } = {
  'json.tooDeep': 'it is nested too deeply',
  'json.tooLarge': 'it is too large',
  'json.stringTooLong': 'a text in it is too long',
  'json.unsafeKey': 'a key could reach a prototype',
  'json.cyclic': 'it contains itself',
  'json.notPlain': 'it is not plain data',
}
