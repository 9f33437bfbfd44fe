import { existsSync, readFileSync } from 'node:fs'
import type { Session } from '../../src/interpreter/session.ts'
import type { SessionEvent } from '../../src/nodes/events.ts'
import { ADA, type Engine, type EngineEntry, NOW, TIMEOUT, type Transcript } from './engine.ts'

/*
 * Sluice as a host uses it: the built package, the document of examples/support. The bench sees the package through
 * the few members below, so that it can say what is missing instead of failing to load.
 */

interface Run {
  readonly session: Session
  readonly effects: readonly { readonly type: string; readonly text?: unknown }[]
  readonly refused?: unknown
}

interface Program {
  readonly executable: unknown
}

interface Package {
  compile(flow: unknown, options: { readonly nodes: unknown }): Program
  link(executable: unknown, options: { readonly nodes: unknown }): Program
  start(program: Program, trigger: object, options: { id: string; now: number; seed: string }): Run
  resume(program: Program, session: Session, event: SessionEvent, options: { now: number }): Run
}

const NAME = 'sluice'
const DIST = new URL('../../dist/', import.meta.url)
const SUPPORT = new URL('../../examples/support/support.json', import.meta.url)

/** Sluice, or the sentence that says what has to exist before it can be measured. */
export async function loadSluice(): Promise<EngineEntry> {
  for (const file of ['index.js', 'palette/index.js']) {
    if (!existsSync(new URL(file, DIST)))
      return { name: NAME, missing: `dist/${file} does not exist (npm run build)` }
  }
  if (!existsSync(SUPPORT)) return { name: NAME, missing: 'examples/support/support.json does not exist' }
  const root = (await import(new URL('index.js', DIST).href)) as Partial<Package>
  const { palette } = (await import(new URL('palette/index.js', DIST).href)) as { palette?: unknown }
  const { compile, link, start, resume } = root
  if (!compile || !link || !start || !resume) {
    return { name: NAME, missing: 'sluice does not export compile, link, start and resume' }
  }
  if (palette === undefined) return { name: NAME, missing: 'sluice/palette does not export palette' }
  return createEngine({ compile, link, start, resume }, palette, JSON.parse(readFileSync(SUPPORT, 'utf8')))
}

function createEngine({ compile, link, start, resume }: Package, palette: unknown, flow: unknown): Engine {
  const program = compile(flow, { nodes: palette })
  const begin = (): Run =>
    start(program, { type: 'manual', contact: ADA }, { id: 's1', now: NOW, seed: 'bench' })

  function take(session: Session, input: string): Run {
    const { wait } = session
    const run =
      input === TIMEOUT
        ? resume(program, session, { type: 'timer', waitId: wait?.id ?? '' }, { now: wait?.dueAt ?? NOW })
        : resume(program, session, { type: 'text', text: input }, { now: NOW })
    if (run.refused !== undefined) throw new Error(`sluice refused ${input}: ${JSON.stringify(run.refused)}`)
    return run
  }

  function play(inputs: readonly string[], between: (session: Session) => Session): Transcript {
    const said: string[] = []
    let run = begin()
    collect(said, run.effects)
    for (const input of inputs) {
      run = take(between(run.session), input)
      collect(said, run.effects)
    }
    return { said, outcome: outcomeOf(run.session) }
  }

  return {
    name: NAME,
    play: (inputs) => play(inputs, (session) => session),
    playThroughJson: (inputs) => play(inputs, (session) => JSON.parse(JSON.stringify(session)) as Session),
    park: () => JSON.stringify(begin().session),
    resume(snapshot, input) {
      const said: string[] = []
      const run = take(JSON.parse(snapshot) as Session, input)
      collect(said, run.effects)
      return { said, outcome: outcomeOf(run.session) }
    },
    hold: (snapshot) => JSON.parse(snapshot) as unknown,
    chain(n) {
      const chain = compile(chainDocument(n), { nodes: palette })
      return () => readX(start(chain, { type: 'manual' }, { id: 's1', now: NOW, seed: 'bench' }))
    },
    compile(n) {
      const document = chainDocument(n)
      return () => compile(document, { nodes: palette })
    },
    link(n) {
      const { executable } = compile(chainDocument(n), { nodes: palette })
      return () => link(executable, { nodes: palette })
    },
  }
}

function collect(said: string[], effects: Run['effects']): void {
  for (const effect of effects) if (effect.type === 'message.send') said.push(effect.text as string)
}

function outcomeOf(session: Session): string | null {
  return session.status === 'waiting' ? null : (session.flowOutcome ?? null)
}

function readX({ session }: Run): number {
  if (session.flowOutcome !== 'done') throw new Error('sluice: the chain did not come to its end')
  return Number(session.frames[0]?.vars.x)
}

/** The chain as a document: start, then `set-variables` and `branch` in turn, then the end. */
function chainDocument(n: number) {
  const nodes: object[] = [{ id: 'start', type: 'start@1', config: { trigger: 'manual' } }]
  const connectors: object[] = []
  const connect = (node: string, outcome: string, to: string): void => {
    connectors.push({ id: `${node}_${outcome}`, from: { node, outcome }, to })
  }
  connect('start', 'next', 'n0')
  for (let i = 0; i < n; i++) {
    const id = `n${i}`
    const next = i + 1 < n ? `n${i + 1}` : 'done'
    if (i % 2 === 0) {
      const assignments = [{ variable: 'x', value: 'x + 1' }]
      nodes.push({ id, type: 'set-variables@1', config: { assignments } })
      connect(id, 'next', next)
    } else {
      const rules = [{ outcome: 'yes', condition: 'x >= 0' }]
      nodes.push({ id, type: 'branch@1', config: { rules, default: 'no' } })
      connect(id, 'yes', next)
      connect(id, 'no', 'done')
    }
  }
  nodes.push({ id: 'done', type: 'end@1', config: { outcome: 'done' } })
  return {
    schema: 1,
    id: `chain${n}`,
    name: `Chain of ${n}`,
    medium: 'any',
    role: 'main',
    audience: 'interaction',
    settings: {
      variables: [{ name: 'x', type: 'number', default: 0 }],
      outcomes: [{ code: 'done', kind: 'completed' }],
      limits: { maxStepsPerEvent: n + 10 },
    },
    nodes,
    connectors,
    notes: [],
  }
}
