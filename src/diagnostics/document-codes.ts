import type { DiagnosticEntry } from './entry.ts'

/** What can keep a file or a value from being read as a flow document. */
export const DOCUMENT_DIAGNOSTICS: { readonly [code: string]: DiagnosticEntry } = {
  'document.notJson': {
    severity: 'error',
    message: (d) => `The text is not JSON: ${d.reason}`,
    cause: 'The file is cut off, is another format, or was edited by hand.',
    mend: 'Check the file with a JSON editor, or export the flow again.',
  },
  'document.notAnObject': {
    severity: 'error',
    message: (d) => `A flow document is an object, this is ${d.got}`,
    cause: 'The file holds JSON of another kind.',
    mend: 'Give the file that holds one flow document.',
  },
  'document.json': {
    severity: 'error',
    message: (d) =>
      `Not acceptable as JSON data at ${d.at}: ${REASONS[String(d.reason)] ?? d.reason} (${d.got})`,
    cause:
      'The value is nested too deeply, is too large, refers to itself, names a prototype key or is not plain data.',
    mend: 'Pass plain JSON within the limits; flow documents that people draw stay far below them.',
  },
  'document.noSchema': {
    severity: 'error',
    message: (d) => `The document has no schema version; this release reads up to ${d.current}`,
    cause: 'The file is not a Sluice flow, or its first member is missing.',
    mend: 'Add "schema": 1, or give a foreign flow in a format that an importer reads.',
  },
  'document.newerSchema': {
    severity: 'error',
    message: (d) => `The document has schema ${d.schema}, this release reads up to ${d.current}`,
    cause: 'It was written by a newer release.',
    mend: 'Upgrade the package that reads it.',
  },
  'document.noMigration': {
    severity: 'error',
    message: (d) => `There is no way from schema ${d.schema} to the current one`,
    cause: 'A migration is missing from this build.',
    mend: 'Upgrade the package that reads it.',
  },
  'document.unknownMember': {
    severity: 'error',
    message: (d) =>
      `${d.at} has an unknown member: ${d.name}${d.suggestion === undefined ? '' : ` (did you mean ${d.suggestion}?)`}`,
    cause: 'A member is misspelt, or data of the host stands outside of meta.',
    mend: 'Correct the name, or move the data into meta.',
  },
  'document.shape': {
    severity: 'error',
    message: (d) => `${d.at} should be ${d.expected}, and is ${d.got}`,
    cause: 'A member is missing or holds a value of another type.',
    mend: 'Give the member the shape that the document schema names.',
  },
  'document.repeated': {
    severity: 'error',
    message: (d) => `${d.at} repeats the ${d.what} ${d.name}`,
    cause: 'Two entries share a name that must be unique.',
    mend: 'Rename or remove one of them.',
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
