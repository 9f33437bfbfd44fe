import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { toDirectedGraph } from 'xstate/graph'
import { lifecycle } from '../src/releases/lifecycle.ts'
import { block, page, paragraph, table } from './diagnostics/markdown.ts'

/*
 * `tsx scripts/lifecycle-page.ts`: makes docs/lifecycle.md from the machine in src/releases/lifecycle.ts.
 * test/releases/lifecycle-page.test.ts fails while the page is not what this script would write.
 */

interface Way {
  readonly from: string
  readonly event: string
  readonly to: string
  readonly when: string
}

const { children } = toDirectedGraph(lifecycle)

const ways: readonly Way[] = children.flatMap(({ stateNode, edges }) =>
  edges.map(({ label, target, transition }) => ({
    from: stateNode.key,
    event: label.text,
    to: target.key,
    when: described(transition.description, `${label.text} of ${stateNode.key}`),
  })),
)

/** The page of what can become of a version. */
export function lifecyclePage(): string {
  return page(
    '# The life of a version',
    paragraph(
      'A version is in one of these states, and events take it from one to the next. The machine knows which way leads',
      'where; whether a way is open at the moment, and what would open it, is for the gates of a release to say. A product',
      'calls the states by words of its own.',
    ),
    block('mermaid', diagram()),
    '## States',
    table(
      ['state', 'meaning'],
      children.map(({ stateNode }) => [
        `\`${stateNode.key}\``,
        described(stateNode.description, stateNode.key),
      ]),
    ),
    '## Ways',
    table(
      ['event', 'from', 'to', 'when'],
      ways.map(({ event, from, to, when }) => [`\`${event}\``, `\`${from}\``, `\`${to}\``, when]),
    ),
    paragraph(
      'An event that does not stand beside a state cannot happen in it. `nextState(state, event)` answers from the same',
      'machine.',
    ),
  )
}

function diagram(): string {
  const { initial } = lifecycle.config
  const finals = children.filter(({ stateNode }) => stateNode.type === 'final')
  const lines = [
    `[*] --> ${String(initial)}`,
    ...ways.map(({ from, event, to }) => `${from} --> ${to}: ${event}`),
    ...finals.map(({ stateNode }) => `${stateNode.key} --> [*]`),
  ]
  return ['stateDiagram-v2', ...lines.map((line) => `  ${line}`)].join('\n')
}

function described(text: string | undefined, of: string): string {
  if (text === undefined) throw new Error(`The machine does not describe ${of}`)
  return text
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('../docs/lifecycle.md', import.meta.url), lifecyclePage())
}
