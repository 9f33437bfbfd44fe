import { describe, expect, it } from 'vitest'
import { parseCommand } from '../../src/releases/index.ts'
import { Desk } from './desk.ts'
import { PASSWORD } from './examples/commands.ts'

const SHARE = { type: 'shareFlow', flow: 'support', share: 'share-1', password: PASSWORD } as const

function deskWith(...flows: readonly string[]): Desk {
  const desk = new Desk()
  for (const flow of flows) desk.send({ type: 'createFlow', flow }, { inspection: desk.inspection(flow) })
  return desk
}

describe('a read-only link', () => {
  it('[SHR-1] is made with a password, and on from then', () => {
    const desk = deskWith('support')
    desk.send(SHARE)
    const { at, ...share } = desk.workspace.flows.support!.share!
    expect(share).toEqual({ id: 'share-1', password: PASSWORD, on: true, by: 'ada' })
    expect(at).toBeGreaterThan(0)
  })

  it('[SHR-1] is not switched on where there is no password yet', () => {
    const desk = deskWith('support')
    expect(desk.refused({ type: 'switchShare', flow: 'support', on: true })).toMatchObject({
      code: 'share.none',
      lift: 'Share it with a password first.',
    })
    const { password: _none, ...bare } = SHARE
    expect(parseCommand(bare)).toMatchObject({ ok: false, error: { code: 'command.bad' } })
  })

  it('[SHR-1] is switched off and on with the same password', () => {
    const desk = deskWith('support')
    desk.send(SHARE)
    desk.send({ type: 'switchShare', flow: 'support', on: false })
    expect(desk.workspace.flows.support!.share).toMatchObject({ id: 'share-1', on: false })
    expect(desk.send({ type: 'switchShare', flow: 'support', on: false })).toEqual([])
    desk.send({ type: 'switchShare', flow: 'support', on: true })
    expect(desk.workspace.flows.support!.share).toMatchObject({ id: 'share-1', password: PASSWORD, on: true })
  })

  it('[SHR-1] can end, at an instant that is still to come', () => {
    const desk = deskWith('support')
    expect(desk.refused({ ...SHARE, expiresAt: desk.now }).code).toBe('share.over')
    const expiresAt = desk.now + 60_000
    desk.send({ ...SHARE, expiresAt })
    expect(desk.workspace.flows.support!.share).toMatchObject({ expiresAt })
    desk.send({ type: 'switchShare', flow: 'support', on: false })
    desk.now = expiresAt
    expect(desk.refused({ type: 'switchShare', flow: 'support', on: true }).code).toBe('share.over')
  })

  it('takes another id and password, and the earlier ones are gone', () => {
    const desk = deskWith('support')
    desk.send({ ...SHARE, expiresAt: desk.now + 60_000 })
    const password = { ...PASSWORD, salt: 'YW5vdGhlciBzYWx0IGFsdG9nZXRoZXI' }
    desk.send({ ...SHARE, share: 'share-2', password })
    expect(desk.workspace.flows.support!.share).toMatchObject({ id: 'share-2', password })
    expect(desk.workspace.flows.support!.share).not.toHaveProperty('expiresAt')
  })

  it('has an id of its own', () => {
    const desk = deskWith('support', 'billing')
    desk.send(SHARE)
    expect(desk.refused({ ...SHARE, flow: 'billing' })).toMatchObject({
      code: 'share.taken',
      details: { flow: 'support' },
    })
  })

  it('[SHR-1] goes with the flow', () => {
    const desk = deskWith('support')
    expect(desk.refused({ ...SHARE, flow: 'nowhere' }).code).toBe('flow.unknown')
    desk.send(SHARE)
    desk.send({ type: 'deleteFlow', flow: 'support' })
    expect(desk.workspace.flows).toEqual({})
  })

  it.each([
    ['no scrypt', { kdf: 'md5' }],
    ['a cost that is no power of two', { n: 1_000 }],
    ['a cost that takes all memory', { n: 2 ** 24 }],
    ['blocks that take all memory', { n: 2 ** 20, r: 9 }],
    ['no salt', { salt: '' }],
    ['a hash that is none', { hash: 'swordfish' }],
    ['more members', { plain: 'swordfish' }],
  ])('[SHR-3] takes no password with %s', (_what, change) => {
    const password = { ...PASSWORD, ...change }
    expect(parseCommand({ ...SHARE, password })).toMatchObject({ ok: false, error: { code: 'command.bad' } })
  })
})

