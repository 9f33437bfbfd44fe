import { beforeAll, describe, expect, it } from 'vitest'
import { palette } from '../../src/palette/index.ts'
import { createShares, memoryLinkStore, type Shares } from '../../src/sharing/index.ts'
import { supportFlow } from './flows.ts'
import { accepted, Office } from './office.ts'
import { step } from './step.ts'

/*
 * Page 001, the part on sharing: somebody without an account looks at a flow for a while, by a link and a password.
 */

describe.sequential('a flow that is shown to somebody outside', () => {
  let office: Office
  let shares: Shares
  let url: string
  const FLOW = 'support'
  const PASSWORD = 'look, but do not touch'

  beforeAll(async () => {
    office = await Office.open('flow-builder')
    shares = createShares({
      workspace: office.workspace,
      nodes: palette,
      store: memoryLinkStore(),
      url: 'https://flows.example/view/',
      cost: { n: 2, r: 1, p: 1 },
      clock: { now: () => office.now },
    })
  })

  step('001.107', 'there is nothing to share before the flow has been saved', async () => {
    expect(await shares.share(FLOW, { password: PASSWORD }, { by: 'ada' })).toMatchObject({
      code: 'flow.unknown',
    })
    await office.add(supportFlow())
  })

  step('001.108', 'the settings say that it is not shared yet', async () => {
    expect(await shares.of(FLOW)).toBeUndefined()
  })

  step(['001.110', '001.112'], 'the link is switched on with a password, and not without one', async () => {
    expect(await shares.switch(FLOW, true, { by: 'ada' })).toMatchObject({ code: 'share.none' })
    expect(await shares.share(FLOW, { password: '' }, { by: 'ada' })).toMatchObject({
      code: 'share.noPassword',
    })
    accepted(await shares.share(FLOW, { password: PASSWORD }, { by: 'ada' }))
    expect(await shares.of(FLOW)).toMatchObject({ on: true })
  })

  step(['001.111', '001.113'], 'its address is copied and sent, with the password beside it', async () => {
    url = (await shares.of(FLOW))!.url
    expect(url).toMatch(/^https:\/\/flows\.example\/view\/[\w-]{21}$/)
    expect(url).not.toContain(FLOW)
  })

  step('001.114', 'whoever opens it is asked for the password', async () => {
    const page = await shares.respond({ method: 'GET', url })
    expect(page).toMatchObject({ status: 200 })
    expect(page.body).toContain('type="password"')
    expect(page.body).not.toContain(supportFlow().name)
  })

  step(
    ['001.104', '001.105', '001.115'],
    'the password shows the flow, and nothing else is needed',
    async () => {
      const refused = await shares.respond({ method: 'POST', url, body: 'password=guessed' })
      expect(refused.status).toBe(403)
      const body = new URLSearchParams({ password: PASSWORD }).toString()
      const page = await shares.respond({ method: 'POST', url, body })
      expect(page.status).toBe(200)
      expect(page.body).toContain(supportFlow().name)
      expect(page.body).toContain('<svg')
    },
  )

  step('001.103', 'it can be looked at for a while, and not be changed', async () => {
    expect(await shares.respond({ method: 'PUT', url, body: '{}' })).toMatchObject({ status: 405 })
    accepted(
      await shares.share(FLOW, { password: PASSWORD, expiresAt: office.now + 3_600_000 }, { by: 'ada' }),
    )
    expect((await shares.open(url, PASSWORD)).ok).toBe(true)
    office.now += 3_600_000
    expect(await shares.open(url, PASSWORD)).toMatchObject({ code: 'share.unavailable' })
  })

  it('is no longer to be seen once the link is switched off', async () => {
    accepted(await shares.share(FLOW, { password: PASSWORD }, { by: 'ada' }))
    accepted(await shares.switch(FLOW, false, { by: 'ada' }))
    expect(await shares.open(url, PASSWORD)).toMatchObject({ code: 'share.unavailable' })
  })
})
