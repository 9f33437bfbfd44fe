import type { FlowLayout } from './layout-picture.ts'
import type { Findings, Marks, Taken } from './marks.ts'
import { badge } from './svg-node.ts'
import { textWidth } from './text-width.ts'
import { element, textElement } from './xml.ts'

const TAKEN: readonly (readonly [Taken, string])[] = [
  ['taken', 'taken'],
  ['partly', 'some outcomes taken'],
  ['missed', 'not taken'],
]

/** What the marks of a picture mean, as far as it has any, and what it leaves out. Empty where there is nothing to say. */
export function svgLegend(
  layout: FlowLayout,
  marks: Marks,
): { readonly content: string; readonly width: number } {
  const parts: string[] = []
  let x = 24
  const say = (text: string) => {
    parts.push(textElement(text, x, 20, 'note'))
    x += textWidth(text, { size: 13 }) + 26
  }
  const states = new Set(layout.edges.map(marks.taken))
  for (const [state, meaning] of TAKEN) {
    if (!states.has(state)) continue
    parts.push(element('g', { class: state }, element('path', { class: 'line', d: `M${x} 16h34` })))
    x += 42
    say(meaning)
  }
  const findings = [...layout.nodes.map(({ id }) => marks.ofNode(id)), marks.flow]
  for (const severity of ['error', 'warning'] as const) {
    if (!findings.some((each) => each?.severity === severity)) continue
    parts.push(sample(severity, x + 9))
    x += 26
    say(severity === 'error' ? 'errors' : 'warnings')
  }
  if (marks.flow !== undefined) say(`The flow: ${marks.flow.text.split('\n')[0]!.slice(0, 160)}`)
  if (layout.note !== undefined) say(layout.note)
  return { content: parts.join(''), width: parts.length === 0 ? 0 : Math.ceil(x) }
}

function sample(severity: Findings['severity'], x: number): string {
  return badge({ severity, text: severity }, 'n', x, 15.5)
}
