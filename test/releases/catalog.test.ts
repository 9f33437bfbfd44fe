import { describe, expect, it } from 'vitest'
import type { CatalogItem } from '../../src/releases/index.ts'
import { Desk } from './desk.ts'

const ITEMS: readonly CatalogItem[] = [
  { kind: 'group', item: { id: 'x', name: 'North' } },
  { kind: 'team', item: { id: 'x', name: 'Sales' } },
  { kind: 'service', item: { id: 'x', name: 'Hotline' } },
  { kind: 'testContact', item: { id: 'x', name: 'Tess', addresses: ['+4930123'] } },
  { kind: 'segment', item: { id: 'x', name: 'New customers' } },
  { kind: 'application', item: { id: 'x', name: 'Shop', channel: 'sms', address: '+4930123' } },
  { kind: 'mediaFolder', item: { id: 'x', name: 'Prompts' } },
  { kind: 'integration', item: { id: 'x', name: 'CRM' } },
  { kind: 'grayRule', item: { id: 'x', name: 'Tenth', match: { kind: 'percentage', percent: 10 } } },
]

describe('the catalog', () => {
  it.each(ITEMS)('a $kind is defined, changed and removed', (entry) => {
    const desk = new Desk()
    const { kind } = entry
    desk.send({ type: 'define', ...entry })
    expect(desk.workspace.catalog[kind].x).toEqual(entry.item)
    const renamed = { ...entry, item: { ...entry.item, name: 'Renamed' } } as CatalogItem
    desk.send({ type: 'define', ...renamed })
    expect(desk.workspace.catalog[kind].x!.name).toBe('Renamed')
    desk.send({ type: 'remove', kind, id: 'x' })
    expect(desk.workspace.catalog[kind]).toEqual({})
    expect(desk.refused({ type: 'remove', kind, id: 'x' }).code).toBe('item.unknown')
  })

  it('[DOC-16] services stand in a group or a team of the workspace', () => {
    const desk = new Desk()
    const service = {
      type: 'define',
      kind: 'service',
      item: { id: 'hotline', name: 'Hotline', team: 'sales' },
    } as const
    expect(desk.refused(service)).toMatchObject({
      code: 'item.unknown',
      details: { kind: 'team', id: 'sales' },
    })
    desk.send({ type: 'define', kind: 'group', item: { id: 'north', name: 'North' } })
    desk.send({ type: 'define', kind: 'team', item: { id: 'sales', name: 'Sales', group: 'north' } })
    desk.send(service)
    expect(desk.refused({ type: 'remove', kind: 'team', id: 'sales' })).toMatchObject({
      code: 'item.inUse',
      details: { by: ['hotline'] },
    })
    expect(desk.refused({ type: 'remove', kind: 'group', id: 'north' })).toMatchObject({
      details: { by: ['sales'] },
    })
  })

  it('[DOC-16] a flow lives in a service, and moves to another one', () => {
    const desk = new Desk()
    desk.send({ type: 'define', kind: 'service', item: { id: 'a', name: 'A' } })
    desk.send({ type: 'define', kind: 'service', item: { id: 'b', name: 'B' } })
    const inspection = desk.inspection('support')
    const create = { type: 'createFlow', flow: 'support', service: 'nowhere' } as const
    expect(desk.refused(create, { inspection }).code).toBe('item.unknown')
    desk.send({ ...create, service: 'a', labels: ['x', 'x'] }, { inspection })
    expect(desk.workspace.flows.support).toMatchObject({ service: 'a', labels: ['x'] })
    expect(desk.refused({ type: 'remove', kind: 'service', id: 'a' })).toMatchObject({
      details: { by: ['support'] },
    })
    desk.send({ type: 'placeFlow', flow: 'support', service: 'b' })
    desk.send({ type: 'remove', kind: 'service', id: 'a' })
    desk.send({ type: 'placeFlow', flow: 'support', service: null })
    expect(desk.workspace.flows.support!.service).toBeUndefined()
    expect(desk.send({ type: 'placeFlow', flow: 'support', service: null })).toEqual([])
    const nowhere = { type: 'placeFlow', flow: 'support', service: 'nowhere' } as const
    expect(desk.refused(nowhere)).toMatchObject({ code: 'item.unknown', details: { kind: 'service' } })
    desk.send({ type: 'labelFlow', flow: 'support', labels: ['y', 'x'] })
    expect(desk.workspace.flows.support!.labels).toEqual(['x', 'y'])
    expect(desk.send({ type: 'labelFlow', flow: 'support', labels: ['y', 'x', 'y'] })).toEqual([])
    desk.send({ type: 'labelFlow', flow: 'support', labels: ['x'] })
    expect(desk.send({ type: 'labelFlow', flow: 'support', labels: ['x'] })).toEqual([])
    desk.send({ type: 'labelFlow', flow: 'support', labels: ['x', 'y'] })
    expect(desk.send({ type: 'labelFlow', flow: 'support', labels: ['x\u0000y'] })).toHaveLength(1)
  })
})

