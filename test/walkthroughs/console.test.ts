import { beforeAll, describe, expect, it } from 'vitest'
import { isApproved, listFlows } from '../../src/releases/index.ts'
import { fromTemplate, greeting, supportFlow } from './flows.ts'
import { accepted, Office } from './office.ts'
import { step } from './step.ts'

/*
 * Page 002: a console hands flows out by link. Links come with the issue on distribution; what they wait for, a flow that
 * is published and approved, is here.
 */

describe.sequential('flows in a console', () => {
  let office: Office
  const FLOW = 'support'

  beforeAll(async () => {
    office = await Office.open('console')
    await office.hire('ann', 'approve')
    await office.add(supportFlow())
    await office.add(greeting('intake', { trigger: 'link' }))
    await office.add(fromTemplate('satisfaction-survey', 'survey'))
  })

  it('is published without an approval, and approved before or after', async () => {
    expect(await office.closedGates(FLOW, 'v1')).toEqual([])
    await office.release(FLOW, 'v1')
    expect(await office.row(FLOW)).toMatchObject({ word: 'Published' })
    expect(await approved(FLOW)).toBe(false)
    await approve(FLOW, 'ann')
    expect(await approved(FLOW)).toBe(true)

    await approve('intake', 'ann')
    expect(await approved('intake')).toBe(true)
    expect(await office.row('intake')).toMatchObject({ word: 'Draft' })
  })

  it('is not approved by whoever made it, and an approval can be taken back', async () => {
    const { behaviourHash } = (await office.version('survey', 'v1')).revisions[0]!
    const own = { type: 'approve', flow: 'survey', version: 'v1', behaviourHash } as const
    expect((await office.refused(own)).code).toBe('approval.ownWork')
    await office.send({ type: 'withdrawApproval', flow: FLOW, version: 'v1' }, { by: 'ann' })
    expect(await approved(FLOW)).toBe(false)
    expect(await office.row(FLOW)).toMatchObject({ word: 'Published' })
  })

  step('002.14', 'a few letters of its name find a flow in a long list', async () => {
    const found = async (text: string) =>
      listFlows(await office.workspace.state(), await office.workspace.flows(), { text }).items.map(
        ({ flow }) => flow,
      )
    expect(await found('')).toEqual(['intake', 'survey', FLOW])
    expect(await found('UPPO')).toEqual([FLOW])
    expect(await found('su')).toEqual(['survey', FLOW])
    expect(await found('nothing like it')).toEqual([])
  })

  async function approve(flow: string, by: string): Promise<void> {
    const { behaviourHash } = (await office.version(flow, 'v1')).revisions.at(-1)!
    accepted(await office.send({ type: 'approve', flow, version: 'v1', behaviourHash }, { by }))
  }

  async function approved(flow: string): Promise<boolean> {
    return isApproved(await office.version(flow, 'v1'), await office.workspace.state())
  }
})
