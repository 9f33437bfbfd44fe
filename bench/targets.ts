import type { DurableFigures } from './durable.ts'
import { EDITS } from './editing.ts'
import { number, range } from './format.ts'
import type { ImportTime } from './import-time.ts'
import { growthExponent } from './measure.ts'
import type { Figure, Pooled } from './pool.ts'
import { RANGE_COUNTS } from './routing.ts'

/** One promise about speed or size, and how it stands. */
export interface TargetRow {
  readonly what: string
  readonly measured: string
  readonly spread: string
  readonly target: string
  readonly ambition: string
  readonly verdict: 'met, ambition too' | 'met' | 'missed' | 'not measured'
}

interface Target {
  readonly what: string
  readonly figure: Figure | undefined
  readonly target: number
  readonly ambition?: number
  /** Written behind every number of the row. */
  readonly unit: string
  /** True where more is better. */
  readonly atLeast?: boolean
}

/** The project's targets that this bench measures. Sizes are held by `npm run size`. */
export function targetRows(
  pooled: Pooled,
  coldImport: ImportTime,
  durable: readonly DurableFigures[],
): readonly TargetRow[] {
  const parked = pooled.parked.find(({ name }) => name === 'sluice')
  const toYardstick = (workload: string): Figure | undefined => pooled.ratio(workload, 'sluice', 'yardstick')
  const targets: Target[] = [
    {
      what: 'support session, trace on',
      figure: toYardstick('live'),
      target: 2,
      ambition: 1.5,
      unit: ' x yardstick',
    },
    {
      what: 'support session, an XState actor',
      figure: pooled.ratio('live', 'xstate actor', 'sluice'),
      target: 50,
      unit: ' x ours',
      atLeast: true,
    },
    {
      what: 'support session, robot3',
      figure: pooled.ratio('live', 'robot3', 'sluice'),
      target: 9,
      unit: ' x ours',
      atLeast: true,
    },
    {
      what: 'the same through JSON before every input',
      figure: toYardstick('json'),
      target: 1.25,
      ambition: 1.1,
      unit: ' x yardstick',
    },
    {
      what: 'chain of 1,000 pure nodes, a node',
      figure: pooled.figure('chain-1000', 'sluice'),
      target: 30,
      ambition: 20,
      unit: ' ns',
    },
    {
      what: 'chain, growth exponent to 10,000',
      figure: pooled.growth.get('sluice'),
      target: 1.15,
      ambition: 1.08,
      unit: '',
    },
    {
      what: 'compile an executable (link it), a node',
      figure: scaled(pooled.figure('link', 'sluice'), 1_000),
      target: 7,
      ambition: 2,
      unit: ' µs',
    },
    {
      what: 'compiled condition, 64 in rotation',
      figure: pooled.figure('condition', 'sluice'),
      target: 60,
      ambition: 30,
      unit: ' ns',
    },
    {
      what: 'compiled template',
      figure: pooled.figure('template', 'sluice'),
      target: 130,
      ambition: 90,
      unit: ' ns',
    },
    {
      what: 'snapshot at the menu, without contact data',
      figure: constant(parked && parked.snapshotBytes - parked.contactBytes),
      target: 300,
      ambition: 240,
      unit: ' bytes',
    },
    {
      what: 'heap of a parked session',
      figure: constant(parked?.heapBytes),
      target: 400,
      ambition: 300,
      unit: ' bytes',
    },
    {
      what: 'restore from JSON and take one input',
      figure: toYardstick('restore'),
      target: 1.5,
      ambition: 1.2,
      unit: ' x yardstick',
    },
    ...EDITS.filter((edit) => edit !== 'paste').flatMap((edit): Target[] => [
      {
        what: `${edit} in a flow of 1,000, with its validation`,
        figure: scaled(pooled.figure(`edit-${edit}-1000`, 'sluice'), 1e6),
        target: 1,
        ambition: 0.1,
        unit: ' ms',
      },
      {
        what: `${edit} in a flow of 10,000, with its validation`,
        figure: scaled(pooled.figure(`edit-${edit}-10000`, 'sluice'), 1e6),
        target: 10,
        ambition: 0.5,
        unit: ' ms',
      },
    ]),
    {
      what: 'validate a flow of 10,000 from scratch',
      figure: scaled(pooled.figure('validate-10000', 'sluice'), 1e6),
      target: 150,
      ambition: 60,
      unit: ' ms',
    },
    {
      what: 'growth of edits with the flow, the worst exponent',
      figure: worst([...pooled.editGrowth.values()]),
      target: 1,
      unit: '',
    },
    ...[
      ['100,000 ranges of numbers', 'ranges-100000'],
      ['percentage', 'percentage'],
      ['condition', 'condition'],
    ].map(
      ([what, id]): Target => ({
        what: `route contacts by ${what}, on one core`,
        figure: millionsASecond(pooled.figure(`route-${id}`, 'sluice')),
        target: 1,
        ambition: 3,
        unit: ' million a second',
        atLeast: true,
      }),
    ),
    {
      what: 'routing by ranges, growth exponent from 1,000 to 100,000',
      figure: routingGrowth(pooled),
      target: 0.3,
      unit: '',
    },
    {
      what: 'durable host on SQLite over parked sessions, inputs a second',
      figure: constant(rowsOf(durable.at(-1))),
      target: 4,
      ambition: 8,
      unit: ' x single rows',
      atLeast: true,
    },
    {
      what: 'cold import of the root',
      figure:
        'ms' in coldImport ? { value: coldImport.ms, from: coldImport.from, to: coldImport.to } : undefined,
      target: 45,
      ambition: 25,
      unit: ' ms',
    },
  ]
  return targets.map(toRow)
}

