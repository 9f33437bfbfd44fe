import { beforeAll, describe, expect, it } from 'vitest'
import { palette } from '../../src/palette/index.ts'
import { isApproved, listFlows } from '../../src/releases/index.ts'
import {
  createLinks,
  createShares,
  type LinkRequest,
  type Links,
  type MadeLink,
  memoryLinkStore,
} from '../../src/sharing/index.ts'
import { fromTemplate, greeting, supportFlow } from './flows.ts'
import { accepted, Office } from './office.ts'
import { step } from './step.ts'

/*
 * Page 002: a console hands flows out by link, once they are published and approved.
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

  describe('handed out by links', () => {
    const store = memoryLinkStore()
    const refused: string[] = []
    let links: Links

    beforeAll(async () => {
      links = createLinks({
        workspace: office.workspace,
        store,
        secret: 'thirty-two bytes are what a key has',
        url: 'https://go.example/',
        clock: { now: () => office.now },
        onRefused: ({ code }) => refused.push(code),
      })
      await office.add(
        greeting('feedback', {
          trigger: 'link',
          data: [
            { name: 'order', type: 'text', required: true },
            { name: 'stars', type: 'number' },
          ],
        }),
      )
      await office.add({ ...greeting('chores', { trigger: 'link' }), audience: 'internal' })
    })

    step('002.4', 'a flow can be handed out once it is published and approved, and not before', async () => {
      expect(await refusal({ flow: 'feedback' })).toBe('link.notReleased')
      await office.release('feedback', 'v1')
      expect(await refusal({ flow: 'feedback' })).toBe('link.notApproved')
      await approve('feedback', 'ann')
      expect(await refusal({ flow: 'feedback' })).toBe('link.noApplication')
    })

    step(['002.9', '002.10'], 'only interaction flows are; others can be shown read-only', async () => {
      await office.release('chores', 'v1')
      await approve('chores', 'ann')
      const made = await links.make({ flow: 'chores', application: 'web' }, { by: 'ada' })
      expect(made).toMatchObject({ code: 'link.notInteraction', lift: expect.stringContaining('read-only') })
      const shares = createShares({
        workspace: office.workspace,
        nodes: palette,
        store,
        url: 'https://flows.example/view/',
        cost: { n: 2, r: 1, p: 1 },
      })
      expect((await shares.share('chores', { password: 'nothing to hide' }, { by: 'ada' })).ok).toBe(true)
    })

    step(
      ['002.12', '002.19', '002.20'],
      'the applications that are available to a flow are on offer',
      async () => {
        expect(await links.offers('feedback')).toEqual({ ok: true, offers: [] })
        for (const id of ['web', 'kiosk', 'elsewhere'])
          await office.send({ type: 'define', kind: 'application', item: { id, name: id, channel: 'web' } })
        await office.send({
          type: 'setDistribution',
          flow: 'feedback',
          applications: ['web', 'kiosk'],
          protect: true,
        })
        const offered = accepted(await links.offers('feedback')) as {
          offers: readonly { application: { id: string } }[]
        }
        expect(offered.offers.map(({ application }) => application.id)).toEqual(['kiosk', 'web'])
        expect(await refusal({ flow: 'feedback', application: 'elsewhere' })).toBe('link.noApplication')
      },
    )

    step('002.21', 'each offer comes with what holds for its application', async () => {
      const rules = { lifetimeMs: 86_400_000, maxInvocations: 2, embedding: ['https://shop.example'] }
      const item = { id: 'web', name: 'Web', channel: 'web', links: rules }
      await office.send({ type: 'define', kind: 'application', item })
      expect(await links.offers('feedback')).toMatchObject({
        offers: [
          { application: { id: 'kiosk' }, isProtected: true, rules: {} },
          { application: { id: 'web' }, isProtected: true, rules },
        ],
      })
    })

    step(
      ['002.22', '002.23'],
      'parameters are appended to the address, and what is required is asked for',
      async () => {
        expect(await refusal({ parameters: '' })).toBe('link.missingParameters')
        const { url } = await make({ parameters: '&order=4711&stars=5' })
        const { searchParams } = new URL(url)
        expect([searchParams.get('order'), searchParams.get('stars')]).toEqual(['4711', '5'])
        expect(await links.resolve(url)).toMatchObject({ trigger: { data: { order: '4711', stars: 5 } } })
      },
    )

    step(
      ['002.31', '002.32'],
      'the address of a protected link ends in a token, by which it is known',
      async () => {
        const { url, isProtected } = await make()
        expect(isProtected).toBe(true)
        expect(url).toMatch(/&_token=[\w-]+\.[\w-]+\.[\w-]+$/)
        expect((await links.resolve(url)).ok).toBe(true)
        expect((await links.resolve(url.slice(0, url.indexOf('&_token')))).ok).toBe(false)
        expect(refused.at(-1)).toBe('link.badToken')
      },
    )

    step('002.5', 'code for other pages comes along where the application lets them', async () => {
      const { embed, url } = await make({ embed: true })
      expect(embed!.iframe).toContain(url.replaceAll('&', '&amp;'))
      expect(await refusal({ application: 'kiosk', embed: true })).toBe('link.notEmbedded')
    })

    step(['002.6', '002.33', '002.34'], 'address and code are texts that go into any message', async () => {
      const { url, embed } = await make({ embed: true })
      for (const text of [url, embed!.iframe, embed!.script]) expect(text).toMatch(/^[\x20-\x7e]+$/)
      expect(url.length).toBeLessThan(500)
    })

    step(['002.7', '002.30'], 'a short link stands for the long one, and gives nothing away', async () => {
      const { url, shortUrl } = await make({ shorten: true })
      expect(shortUrl!.length).toBeLessThan(40)
      for (const shown of ['feedback', '4711', '_token']) expect(shortUrl).not.toContain(shown)
      expect(await links.peek(shortUrl!)).toEqual(await links.peek(url))
      expect(await make()).not.toHaveProperty('shortUrl')
    })

    step(
      ['002.24', '002.25', '002.26', '002.28'],
      'protection can be switched off for one link, which then ignores the application, with a warning',
      async () => {
        const { url, warnings } = await make({ protect: false })
        expect(url).not.toContain('_token')
        expect(warnings.map(({ code }) => code)).toEqual(['link.unprotected'])
        office.now += 2 * 86_400_000
        for (let time = 0; time < 4; time++) expect((await links.resolve(url)).ok).toBe(true)
      },
    )

    step('002.29', 'another key of the application puts an end to its links, for good', async () => {
      const made = [
        await make(),
        await make({ protect: false }),
        await make({ shorten: true }),
        await make({ embed: true }),
      ]
      const urls = made.flatMap(({ url, shortUrl }) => (shortUrl === undefined ? [url] : [url, shortUrl]))
      for (const url of urls) expect((await links.peek(url)).ok).toBe(true)
      await office.send({ type: 'regenerateKey', application: 'web' })
      for (const url of urls) expect((await links.peek(url)).ok).toBe(false)
      expect((await links.peek((await make()).url)).ok).toBe(true)
    })

    it('stop when the approval is taken back', async () => {
      const { url } = await make()
      await office.send({ type: 'withdrawApproval', flow: 'feedback', version: 'v1' }, { by: 'ann' })
      expect((await links.peek(url)).ok).toBe(false)
      expect(refused.at(-1)).toBe('link.notApproved')
    })

    const request = (rest: Partial<LinkRequest>): LinkRequest => ({
      flow: 'feedback',
      application: 'web',
      parameters: '&order=4711',
      ...rest,
    })

    async function make(rest: Partial<LinkRequest> = {}): Promise<MadeLink> {
      const made = await links.make(request(rest), { by: 'ada' })
      if (!made.ok) throw new Error(`${made.code}: ${made.reason}`)
      return made
    }

    async function refusal(rest: Partial<LinkRequest>): Promise<string> {
      const made = await links.make(request(rest), { by: 'ada' })
      return made.ok ? 'made' : made.code
    }
  })

  async function approve(flow: string, by: string): Promise<void> {
    const { behaviourHash } = (await office.version(flow, 'v1')).revisions.at(-1)!
    accepted(await office.send({ type: 'approve', flow, version: 'v1', behaviourHash }, { by }))
  }

  async function approved(flow: string): Promise<boolean> {
    return isApproved(await office.version(flow, 'v1'), await office.workspace.state())
  }
})