describe('links for contacts', () => {
  const application = (id: string) =>
    ({ type: 'define', kind: 'application', item: { id, name: id, channel: 'web' } }) as const

  it('[DST-2] are made for applications that the workspace has', () => {
    const desk = deskWith('support')
    const set = {
      type: 'setDistribution',
      flow: 'support',
      applications: ['web', 'shop', 'web'],
      protect: true,
    } as const
    expect(desk.refused(set)).toMatchObject({
      code: 'item.unknown',
      details: { kind: 'application', id: 'shop' },
    })
    desk.send(application('web'))
    desk.send(application('shop'))
    desk.send(set)
    expect(desk.workspace.flows.support!.distribution).toEqual({
      applications: ['shop', 'web'],
      protect: true,
    })
    expect(desk.send(set)).toEqual([])
    desk.send({ ...set, protect: false })
    expect(desk.workspace.flows.support!.distribution?.protect).toBe(false)
  })

  it('[REL-18] keep an application that flows are handed out for', () => {
    const desk = deskWith('support')
    desk.send(application('web'))
    desk.send({ type: 'setDistribution', flow: 'support', applications: ['web'], protect: true })
    expect(desk.refused({ type: 'remove', kind: 'application', id: 'web' })).toMatchObject({
      code: 'item.inUse',
      details: { by: ['support'] },
    })
    desk.send({ type: 'setDistribution', flow: 'support', applications: [], protect: true })
    desk.send({ type: 'remove', kind: 'application', id: 'web' })
  })

  it('[DST-4] lose their key for good, also where the application is removed and defined again', () => {
    const desk = deskWith()
    expect(desk.refused({ type: 'regenerateKey', application: 'web' }).code).toBe('item.unknown')
    desk.send(application('web'))
    desk.send({ type: 'regenerateKey', application: 'web' })
    desk.send({ type: 'regenerateKey', application: 'web' })
    desk.send({ type: 'remove', kind: 'application', id: 'web' })
    desk.send(application('web'))
    desk.send({ type: 'regenerateKey', application: 'web' })
    expect(desk.workspace.applicationKeys).toEqual({ web: 4 })
  })

  it.each([
    'https://shop.example/',
    'https://shop.example/page',
    'javascript:alert(1)',
    "https://a.example; script-src 'x'",
    '*',
  ])('[DST-6] are not embedded by %s, which is no origin', (origin) => {
    const item = { id: 'web', name: 'Web', channel: 'web', links: { embedding: [origin] } }
    expect(parseCommand({ type: 'define', kind: 'application', item })).toMatchObject({ ok: false })
  })

  it('[REL-16] are for those who may publish, as read-only links are', () => {
    const desk = deskWith('support')
    desk.send(application('web'))
    desk.send({ type: 'addMember', member: 'ben', permissions: ['view', 'edit', 'approve', 'admin'] })
    const commands = [
      { type: 'regenerateKey', application: 'web' },
      { type: 'setDistribution', flow: 'support', applications: ['web'], protect: true },
      SHARE,
      { type: 'switchShare', flow: 'support', on: false },
    ] as const
    for (const command of commands)
      expect(desk.refused(command, { by: 'ben' })).toMatchObject({
        code: 'permission.missing',
        details: { permission: 'publish', member: 'ben' },
      })
  })
})

describe('an integration', () => {
  it('[IO-2] names where it is available, by things that are there', () => {
    const desk = new Desk()
    const at = (scope: object) =>
      ({ type: 'define', kind: 'integration', item: { id: 'crm', name: 'CRM', ...scope } }) as const
    for (const [kind, scope] of Object.entries({
      group: { group: 'x' },
      team: { team: 'x' },
      service: { service: 'x' },
    }))
      expect(desk.refused(at(scope))).toMatchObject({ code: 'item.unknown', details: { kind, id: 'x' } })
    for (const kind of ['group', 'team', 'service'] as const) {
      desk.send({ type: 'define', kind, item: { id: 'x', name: 'X' } })
      desk.send(at({ [kind]: 'x' }))
      expect(desk.refused({ type: 'remove', kind, id: 'x' })).toMatchObject({
        code: 'item.inUse',
        details: { by: ['crm'] },
      })
    }
  })
})
