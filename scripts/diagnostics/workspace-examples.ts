import type { FlowNode } from '../../src/document/flow-document.ts'
import type { SlotName } from '../../src/releases/state.ts'
import type { FlowExample } from './example-flow.ts'
import type { WorkspaceExample } from './example-workspace.ts'

/** The flow of the examples in a workspace, about to be released. */
export interface ReleaseExample extends FlowExample {
  readonly workspace: WorkspaceExample
  readonly slot: SlotName
  readonly remark: string
}

const BILLING: FlowNode = { id: 'hello', type: 'call-subflow@1', config: { flow: 'billing' } }

/** The flow of the examples with another one in place of its message. */
const CALLS = {
  nodes: [BILLING],
  connectors: [{ id: 'hello:done', from: { node: 'hello', outcome: 'done' }, to: 'done' }],
}
const CALLING = { ...CALLS, without: ['hello:next'] }

/** For each code that a workspace can give, a flow and a workspace that have this wrong. */
export const WORKSPACE_EXAMPLES: { readonly [code: string]: ReleaseExample } = {
  'subflow.missing': {
    ...CALLING,
    workspace: { needsExceptionFlow: false },
    slot: 'official',
    remark: 'the workspace has no flow `billing`.',
  },
  'subflow.notReleased': {
    ...CALLING,
    workspace: { needsExceptionFlow: false, flows: { billing: ['gray'] } },
    slot: 'official',
    remark: 'the flow `billing` has a gray version alone, and this one is to become official.',
  },
  'exceptionFlow.missing': {
    workspace: {},
    slot: 'official',
    remark: 'the policy asks for an exception flow, and the workspace names none.',
  },
  'exceptionFlow.notReleased': {
    workspace: { exceptionFlows: { any: 'sorry' }, flows: { sorry: [] } },
    slot: 'gray',
    remark: 'the workspace names the flow `sorry`, of which no version is released.',
  },
}