function toRow({ what, figure, target, ambition, unit, atLeast = false }: Target): TargetRow {
  const passes = (bound: number): boolean =>
    figure !== undefined && (atLeast ? figure.value >= bound : figure.value <= bound)
  return {
    what,
    measured: figure ? `${number(figure.value)}${unit}` : '',
    spread: figure ? range(figure) : '',
    target: `${atLeast ? 'at least ' : ''}${target}${unit}`,
    ambition: ambition === undefined ? '' : `${ambition}${unit}`,
    verdict: !figure
      ? 'not measured'
      : ambition !== undefined && passes(ambition)
        ? 'met, ambition too'
        : passes(target)
          ? 'met'
          : 'missed',
  }
}

/** How many inputs a host takes in the time of one commit of a single row. */
function rowsOf(figures: DurableFigures | undefined): number | undefined {
  return figures && figures.inputsPerSecond / figures.rowsPerSecond
}

function scaled(figure: Figure | undefined, by: number): Figure | undefined {
  return figure && { value: figure.value / by, from: figure.from / by, to: figure.to / by }
}

/** Of nanoseconds each; the slowest process is the least. */
function millionsASecond(figure: Figure | undefined): Figure | undefined {
  return figure && { value: 1_000 / figure.value, from: 1_000 / figure.to, to: 1_000 / figure.from }
}

function routingGrowth(pooled: Pooled): Figure | undefined {
  const points = RANGE_COUNTS.flatMap((n) => {
    const figure = pooled.figure(`route-ranges-${n}`, 'sluice')
    return figure ? [{ n, time: figure.value }] : []
  })
  return points.length === RANGE_COUNTS.length ? constant(growthExponent(points)) : undefined
}

function worst(figures: readonly Figure[]): Figure | undefined {
  return figures.reduce<Figure | undefined>(
    (most, each) => (most && most.value > each.value ? most : each),
    undefined,
  )
}

function constant(value: number | undefined): Figure | undefined {
  return value === undefined ? undefined : { value, from: value, to: value }
}
