import { describe, expect, it } from 'vitest'
import { exampleWorkspace, type WorkspaceExample } from '../../scripts/diagnostics/example-workspace.ts'
import { WORKSPACE_EXAMPLES } from '../../scripts/diagnostics/workspace-examples.ts'
import { WORKSPACE_DIAGNOSTICS } from '../../src/diagnostics/workspace-codes.ts'
import type { FlowRole, Medium } from '../../src/document/index.ts'
import { palette } from '../../src/palette/index.ts'
import { exceptionFlowOf } from '../../src/releases/exception-flow.ts'
import { inspect } from '../../src/releases/inspect.ts'
import { referenceDiagnostics } from '../../src/releases/reference-diagnostics.ts'
import type { SlotName } from '../../src/releases/state.ts'
import { deepFreeze } from '../support/deep-freeze.ts'
import { type FlowSpec, flow, node } from '../support/flow.ts'
import { around, goodFlow } from '../validation/find.ts'

interface Case {
  readonly workspace?: WorkspaceExample
  readonly spec?: FlowSpec
  readonly role?: FlowRole
  readonly medium?: Medium
  readonly moment?: 'draft' | 'release'
  readonly slot?: SlotName
}

/** What is found at the release of a flow, without the wording. */
function found({
  workspace = {},
  spec = goodFlow(),
  role = 'main',
  medium = 'any',
  moment = 'release',
  slot,
}: Case) {
  const inspection = inspect({ ...flow(spec), role, medium }, { nodes: palette })
  const state = deepFreeze(exampleWorkspace(workspace))
  return referenceDiagnostics(state, deepFreeze(inspection), moment, slot).map(
    ({ message: _message, ...rest }) => rest,
  )
}

const codes = (given: Case) => found(given).map(({ code }) => code)

const CALLS = around(node('call-subflow', { flow: 'billing' }))
const billing = (...slots: readonly SlotName[]): WorkspaceExample => ({
  needsExceptionFlow: false,
  flows: { billing: slots },
})

describe('a flow that another one runs', () => {
  it('[VAL-9] that is missing is an error at release, at each node that runs it', () => {
    const spec = around(node('call-subflow', { flow: 'billing' }), {
      nodes: { away: node('jump', { flow: 'billing' }) },
    })
    const at = (id: string) => ({
      code: 'subflow.missing',
      severity: 'error',
      location: { flow: 'main', node: id },
      details: { flow: 'billing' },
    })
    expect(found({ spec, workspace: { needsExceptionFlow: false } })).toEqual([at('away'), at('it')])
  })

  it('[VAL-9] that is missing or not released is a warning in a draft', () => {
    const severities = (workspace: WorkspaceExample) =>
      found({ spec: CALLS, workspace, moment: 'draft' }).map(({ code, severity }) => [code, severity])
    expect(severities({ needsExceptionFlow: false })).toEqual([['subflow.missing', 'warning']])
    expect(severities(billing())).toEqual([['subflow.notReleased', 'warning']])
  })

  it('[VAL-9] that is not released is an error at release', () => {
    expect(found({ spec: CALLS, workspace: billing() })).toEqual([
      {
        code: 'subflow.notReleased',
        severity: 'error',
        location: { flow: 'main', node: 'it' },
        details: { flow: 'billing' },
      },
    ])
  })

  it.each<[readonly SlotName[], SlotName | undefined, readonly string[]]>([
    [['official'], 'official', []],
    [['official'], 'gray', []],
    [['gray'], 'gray', []],
    [['gray'], undefined, []],
    [['gray'], 'official', ['subflow.notReleased']],
    [['gray', 'official'], 'official', []],
    [[], 'gray', ['subflow.notReleased']],
  ])('[VAL-9] released as %j, for a caller that is released as %s: %j', (slots, slot, expected) => {
    expect(
      codes({ spec: CALLS, workspace: billing(...slots), ...(slot === undefined ? {} : { slot }) }),
    ).toEqual(expected)
  })

  it('[VAL-9] says in which slot it would have to stand', () => {
    const inspection = inspect(flow(CALLS), { nodes: palette })
    const said = (slot?: SlotName, ...slots: SlotName[]) =>
      referenceDiagnostics(exampleWorkspace(billing(...slots)), inspection, 'release', slot)[0]!.message
    expect(said()).toBe('The flow billing, which this node runs, is not released')
    expect(said('official', 'gray')).toBe(
      'The flow billing, which this node runs, is not released to all contacts',
    )
  })

  it('[VAL-9] may be the flow itself, though it is not released yet', () => {
    const spec = around(node('call-subflow', { flow: 'main' }))
    expect(codes({ spec, workspace: { needsExceptionFlow: false, flows: { main: [] } } })).toEqual([])
  })

  it('[VAL-9] is not found by a name that every object has', () => {
    const spec = around(node('call-subflow', { flow: 'constructor' }))
    expect(codes({ spec, workspace: { needsExceptionFlow: false } })).toEqual(['subflow.missing'])
  })
})

