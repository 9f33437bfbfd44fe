import type { DiagnosticEntry } from './entry.ts'

/** Faults that only a source in Liquid can have; the others it shares with CEL. */
export const LIQUID_DIAGNOSTICS: Readonly<Record<string, DiagnosticEntry>> = {
  'expression.unknownFilter': {
    severity: 'error',
    message: ({ name, suggestion }) =>
      `There is no filter "${name}".${suggestion === undefined ? '' : ` Did you mean ${suggestion}?`}`,
    cause:
      'The filter is not among those that Liquid has here; some read a clock or run code, and are left out.',
    mend: 'Correct the name; the list of filters is in the documentation of Liquid.',
  },
  'expression.unknownTag': {
    severity: 'error',
    message: ({ name, suggestion }) =>
      `The tag "${name}" cannot stand here.${suggestion === undefined ? '' : ` Did you mean ${suggestion}?`}`,
    cause:
      'Liquid has no such tag here, or it belongs inside of another one; tags that read files are left out.',
    mend: 'Correct the name, or open the block that it belongs to.',
  },
  'expression.unclosedTag': {
    severity: 'error',
    message: ({ name }) => `The tag "${name}" is not closed.`,
    cause: 'A tag ends with %}, and one that opens a block has an end tag, such as endif for if.',
    mend: 'Close it.',
  },
}
