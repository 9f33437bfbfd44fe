import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { liquid } from '../../src/adapters/liquid/index.ts'
import { compile, type Executable, resume, type Session, type SessionEvent } from '../../src/index.ts'
import { isMessage } from '../../src/nodes/index.ts'
import { palette } from '../../src/palette/index.ts'

const RELEASES = new URL('../fixtures/releases/', import.meta.url)

/** A session as a release wrote it, what came next, and what came of it then. */
interface Recorded {
  readonly session: Session
  /** The first files hold texts that came at 2,000 alone. */
  readonly text?: string
  readonly event?: SessionEvent
  /** When it came, in milliseconds since 1970. */
  readonly now?: number
  readonly said: readonly string[]
  readonly outcome: string | null
  /** Where the session stood afterwards. */
  readonly after?: { readonly status: string; readonly node: string }
}

const kept = readdirSync(RELEASES).flatMap((release) =>
  readdirSync(new URL(`${release}/`, RELEASES))
    .filter((file) => file.endsWith('.document.json'))
    .map((file) => [release, file.replace('.document.json', '')] as const),
)

// What users stored is readable for ever: these files are never written again, only added to.
describe.each(kept)('what release %s left behind of %s', (release, flow) => {
  const read = (file: string) =>
    JSON.parse(readFileSync(new URL(`${release}/${flow}.${file}.json`, RELEASES), 'utf8'))
  const options = { nodes: palette, languages: [liquid] }
  const program = compile(read('executable') as Executable, options)

  it('compiles: its document', () => {
    expect(compile(read('document') as object, options).executable.behaviourHash).toBe(
      program.executable.behaviourHash,
    )
  })

  it.each(read('sessions') as Recorded[])(
    'goes on: its session %#',
    ({ session, text = '', event = { type: 'text', text }, now = 2_000, said, outcome, after }) => {
      const run = resume(program, session, event, { now })
      expect(run.refused).toBeUndefined()
      expect(run.effects.filter(isMessage).map((effect) => effect.text)).toEqual(said)
      expect(run.session.flowOutcome ?? null).toBe(outcome)
      const { status, frames } = run.session
      if (after !== undefined) expect({ status, node: frames.at(-1)!.node }).toEqual(after)
    },
  )
})
