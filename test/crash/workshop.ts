import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Outcome } from './findings.ts'
import { makeOffice } from './office.ts'
import { STORIES } from './stories.ts'
import { World } from './world.ts'

/** What several runs share: the child's program, the database that each begins with, and what an undisturbed run comes to. */
export interface Workshop {
  readonly program: string
  readonly expected: readonly Outcome[]
  /** A database of its own, as it is before anything happens. */
  newFile(): string
  /** Removes everything. */
  close(): void
}

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url))

/** `contacts`: how many people there are to play stories. */
export async function openWorkshop(contacts: number): Promise<Workshop> {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-crash-'))
  mkdirSync(CACHE, { recursive: true })
  // Where the driver can be found from. One bundle loads several times as fast as the sources.
  const programs = mkdtempSync(join(CACHE, 'crash-'))
  const program = join(programs, 'child.cjs')
  const close = () => {
    rmSync(folder, { recursive: true, force: true })
    rmSync(programs, { recursive: true, force: true })
  }
  try {
    await build({
      entryPoints: [fileURLToPath(new URL('child.ts', import.meta.url))],
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      external: ['libsql'],
      logLevel: 'error',
    })
    const template = join(folder, 'office.db')
    await makeOffice(template, contacts)
    let files = 0
    const newFile = () => {
      const file = join(folder, `run-${++files}.db`)
      copyFileSync(template, file)
      return file
    }
    return { program, expected: await playUndisturbed(program, newFile()), newFile, close }
  } catch (error) {
    close()
    throw error
  }
}

/** Every story once, with nobody killed. */
async function playUndisturbed(program: string, file: string): Promise<readonly Outcome[]> {
  const world = new World({ program, file })
  try {
    const numbers = STORIES.keys()
    await world.play(() => numbers.next().value)
    const ledger = await world.settle()
    if (ledger === undefined) throw new Error(`The undisturbed run failed: ${JSON.stringify(world.findings)}`)
    return STORIES.map((_, number) => world.outcome(number, ledger))
  } finally {
    await world.close()
  }
}
