import { assign, sendTo, setup } from 'xstate'
import { type FromFlowOptions, fromFlow } from '../../../src/adapters/xstate/index.ts'
import type { Program } from '../../../src/index.ts'

/** A machine that has a flow talk to the contact, passes replies on to it, and follows what it came to. */
export function parentOf(flow: Program, options: FromFlowOptions = {}) {
  return setup({
    types: {} as {
      context: { outcome?: string; code?: string }
      events: { type: 'reply'; text: string }
    },
    actors: { conversation: fromFlow(flow, options) },
  }).createMachine({
    id: 'parent',
    context: {},
    initial: 'talking',
    states: {
      talking: {
        invoke: {
          id: 'talk',
          src: 'conversation',
          systemId: 'talk',
          input: { id: 's', trigger: { type: 'manual' } },
          onDone: {
            target: 'over',
            actions: assign({ outcome: ({ event }) => event.output.flowOutcome }),
          },
          onError: {
            target: 'broken',
            actions: assign({ code: ({ event }) => (event.error as { code: string }).code }),
          },
        },
        on: { reply: { actions: sendTo('talk', ({ event }) => ({ type: 'text', text: event.text })) } },
      },
      over: { type: 'final' },
      broken: { type: 'final' },
    },
  })
}
