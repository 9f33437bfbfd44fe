import { type Engine, TIMED_INPUTS, TIMED_VISITS } from './engines/engine.ts'
import type { Contestant, Workload } from './measure.ts'

export const CHAIN_LENGTHS = [10, 100, 1_000, 10_000] as const

/** Nodes of the program whose making is timed. */
const COMPILED_NODES = 1_000

/** What every engine does in turn. */
export function engineWorkloads(engines: readonly Engine[]): readonly Workload[] {
  const each = (run: (engine: Engine) => () => unknown): Contestant[] =>
    engines.map((engine) => ({ name: engine.name, run: lazily(() => run(engine)) }))
  return [
    {
      id: 'live',
      title: `support session, ${TIMED_VISITS} node visits`,
      unit: 'µs',
      per: 1,
      contestants: each((engine) => () => engine.play(TIMED_INPUTS)),
    },
    {
      id: 'json',
      title: 'the same through JSON before every input',
      unit: 'µs',
      per: 1,
      contestants: each((engine) => () => engine.playThroughJson(TIMED_INPUTS)),
    },
    {
      id: 'restore',
      title: 'restore from JSON and take one input',
      unit: 'µs',
      per: 1,
      contestants: each((engine) => {
        const parked = engine.park()
        return () => engine.resume(parked, '1')
      }),
    },
    ...CHAIN_LENGTHS.map(
      (n): Workload => ({
        id: `chain-${n}`,
        title: `chain, n = ${n.toLocaleString('en')}, a node`,
        unit: 'ns',
        per: n,
        contestants: each((engine) => engine.chain(n)),
      }),
    ),
    {
      id: 'compile',
      title: `compile a chain of ${COMPILED_NODES.toLocaleString('en')} from its document, a node`,
      unit: 'µs',
      per: COMPILED_NODES,
      contestants: engines.flatMap(({ name, compile }) =>
        compile ? [{ name, run: lazily(() => compile(COMPILED_NODES)) }] : [],
      ),
    },
    {
      id: 'link',
      title: `link a stored chain of ${COMPILED_NODES.toLocaleString('en')}, a node`,
      unit: 'µs',
      per: COMPILED_NODES,
      contestants: engines.flatMap(({ name, link }) =>
        link ? [{ name, run: lazily(() => link(COMPILED_NODES)) }] : [],
      ),
    },
  ]
}

/** Prepares on the first call, so that an engine that cannot build a workload fails there and not for all. */
function lazily(prepare: () => () => unknown): () => unknown {
  let run: (() => unknown) | undefined
  return () => {
    run ??= prepare()
    return run()
  }
}
