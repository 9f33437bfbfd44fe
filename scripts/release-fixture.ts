import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { liquid } from '../src/adapters/liquid/index.ts'
import { VERSION } from '../src/cli/version.ts'
import { parseDocument } from '../src/document/index.ts'
import {
  applyCommand,
  copyFragment,
  type EditCommand,
  NO_HISTORY,
  newSavedDraft,
  openDraft,
  recordEdit,
  takeLock,
} from '../src/editing/index.ts'
import { compile, type Session, type SessionEvent } from '../src/index.ts'
import { isMessage } from '../src/nodes/index.ts'
import { palette } from '../src/palette/index.ts'
import { explore, replayScript } from '../src/testing/index.ts'

/*
 * `tsx scripts/release-fixture.ts NAME FLOW.json`: what this version leaves behind of a flow, for later versions to read:
 * its document, its executable, sessions that wait, each with what came next, and edits with what an editor keeps of
 * them. Files that are there already stay as they are. test/replay replays them.
 */

const { positionals } = parseArgs({ allowPositionals: true })
const [name, file] = positionals
if (name === undefined || file === undefined) throw new Error('Usage: release-fixture NAME FLOW.json')

const folder = fileURLToPath(new URL(`../test/fixtures/releases/${VERSION}/`, import.meta.url))
if (existsSync(`${folder}${name}.document.json`)) throw new Error(`${name} of ${VERSION} is kept already`)

const document = JSON.parse(readFileSync(file, 'utf8')) as object
const program = compile(document, { nodes: palette, languages: [liquid] })
const { scripts, outcomes } = explore(program)

interface Recorded {
  readonly session: Session
  readonly event: SessionEvent
  readonly now: number
  readonly said: readonly string[]
  readonly outcome: string | null
  readonly after: { readonly status: string; readonly node: string }
}

/** One for each way from a node that waits to the next, by each kind of event. */
const sessions = new Map<string, Recorded>()
for (const script of scripts) {
  for (const { before, event, now, run } of replayScript(program, script)) {
    if (before === undefined || event === undefined) continue
    const { status, frames, flowOutcome } = run.session
    const after = { status, node: frames.at(-1)!.node }
    const key = JSON.stringify([before.frames.at(-1)!.node, event.type, after])
    if (sessions.has(key)) continue
    const said = run.effects.filter(isMessage).map(({ text }) => text)
    sessions.set(key, { session: before, event, now, said, outcome: flowOutcome ?? null, after })
  }
}

mkdirSync(folder, { recursive: true })
const write = (kind: string, value: object) =>
  writeFileSync(`${folder}${name}.${kind}.json`, `${JSON.stringify(value, null, 1)}\n`)
write('document', document)
write('executable', program.executable)
write('sessions', [...sessions.values()])
write('editing', recordEditing())
console.log(`${sessions.size} sessions, ${outcomes.covered} of ${outcomes.total} outcomes`)

/** An afternoon's work on the flow: each command with its patches, and what an editor keeps of it. */
function recordEditing() {
  const parsed = parseDocument(document)
  if (!parsed.ok) throw new Error(parsed.error[0]!.message)
  let draft = openDraft(parsed.value, { nodes: palette, languages: [liquid] })
  const [first, second] = parsed.value.nodes.filter(({ type }) => !type.startsWith('start'))
  const fragment = copyFragment(draft, [first!.id, second!.id])
  const commands: readonly EditCommand[] = [
    { type: 'label', node: first!.id, label: 'First' },
    { type: 'move', nodes: { [first!.id]: { x: 10, y: 20 } } },
    { type: 'addVariable', variable: { name: 'kept', type: 'text', default: 'x' } },
    { type: 'renameVariable', name: 'kept', to: 'kept_too' },
    { type: 'add', node: { type: 'delay@1', config: { duration: '1s' } } },
    { type: 'paste', fragment, at: { x: 500, y: 500 } },
    { type: 'addNote', note: { text: 'Ask Ada.', node: first!.id } },
    { type: 'remove', node: second!.id },
    { type: 'changeSettings', path: ['stopWords'], value: ['stop'] },
  ]
  let history = NO_HISTORY
  const steps = commands.map((command, index) => {
    const edit = applyCommand(draft, command)
    if (!edit.ok) throw new Error(edit.reason)
    history = recordEdit(history, command, edit.patches, index * 1_000)
    draft = edit.draft
    return { command, patches: edit.patches }
  })
  const locked = takeLock(newSavedDraft(parsed.value, { by: 'ada', now: 0 }), { by: 'ada', now: 1_000 })
  if (!locked.ok) throw new Error(locked.error.reason)
  return { before: parsed.value, steps, history, after: draft.document, saved: locked.value }
}