describe('the exception flow that the policy asks for', () => {
  it.each([
    ['release', 'error'],
    ['draft', 'warning'],
  ] as const)('[VAL-9] where none is named: at %s an %s', (moment, severity) => {
    expect(found({ moment, medium: 'voice' })).toEqual([
      { code: 'exceptionFlow.missing', severity, location: { flow: 'main' }, details: { medium: 'voice' } },
    ])
  })

  it.each([
    ['voice', 'The workspace names no exception flow for voice flows'],
    ['messaging', 'The workspace names no exception flow for message flows'],
    ['any', 'The workspace names no exception flow'],
  ] as const)('[VAL-9] for the medium %s is told apart: %s', (medium, message) => {
    const inspection = inspect({ ...flow(goodFlow()), medium }, { nodes: palette })
    expect(referenceDiagnostics(exampleWorkspace({}), inspection, 'draft')[0]!.message).toBe(message)
  })

  it('[VAL-9] is missing where the one that is named is gone', () => {
    expect(found({ workspace: { exceptionFlows: { any: 'sorry' } } })).toMatchObject([
      { code: 'exceptionFlow.missing', details: { flow: 'sorry' } },
    ])
  })

  it.each<[readonly SlotName[], SlotName | undefined, readonly string[]]>([
    [[], undefined, ['exceptionFlow.notReleased']],
    [[], 'gray', ['exceptionFlow.notReleased']],
    [['gray'], 'gray', []],
    [['gray'], 'official', ['exceptionFlow.notReleased']],
    [['official'], 'official', []],
  ])('[VAL-9] [REL-20] released as %j, for a flow that is released as %s: %j', (slots, slot, expected) => {
    const workspace = { exceptionFlows: { any: 'sorry' }, flows: { sorry: slots } }
    expect(codes({ workspace, ...(slot === undefined ? {} : { slot }) })).toEqual(expected)
  })

  it('[VAL-9] is not asked for where the policy does not', () => {
    expect(codes({ workspace: { needsExceptionFlow: false } })).toEqual([])
  })

  it('[VAL-9] [REL-11] is not asked for by an exception flow, and is by a subflow', () => {
    expect(codes({ role: 'exception' })).toEqual([])
    expect(codes({ role: 'subflow' })).toEqual(['exceptionFlow.missing'])
  })

  it('[VAL-9] comes after the flows that nodes run', () => {
    expect(codes({ spec: CALLS })).toEqual(['subflow.missing', 'exceptionFlow.missing'])
  })
})

describe('the exception flow of a medium', () => {
  it.each<[Medium, { readonly [Each in Medium]?: string }, string | undefined]>([
    ['voice', { voice: 'v', messaging: 'm', any: 'a' }, 'v'],
    ['voice', { messaging: 'm', any: 'a' }, 'a'],
    ['voice', { messaging: 'm' }, undefined],
    ['messaging', { voice: 'v' }, undefined],
    ['messaging', { messaging: 'm', any: 'a' }, 'm'],
    ['any', { voice: 'v', messaging: 'm', any: 'a' }, 'a'],
    ['any', { voice: 'v', messaging: 'm' }, 'v'],
    ['any', { messaging: 'm' }, 'm'],
    ['any', {}, undefined],
  ])('[REL-20] %s among %j is %s', (medium, exceptionFlows, expected) => {
    expect(exceptionFlowOf({ exceptionFlows }, medium)).toBe(expected)
  })
})

it('every code of a workspace has an example', () => {
  expect(Object.keys(WORKSPACE_EXAMPLES)).toEqual(Object.keys(WORKSPACE_DIAGNOSTICS))
})
