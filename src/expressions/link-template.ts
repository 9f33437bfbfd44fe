import { COST } from './fault.ts'
import type { LinkContext, Run } from './link-context.ts'
import { link } from './link-tree.ts'
import { type Meter, textCost } from './meter.ts'
import { toText } from './to-text.ts'
import type { Tree } from './tree.ts'
import type { EvaluationFault, Template } from './types.ts'

/** A hole and the literal text behind it. */
interface Hole {
  readonly run: Run
  tail: string
}

/** `["text", …]`: puts literal text and holes together; its length is paid for like any text. */
export function linkParts(parts: readonly Tree[], cx: LinkContext): Template {
  let head = ''
  const holes: Hole[] = []
  for (const part of parts) {
    if (typeof part !== 'string') holes.push({ run: link(part, cx), tail: '' })
    else if (holes.length === 0) head += part
    else holes.at(-1)!.tail += part
  }
  const [first, second] = holes
  if (first === undefined) return () => head
  if (second === undefined) return oneHole(head, first, cx.meter)
  if (holes.length === 2) return twoHoles(head, first, second, cx.meter)
  return manyHoles(head, holes, cx.meter)
}

function paid(text: string, meter: Meter): string | EvaluationFault {
  meter.left -= textCost(text.length)
  return meter.left < 0 ? COST : text
}

function oneHole(head: string, { run, tail }: Hole, meter: Meter): Template {
  return (env) => {
    meter.left = meter.max
    const text = toText(run(env))
    return typeof text === 'string' ? paid(head + text + tail, meter) : text
  }
}

function twoHoles(head: string, first: Hole, second: Hole, meter: Meter): Template {
  return (env) => {
    meter.left = meter.max
    const a = toText(first.run(env))
    if (typeof a !== 'string') return a
    const b = toText(second.run(env))
    if (typeof b !== 'string') return b
    return paid(head + a + first.tail + b + second.tail, meter)
  }
}

function manyHoles(head: string, holes: readonly Hole[], meter: Meter): Template {
  return (env) => {
    meter.left = meter.max
    let text = head
    for (let i = 0; i < holes.length; i++) {
      const { run, tail } = holes[i]!
      const part = toText(run(env))
      if (typeof part !== 'string') return part
      text += part + tail
    }
    return paid(text, meter)
  }
}
