import { printFinding } from './findings.ts'
import { PLACES } from './places.ts'
import type { SweepResult } from './sweep.ts'

/** Findings that are printed in full; one fault shows in many sessions. */
const MAX_PRINTED = 5

/** The counts of a sweep, for a terminal. */
export function reportOf(result: SweepResult): string {
  const { seed, kills, places, lives, stories, ends, traffic, effects, findings, elapsedMs } = result
  const rows = [
    ...PLACES.map((place) => {
      const { kills: count, power, lossy } = places[place]
      return [place, count, `${power} with loss of power, ${lossy} of which took writes back`] as const
    }),
    [
      'kills in all',
      kills,
      `${lives} processes, in ${(elapsedMs / 1_000).toFixed(1)} s, seed ${seed}`,
    ] as const,
  ]
  const endRows = Object.entries(ends)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([end, count]) => [end, count, ''] as const)
  const all = Object.values(ends).reduce((a, b) => a + b, 0)
  const lost = traffic.sent - traffic.acknowledged - traffic.turnedAway
  return [
    table('killed', rows),
    table(`sessions of ${stories} stories`, [...endRows, ['sessions in all', all, '']]),
    table('inputs', [
      ['sent', traffic.sent, ''],
      ['answer lost, sent again', lost, ''],
      ['acknowledged', traffic.acknowledged, ''],
      ['duplicates that changed nothing', traffic.repeated, ''],
    ]),
    table('effects', [
      ['handed to the receiver', effects.attempts, ''],
      ['done', effects.done, ''],
      ['known by their key, not done again', effects.absorbed, ''],
      ['done again', effects.repeated, ''],
    ]),
    ...findings.slice(0, MAX_PRINTED).map(printFinding),
    ...(findings.length > MAX_PRINTED ? [`and ${findings.length - MAX_PRINTED} more`] : []),
    findings.length === 0 ? 'Every session ended as in an undisturbed run.' : `${findings.length} findings`,
  ].join('\n\n')
}

function table(title: string, rows: readonly (readonly [string, number, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length))
  const lines = rows.map(([name, count, note]) =>
    `  ${name.padEnd(width)} ${String(count).padStart(6)}  ${note}`.trimEnd(),
  )
  return [title, ...lines].join('\n')
}
