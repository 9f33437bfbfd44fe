import { assignTracks, type Channel, type Leg } from './channels.ts'

/** A row, and the gap below it. */
export interface StackedRow {
  readonly top: number
  readonly bottom: number
  readonly channel: Channel
  readonly firstTrack: number
  readonly trackHeight: number
}

/** Space above and below the tracks of a gap, and what it is high without any. Arrows need room above cards. */
const GAP = {
  aboveLabels: { before: 10, track: 9, after: 10, empty: 14 },
  aboveCards: { before: 12, track: 9, after: 22, empty: 26 },
  aboveLines: { before: 6, track: 9, after: 6, empty: 2 },
}

const NO_TRACKS: Channel = { trackOf: new Map(), tracks: 0 }

/** Stacks the rows, each as high as what stands in it, with gaps that are as high as their lines need. */
export function stackRows(
  boxes: readonly { readonly row: number; readonly height: number; readonly card: boolean }[],
  legs: readonly Leg[],
): readonly StackedRow[] {
  const byGap = new Map<number, Leg[]>()
  let last = 0
  for (const leg of legs) {
    const there = byGap.get(leg.gap)
    if (there === undefined) byGap.set(leg.gap, [leg])
    else there.push(leg)
    last = Math.max(last, leg.gap)
  }
  const heights: number[] = []
  const kinds: (keyof typeof GAP)[] = []
  for (const { row, height, card } of boxes) {
    heights[row] = Math.max(heights[row] ?? 0, height)
    if (card || kinds[row] === undefined) kinds[row] = card ? 'aboveCards' : 'aboveLabels'
  }
  last = Math.max(last, heights.length - 1)
  const rows: StackedRow[] = []
  let top = 0
  for (let row = 0; row <= last + 1; row++) {
    const channel = byGap.has(row) ? assignTracks(byGap.get(row)!) : NO_TRACKS
    const { before, track, after, empty } = GAP[kinds[row + 1] ?? 'aboveLines']
    const bottom = top + (heights[row] ?? 0)
    rows.push({ top, bottom, channel, firstTrack: bottom + before, trackHeight: track })
    // A gap that no line passes stands between nothing, above the first cards.
    const gap =
      channel.tracks > 0 ? before + (channel.tracks - 1) * track + after : byGap.has(row) ? empty : 0
    top = bottom + gap
  }
  return rows
}
