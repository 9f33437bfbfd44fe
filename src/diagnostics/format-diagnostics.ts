import type { Diagnostic } from './diagnostic.ts'

/** One line for a terminal: severity, place, message and code. */
export function formatDiagnostic({ severity, location, message, code }: Diagnostic): string {
  const place = [
    location.node,
    location.outcome === undefined ? undefined : `outcome ${location.outcome}`,
    location.node === undefined && location.connector !== undefined
      ? `connector ${location.connector}`
      : undefined,
    location.path === undefined || location.path.length === 0 ? undefined : location.path.join('.'),
    location.range === undefined ? undefined : `at character ${location.range.start + 1}`,
  ].filter((part) => part !== undefined)
  return `${severity}${place.length === 0 ? '' : ` ${place.join(', ')}`}: ${message} [${code}]`
}

/** Diagnostics as lines, errors first, and a last line that counts them. */
export function formatDiagnostics(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter((each) => each.severity === 'error')
  const warnings = diagnostics.filter((each) => each.severity === 'warning')
  return [...[...errors, ...warnings].map(formatDiagnostic), countLine(errors.length, warnings.length)].join(
    '\n',
  )
}

function countLine(errors: number, warnings: number): string {
  const count = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`
  return `${count(errors, 'error')}, ${count(warnings, 'warning')}`
}