describe('what is referenced cannot be deleted', () => {
  it('[REL-18] a released version', () => {
    const desk = new Desk()
    desk.create('support')
    desk.release('support', 'v1')
    desk.send({ type: 'branch', flow: 'support', from: 'v1' })
    expect(desk.refused({ type: 'deleteVersion', flow: 'support', version: 'v1' }).code).toBe('version.live')
    expect(desk.refused({ type: 'deleteFlow', flow: 'support' }).code).toBe('flow.live')
    desk.release('support', 'v2')
    desk.send({ type: 'deleteVersion', flow: 'support', version: 'v1' })
    expect(desk.versionState('support', 'v1')).toBe('deleted')
  })

  it('[REL-18] a version on which sessions run, and its flow', () => {
    const desk = new Desk()
    desk.create('support')
    desk.release('support', 'v1')
    desk.send({ type: 'branch', flow: 'support', from: 'v1' })
    desk.send({ type: 'cancelRelease', flow: 'support', slot: 'official' })
    const versions = [{ version: 'v1', sessions: 2, waiting: { menu: 2 }, cards: 0 }]
    desk.world = { ...desk.world, running: { versions, endedCards: 0 } }
    const command = { type: 'deleteVersion', flow: 'support', version: 'v1' } as const
    expect(desk.refused(command)).toMatchObject({ code: 'version.hasSessions', details: { sessions: 2 } })
    expect(desk.refused({ type: 'deleteFlow', flow: 'support' }).code).toBe('flow.hasSessions')
    expect(desk.refused(command, { world: undefined as never }).code).toBe('world.wanted')
    desk.send({ type: 'deleteVersion', flow: 'support', version: 'v2' })
  })

  it('[REL-18] the last version of a flow', () => {
    const desk = new Desk()
    desk.create('support')
    const command = { type: 'deleteVersion', flow: 'support', version: 'v1' } as const
    expect(desk.refused(command).code).toBe('version.last')
    desk.send({ type: 'branch', flow: 'support', from: 'v1' })
    desk.send(command)
    expect(desk.refused(command).code).toBe('version.unknown')
    expect(desk.refused({ ...command, version: 'v2' }).code).toBe('version.last')
  })

  it('[REL-18] a gray rule in use', () => {
    const desk = new Desk()
    desk.rule()
    desk.create('support')
    desk.release('support', 'v1', 'gray', { rule: 'pilot' })
    const command = { type: 'remove', kind: 'grayRule', id: 'pilot' } as const
    expect(desk.refused(command)).toMatchObject({ code: 'item.inUse', details: { by: ['support'] } })
    desk.release('support', 'v1')
    desk.send(command)
  })

  it.each(['deleteFlow', 'cancelRelease'] as const)('[REL-18] a subflow in use: %s', (type) => {
    const desk = new Desk()
    desk.create('billing', { role: 'subflow' })
    desk.release('billing', 'v1')
    desk.create('support', { references: [{ flow: 'billing', nodes: ['call'] }] })
    desk.release('support', 'v1')
    const cancel = { type: 'cancelRelease', flow: 'billing', slot: 'official' } as const
    expect(desk.refused(cancel)).toMatchObject({ code: 'flow.inUse', details: { by: ['support'] } })
    desk.send({ type: 'cancelRelease', flow: 'support', slot: 'official' })
    desk.send(cancel)
    if (type === 'deleteFlow') desk.send({ type, flow: 'billing' })
  })

  it('[REL-18] a subflow that official versions call keeps its official version', () => {
    const desk = new Desk()
    desk.rule()
    desk.create('billing', { role: 'subflow' })
    desk.release('billing', 'v1')
    desk.send({ type: 'branch', flow: 'billing', from: 'v1' })
    desk.release('billing', 'v2', 'gray', { rule: 'pilot' })
    desk.create('support', { references: [{ flow: 'billing', nodes: ['call'] }] })
    const cancel = { type: 'cancelRelease', flow: 'billing', slot: 'official' } as const
    desk.release('support', 'v1', 'gray', { rule: 'pilot' })
    desk.send(cancel)
    expect(desk.failedGates('support', 'v1')).toEqual(['references'])
    desk.release('billing', 'v1')
    desk.release('support', 'v1')
    expect(desk.refused(cancel)).toMatchObject({ code: 'flow.inUse', details: { by: ['support'] } })
    desk.send({ type: 'cancelRelease', flow: 'billing', slot: 'gray' })
  })

  it('[REL-18] a media folder in use', () => {
    const desk = new Desk()
    desk.send({ type: 'define', kind: 'mediaFolder', item: { id: 'prompts', name: 'Prompts' } })
    desk.create('support', { mediaFolder: 'prompts' })
    desk.release('support', 'v1')
    expect(desk.refused({ type: 'remove', kind: 'mediaFolder', id: 'prompts' })).toMatchObject({
      code: 'item.inUse',
      details: { by: ['support'] },
    })
  })

  it('[REL-18] an application with links, or in use by a release', () => {
    const desk = new Desk()
    desk.send({ type: 'define', kind: 'application', item: { id: 'shop', name: 'Shop', channel: 'sms' } })
    const command = { type: 'remove', kind: 'application', id: 'shop' } as const
    desk.world = { ...desk.world, links: { shop: 2 } }
    expect(desk.refused(command)).toMatchObject({ code: 'item.inUse', details: { by: ['2 links'] } })
    desk.world = { ...desk.world, links: { shop: 1 } }
    expect(desk.refused(command).details.by).toEqual(['1 link'])
    expect(desk.refused(command, { world: undefined as never })).toMatchObject({
      code: 'world.wanted',
      details: { of: ['links'] },
    })
    desk.world = { ...desk.world, links: {} }
    desk.create('support', { channels: ['sms'] })
    desk.release('support', 'v1')
    expect(desk.refused(command)).toMatchObject({ details: { by: ['support'] } })
    const item = { id: 'shop', name: 'Shop', channel: 'email' }
    expect(desk.refused({ type: 'define', kind: 'application', item }).code).toBe('item.channelInUse')
  })

  it('[REL-18] what no release names can go: another segment, folder or application', () => {
    const desk = new Desk()
    const kinds = ['segment', 'mediaFolder'] as const
    for (const kind of kinds) {
      for (const id of ['used', 'spare']) desk.send({ type: 'define', kind, item: { id, name: id } })
    }
    desk.send({ type: 'define', kind: 'application', item: { id: 'spare', name: 'Spare', channel: 'sms' } })
    desk.world = { ...desk.world, segmentMembers: { used: 1 } }
    desk.create('support', { trigger: { kind: 'segment', segment: 'used' }, mediaFolder: 'used' })
    desk.release('support', 'v1')
    desk.create('manual')
    desk.release('manual', 'v1')
    for (const kind of kinds) {
      expect(desk.refused({ type: 'remove', kind, id: 'used' }).details.by).toEqual(['support'])
      desk.send({ type: 'remove', kind, id: 'spare' })
    }
    desk.send({ type: 'remove', kind: 'application', id: 'spare' })
  })

  it('[REL-18] a segment that triggers a released flow', () => {
    const desk = new Desk()
    desk.send({ type: 'define', kind: 'segment', item: { id: 'new', name: 'New' } })
    desk.world = { ...desk.world, segmentMembers: { new: 1 } }
    desk.create('support', { trigger: { kind: 'segment', segment: 'new' } })
    desk.release('support', 'v1')
    expect(desk.refused({ type: 'remove', kind: 'segment', id: 'new' })).toMatchObject({
      details: { by: ['support'] },
    })
  })
})
