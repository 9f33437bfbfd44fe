import { vi } from 'vitest'
import { applyCommand, type EditCommand, openDraft } from '../../src/editing/index.ts'
import { authoringCel, type ExpressionLanguage } from '../../src/expressions/index.ts'
import { palette } from '../../src/palette/index.ts'
import { LiveValidation, type NodeFacts, RULES } from '../../src/validation/index.ts'
import { ask, assign, end, flow, node, say } from '../support/flow.ts'

/** A flow in which every node says something else. */
const document = flow({
  nodes: {
    ask: ask('Name?', { variable: 'name' }),
    pick: node('branch', { rules: [{ outcome: 'a', condition: 'count < 3' }], default: 'b' }),
    count: assign({ count: 'count + 1' }),
    hello: say('Hello {{name}}, {{nodes.ask.value}}'),
    tier: say('You are {{contact.tier}} {{trigger.data.order}}'),
    typo: say('{{nobody}}'),
    done: end('ok'),
    lost: end('lost'),
  },
  connect: [
    'start -> ask',
    'ask:valid -> pick',
    'pick:a -> count',
    'pick:b -> hello',
    'count -> pick',
    'hello -> tier',
    'tier -> typo',
    'typo -> done',
  ],
  variables: [
    { name: 'name', type: 'text' },
    { name: 'count', type: 'number', default: 0 },
  ],
  contact: [{ name: 'tier', type: 'text' }],
  data: [{ name: 'order', type: 'text' }],
})

/** What validation did for one edit. */
export interface Work {
  /** Sources that were read again, sorted. */
  readonly read: readonly string[]
  /** Rules of the flow that ran again. */
  readonly flow: readonly string[]
  /** Nodes that rules of nodes looked at again, sorted, by rule. */
  readonly nodes: { readonly [rule: string]: string }
}

/** Gives a command, and counts what validation does about it. */
export function workFor(command: EditCommand): Work {
  const read: string[] = []
  const counting: ExpressionLanguage = {
    ...authoringCel,
    checkExpression(source, scope, expected) {
      read.push(source)
      return authoringCel.checkExpression(source, scope, expected)
    },
    checkTemplate(source, scope) {
      read.push(source)
      return authoringCel.checkTemplate(source, scope)
    },
  }
  const draft = openDraft(document, { nodes: palette, languages: [counting] })
  const live = new LiveValidation(draft)
  const edit = applyCommand(draft, command)
  if (!edit.ok) throw new Error(edit.reason)
  read.length = 0
  const flowRules: string[] = []
  const looked = new Map<string, string[]>()
  const spies = RULES.map((rule) => {
    if (rule.scope === 'flow') {
      const check = rule.check.bind(rule)
      return vi.spyOn(rule, 'check').mockImplementation((...given) => {
        flowRules.push(rule.name)
        check(...given)
      })
    }
    const check = rule.check.bind(rule)
    return vi.spyOn(rule, 'check').mockImplementation((facts: NodeFacts, ...given) => {
      looked.set(rule.name, [...(looked.get(rule.name) ?? []), facts.node.id])
      check(facts, ...given)
    })
  })
  try {
    live.follow(edit.draft, edit.patches)
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
  const nodes = [...looked].map(([rule, ids]) => [rule, [...ids].sort().join(' ')])
  return { read: read.sort(), flow: flowRules, nodes: Object.fromEntries(nodes) }
}
