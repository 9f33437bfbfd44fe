import { describe, expect, it } from 'vitest'
import {
  COMMAND_PERMISSIONS,
  type Command,
  type CommandType,
  decide,
  emptyWorkspace,
  PERMISSIONS,
  type Permission,
  PRESETS,
} from '../../src/releases/index.ts'
import { permissionFor } from '../../src/releases/permission.ts'
import { Desk, policyWith } from './desk.ts'
import { COMMAND_EXAMPLES } from './examples/commands.ts'

const EVE = { by: 'eve' } as const

describe('permissions', () => {
  it('[REL-16] a member who may edit but not publish is refused by name of the missing permission', () => {
    const desk = new Desk()
    desk.create('support')
    desk.send({ type: 'addMember', member: 'eve', permissions: ['view', 'edit'] })
    const plan = desk.plan({ flow: 'support', version: 'v1', slot: 'official' })
    const release = {
      type: 'release',
      flow: 'support',
      version: 'v1',
      slot: 'official',
      plan: plan.hash,
    } as const
    expect(desk.refused(release, EVE)).toMatchObject({
      code: 'permission.missing',
      details: { command: 'release', permission: 'publish', member: 'eve' },
      lift: expect.stringContaining('publish'),
    })
    desk.send({ type: 'branch', flow: 'support', from: 'v1' }, EVE)
  })

  it('[REL-16] permissions are granted and revoked', () => {
    const desk = new Desk()
    desk.create('support')
    desk.send({ type: 'addMember', member: 'eve', permissions: [] })
    const edit = { type: 'labelFlow', flow: 'support', labels: ['x'] } as const
    expect(desk.refused(edit, EVE).code).toBe('permission.missing')
    desk.send({ type: 'grant', member: 'eve', permissions: ['edit', 'view', 'edit'] })
    expect(desk.workspace.members.eve!.permissions).toEqual(['edit', 'view'])
    desk.send(edit, EVE)
    desk.send({ type: 'revoke', member: 'eve', permissions: ['edit'] })
    expect(desk.refused({ ...edit, labels: ['y'] }, EVE).code).toBe('permission.missing')
    expect(desk.workspace.members.eve!.permissions).toEqual(['view'])
  })

  it('[REL-16] granting what somebody has, and revoking what they have not, change nothing', () => {
    const desk = new Desk()
    expect(desk.send({ type: 'grant', member: 'ada', permissions: ['edit'] })).toEqual([])
    desk.send({ type: 'addMember', member: 'eve', permissions: [] })
    expect(desk.send({ type: 'revoke', member: 'eve', permissions: ['edit'] })).toEqual([])
  })

  it.each(Object.keys(COMMAND_EXAMPLES) as CommandType[])(
    '[REL-16] the command %s declares the permission that it needs, and is refused without it alone',
    (type) => {
      const command: Command = COMMAND_EXAMPLES[type]
      expect(COMMAND_PERMISSIONS).toHaveProperty(type)
      const needed = permissionFor(command)
      if (needed === undefined) {
        expect(type).toBe('createWorkspace')
        return
      }
      const desk = new Desk()
      const others: readonly Permission[] = PERMISSIONS.filter((each) => each !== needed)
      desk.send({ type: 'addMember', member: 'eve', permissions: others })
      expect(desk.refused(command, EVE)).toMatchObject({ details: { permission: needed } })
      desk.send({ type: 'grant', member: 'eve', permissions: [needed] })
      const decision = decide(desk.state(), command, desk.context(undefined, undefined, EVE))
      expect(decision).not.toMatchObject({ code: 'permission.missing' })
    },
  )

  it('[REL-16] a stranger may nothing', () => {
    const desk = new Desk()
    const command = { type: 'setPolicy', policy: 'open' } as const
    expect(desk.refused(command, { by: 'adda' })).toMatchObject({
      code: 'member.unknown',
      details: { suggestion: 'ada' },
    })
    expect(desk.refused(command, { by: 'constructor' }).code).toBe('member.unknown')
  })

  it('whoever creates the workspace has every permission, and it is created once', () => {
    const desk = new Desk()
    expect(desk.workspace.members.ada!.permissions).toEqual(PERMISSIONS)
    const create = { type: 'createWorkspace', name: 'Again', policy: 'open' } as const
    expect(desk.refused(create).code).toBe('workspace.exists')
  })

  it.each(['nope', 'constructor'])('a command that nobody has parsed, of the type %s, is refused', (type) => {
    const desk = new Desk()
    expect(desk.refused({ type } as never).code).toBe('command.bad')
  })

  it('nothing happens in a workspace that has not been created', () => {
    const state = { workspace: emptyWorkspace('acme') }
    const decision = decide(state, { type: 'deleteFlow', flow: 'x' }, { by: 'ada', now: 0 })
    expect(decision).toMatchObject({ ok: false, code: 'workspace.unknown' })
  })

  it('the last admin stays one', () => {
    const desk = new Desk()
    expect(desk.refused({ type: 'removeMember', member: 'ada' })).toMatchObject({
      code: 'member.lastAdmin',
      details: { member: 'ada' },
    })
    expect(desk.refused({ type: 'revoke', member: 'ada', permissions: ['admin'] }).code).toBe(
      'member.lastAdmin',
    )
    desk.send({ type: 'revoke', member: 'ada', permissions: ['publish'] })
    desk.send({ type: 'addMember', member: 'eve', permissions: ['admin'] })
    desk.send({ type: 'removeMember', member: 'ada' }, EVE)
    expect(Object.keys(desk.workspace.members)).toEqual(['eve'])
  })

  it('an approver whom the policy names stays one', () => {
    const desk = new Desk()
    desk.send({ type: 'addMember', member: 'eve', permissions: ['approve'] })
    desk.send({ type: 'setPolicy', policy: policyWith({ approvals: { required: 1, approvers: ['eve'] } }) })
    expect(desk.refused({ type: 'removeMember', member: 'eve' })).toMatchObject({
      code: 'member.needed',
      details: { member: 'eve' },
    })
    expect(desk.refused({ type: 'revoke', member: 'eve', permissions: ['approve'] }).code).toBe(
      'member.needed',
    )
    desk.send({ type: 'setPolicy', policy: 'open' })
    desk.send({ type: 'removeMember', member: 'eve' })
  })

  it('a policy names approvers who may approve', () => {
    const desk = new Desk()
    const policy = policyWith({ approvals: { required: 1, approvers: ['eve'] } })
    expect(desk.refused({ type: 'setPolicy', policy })).toMatchObject({
      code: 'policy.unknownApprover',
      details: { members: ['eve'] },
    })
    const create = { type: 'createWorkspace', name: 'New', policy } as const
    const decision = decide({ workspace: emptyWorkspace('new') }, create, { by: 'ada', now: 0 })
    expect(decision).toMatchObject({ ok: false, code: 'policy.unknownApprover' })
  })

  it('members are added once, and known when they are changed', () => {
    const desk = new Desk()
    const add = { type: 'addMember', member: 'eve', name: 'Eve', permissions: ['view'] } as const
    desk.send(add)
    expect(desk.workspace.members.eve).toEqual({ id: 'eve', name: 'Eve', permissions: ['view'] })
    expect(desk.refused(add).code).toBe('member.exists')
    expect(desk.refused({ type: 'grant', member: 'even', permissions: [] })).toMatchObject({
      code: 'member.unknown',
      details: { suggestion: 'eve' },
    })
  })

  it('a policy that takes gray releases away waits until none is out', () => {
    const desk = new Desk()
    desk.rule()
    desk.create('support')
    desk.release('support', 'v1', 'gray', { rule: 'pilot' })
    const set = { type: 'setPolicy', policy: PRESETS['chat-flow'] } as const
    expect(desk.refused(set)).toMatchObject({ code: 'policy.grayInUse', details: { flows: ['support'] } })
    desk.release('support', 'v1')
    desk.send(set)
    expect(desk.workspace.policy).toEqual(PRESETS['chat-flow'])
  })

  it('a command that was made for an older revision is refused, and says where the stream is', () => {
    const desk = new Desk()
    desk.create('support')
    const label = { type: 'labelFlow', flow: 'support', labels: ['x'] } as const
    const workspace = desk.workspace.revision
    desk.send(label, { expected: { workspace, flow: 1 } })
    expect(desk.refused({ ...label, labels: [] }, { expected: { workspace } })).toMatchObject({
      code: 'stream.stale',
      details: { stream: 'workspace', revision: workspace + 1, expected: workspace },
    })
    expect(desk.refused({ ...label, labels: [] }, { expected: { flow: 1 } })).toMatchObject({
      code: 'stream.stale',
      details: { stream: 'flow', revision: 2, expected: 1 },
    })
  })
})
