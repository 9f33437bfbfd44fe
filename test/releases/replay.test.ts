import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compile, type Executable, resume, type Session } from '../../src/index.ts'
import { palette } from '../../src/palette/index.ts'

const RELEASES = new URL('../fixtures/releases/', import.meta.url)

/** A session as a release wrote it, the text it took next, and what came of it then. */
interface Recorded {
  readonly session: Session
  readonly text: string
  readonly said: readonly string[]
  readonly outcome: string | null
}

// What users stored is readable for ever: these files are never written again, only added to.
describe.each(readdirSync(RELEASES))('what release %s left behind', (release) => {
  const read = (file: string) =>
    JSON.parse(readFileSync(new URL(`${release}/support.${file}.json`, RELEASES), 'utf8'))
  const program = compile(read('executable') as Executable, { nodes: palette })

  it('compiles: its document', () => {
    expect(compile(read('document') as object, { nodes: palette }).executable.behaviourHash).toBe(
      program.executable.behaviourHash,
    )
  })

  it.each(read('sessions') as Recorded[])(
    'goes on: its session %# with $text',
    ({ session, text, said, outcome }) => {
      const run = resume(program, session, { type: 'text', text }, { now: 2_000 })
      expect(run.effects.map((effect) => effect.text)).toEqual(said)
      expect(run.session.flowOutcome ?? null).toBe(outcome)
    },
  )
})
