import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

export interface TestedMutant {
  /** `file:line`. */
  readonly where: string
  readonly mutator: string
  readonly replacement: string
  readonly survived: boolean
}

interface MutantEvent {
  readonly fileName: string
  readonly location: { readonly start: { readonly line: number } }
  readonly mutatorName: string
  readonly replacement?: string
  readonly status: string
}

const FOUND = new Set(['Killed', 'Timeout'])
const MISSED = new Set(['Survived', 'NoCoverage'])

/** The mutants that Stryker's event recorder has written down so far; a file that was being written is left out. */
export function testedMutants(directory: string): readonly TestedMutant[] {
  if (!existsSync(directory)) return []
  const tested: TestedMutant[] = []
  for (const name of readdirSync(directory).sort()) {
    if (!name.endsWith('-onMutantTested.json')) continue
    const event = parse(readFileSync(join(directory, name), 'utf8'))
    if (event === undefined || !(FOUND.has(event.status) || MISSED.has(event.status))) continue
    tested.push({
      where: `${relative(process.cwd(), event.fileName)}:${event.location.start.line}`,
      mutator: event.mutatorName,
      replacement: event.replacement ?? '',
      survived: MISSED.has(event.status),
    })
  }
  return tested
}

/** How many of them the tests found, in percent; 100 where there is none. */
export function scoreOf(tested: readonly TestedMutant[]): number {
  if (tested.length === 0) return 100
  return (100 * tested.filter((mutant) => !mutant.survived).length) / tested.length
}

function parse(text: string): MutantEvent | undefined {
  try {
    return JSON.parse(text) as MutantEvent
  } catch {
    return undefined
  }
}
