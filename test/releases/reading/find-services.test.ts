import { describe, expect, it } from 'vitest'
import { findServices, type ServiceQuery } from '../../../src/releases/reading/find-services.ts'
import { create, play } from './scene.ts'

const define = (
  kind: 'group' | 'team' | 'service',
  item: { id: string; name: string; group?: string; team?: string },
) => ({ type: 'itemDefined', kind, item }) as const

const { workspace, flows } = play([
  define('group', { id: 'europe', name: 'Europe' }),
  define('team', { id: 'berlin', name: 'Berlin', group: 'europe' }),
  define('team', { id: 'lima', name: 'Lima' }),
  define('service', { id: 'sales', name: 'Sales hotline', group: 'europe' }),
  define('service', { id: 'repair', name: 'Réparations', team: 'berlin' }),
  define('service', { id: 'night', name: 'Night hotline', team: 'lima' }),
  define('service', { id: 'empty', name: 'Empty' }),
  create('welcome', { name: 'Welcome', service: 'sales' }),
  create('offers', { name: 'Offers', service: 'sales' }),
  create('status', { name: 'Status', service: 'repair' }),
  create('nowhere', { name: 'Nowhere' }),
  create('gone', { name: 'Gone', service: 'sales' }),
  { type: 'flowDeleted', flow: 'gone' },
])

const found = (query: ServiceQuery = {}) =>
  findServices(workspace, flows, query).map(({ service }) => service.id)

describe('services', () => {
  it('[DOC-16] are listed by name', () => {
    expect(found()).toEqual(['empty', 'night', 'repair', 'sales'])
  })

  it.each([
    ['hotline', ['night', 'sales']],
    ['REPARATION', ['repair']],
    ['nobody', []],
  ])('[DOC-16] are found by a part of their name: %s', (text, ids) => {
    expect(found({ text })).toEqual(ids)
  })

  it('[DOC-16] live in a group or a team, and are found by them', () => {
    expect(found({ team: 'berlin' })).toEqual(['repair'])
    expect(found({ group: 'europe' })).toEqual(['repair', 'sales'])
    expect(found({ group: 'europe', text: 'hotline' })).toEqual(['sales'])
    expect(found({ group: 'toString' })).toEqual([])
  })

  it('[DOC-16] say where they live', () => {
    expect(findServices(workspace, flows).map(({ group }) => group)).toEqual([
      undefined,
      undefined,
      'europe',
      'europe',
    ])
  })

  it('[DOC-16] hold the flows that live in them, by name', () => {
    const flowsOf = new Map(findServices(workspace, flows).map((each) => [each.service.id, each.flows]))
    expect(flowsOf.get('sales')).toEqual([
      { flow: 'offers', name: 'Offers' },
      { flow: 'welcome', name: 'Welcome' },
    ])
    expect(flowsOf.get('repair')).toEqual([{ flow: 'status', name: 'Status' }])
    expect(flowsOf.get('empty')).toEqual([])
  })
})
