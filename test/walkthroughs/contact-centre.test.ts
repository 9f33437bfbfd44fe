import { beforeAll, describe, expect } from 'vitest'
import { type GrayRule, routeException } from '../../src/releases/index.ts'
import { apology, fromTemplate, greeting } from './flows.ts'
import { Office } from './office.ts'
import { step } from './step.ts'

/* Page 000: a contact centre publishes its IVR flows. */

const PILOT: GrayRule = {
  id: 'pilot',
  name: 'Pilot region',
  match: { kind: 'numbers', ranges: [{ begin: '+4930200', end: '+4930299' }], prefixes: ['+49151'] },
}
const IN_PILOT = '+4915112345678'
const ELSEWHERE = '+4917099999999'
const GRAY = { slot: 'gray', answers: { rule: 'pilot' } } as const
const HOTLINE = { id: 'hotline', name: 'Hotline', channel: 'voice', address: '+4930123456' }
const FLOW = 'support-line'

describe.sequential('publishing in a contact centre', () => {
  let office: Office

  beforeAll(async () => {
    office = await openOffice('acme')
    await office.send({ type: 'define', kind: 'grayRule', item: PILOT })
    await office.add(apology())
    await office.release('apology', 'v1')
    await office.send({ type: 'setExceptionFlow', medium: 'any', flow: 'apology' })
  })

  step('000.3', 'nobody is put through to a flow that was added and not yet published', async () => {
    await office.add(fromTemplate('support-ivr', FLOW))
    expect(await office.reach(FLOW, ELSEWHERE)).toBe('route.notReleased')
    expect(await office.reach(FLOW, IN_PILOT)).toBe('route.notReleased')
  })

  step('000.5', 'what is New can be published, and so can what is Unreleased', async () => {
    expect(await office.status(FLOW, 'v1')).toBe('New')
    expect((await office.plan(FLOW, 'v1')).ready).toBe(true)

    await office.release(FLOW, 'v1')
    expect(await office.closedGates(FLOW, 'v1')).toEqual(['lifecycle'])

    await office.send({ type: 'cancelRelease', flow: FLOW, slot: 'official' })
    expect(await office.status(FLOW, 'v1')).toBe('Unreleased')
    expect(await office.reach(FLOW, ELSEWHERE)).toBe('route.notReleased')
    expect((await office.plan(FLOW, 'v1')).ready).toBe(true)
  })

  step('000.7', 'a mode is picked, its plan is looked at, and exactly that plan is confirmed', async () => {
    const gray = await office.plan(FLOW, 'v1', GRAY)
    const official = await office.plan(FLOW, 'v1')
    expect([gray.slot, official.slot]).toEqual(['gray', 'official'])
    const mixedUp = { ...office.confirmation(official), plan: gray.hash }
    expect((await office.refused(mixedUp)).code).toBe('release.moved')
    await office.send(office.confirmation(gray))
    expect((await office.row(FLOW)).gray).toBe('V1.0')
  })

  step('000.8', 'gray and official are the modes there are', async () => {
    await office.release(FLOW, 'v1')
    expect(await office.row(FLOW)).toMatchObject({ official: 'V1.0', state: 'official' })
    const third = { type: 'release', flow: FLOW, version: 'v1', slot: 'blue', plan: '-' } as never
    expect((await office.refused(third)).code).toBe('command.bad')
  })

  step('000.9', 'at any time one version stands in each of the two places, and no more', async () => {
    const [second, third] = [await office.branch(FLOW, 'v1'), await office.branch(FLOW, 'v1')]
    await office.release(FLOW, second, GRAY)
    expect(await inSlots(office)).toEqual({ 'V1.0': 'Official Release', 'V1.1': 'Gray Release' })
    await office.release(FLOW, third, GRAY)
    expect(await inSlots(office)).toEqual({ 'V1.0': 'Official Release', 'V1.2': 'Gray Release' })
  })

  step('000.10', 'the mode that was chosen is what the version and the list say afterwards', async () => {
    expect(await office.status(FLOW, 'v1')).toBe('Official Release')
    expect(await office.status(FLOW, 'v3')).toBe('Gray Release')
    expect(await office.row(FLOW)).toMatchObject({
      official: 'V1.0',
      gray: 'V1.2',
      word: 'Official Release',
    })
  })

  step('000.12', 'a gray publication names one of the rules that this tenant has', async () => {
    const neighbour = await openOffice('neighbour')
    await neighbour.send({ type: 'define', kind: 'grayRule', item: { ...PILOT, id: 'theirs' } })
    const fourth = await office.branch(FLOW, 'v3')
    const { asks, gates } = await office.plan(FLOW, fourth, { slot: 'gray', answers: {} })
    expect(asks.rules).toEqual([{ id: 'pilot', name: 'Pilot region' }])
    expect(gates.find(({ gate }) => gate === 'grayRule')).toMatchObject({
      passed: false,
      lift: 'Choose a gray rule.',
    })
    const foreign = { slot: 'gray', answers: { rule: 'theirs' } } as const
    expect(await office.closedGates(FLOW, fourth, foreign)).toEqual(['grayRule'])
    expect((await office.plan(FLOW, fourth, GRAY)).ready).toBe(true)
  })

  step(
    '000.13',
    'a caller whose number the rule takes in reaches the gray version, and nobody else does',
    async () => {
      for (const number of [IN_PILOT, '+4930200', '+4930250', '+4930299', '0049 151 2222222']) {
        expect(await office.reach(FLOW, number), number).toBe('V1.2')
      }
      for (const number of [ELSEWHERE, '+4930199', '+4930300', '+49302501', undefined]) {
        expect(await office.reach(FLOW, number), number).toBe('V1.0')
      }
      await office.add(greeting('gray-only', { trigger: 'call' }))
      await office.release('gray-only', 'v1', GRAY)
      expect(await office.reach('gray-only', IN_PILOT)).toBe('V1.0')
      expect(await office.reach('gray-only', ELSEWHERE)).toBe('route.grayOnly')
    },
  )

  step('000.14', 'an official version takes every call, from whatever number and from none', async () => {
    await office.add(greeting('for-all', { trigger: 'call' }))
    await office.release('for-all', 'v1')
    for (const number of [IN_PILOT, ELSEWHERE, '110', undefined]) {
      expect(await office.reach('for-all', number), number).toBe('V1.0')
    }
    const caller = await office.start('for-all', { trigger: { type: 'call' } })
    expect(caller.said).toEqual(['Hello.'])
  })

  step('000.15', 'the first publication gives a flow an access code, which stays its own', async () => {
    await office.add(greeting('fresh', { trigger: 'call' }))
    expect((await office.row('fresh')).accessCode).toBeUndefined()
    const { summary } = await office.plan('fresh', 'v1')
    await office.release('fresh', 'v1')
    const { accessCode } = await office.row('fresh')
    expect(accessCode).toBe(summary.accessCode)
    expect(accessCode).toMatch(/^[0-9*#]{1,24}$/)
    expect((await office.row('for-all')).accessCode).not.toBe(accessCode)

    await office.release('fresh', await office.branch('fresh', 'v1'))
    expect((await office.row('fresh')).accessCode).toBe(accessCode)
  })

  step('000.16', 'only what is out, gray or official, can be cloned; the clone says the same', async () => {
    for (const from of ['v1', 'v3']) {
      const clone = await office.branch(FLOW, from)
      expect(await office.workspace.document(FLOW, clone)).toEqual(
        await office.workspace.document(FLOW, from),
      )
    }
    for (const [status, from] of [
      ['New', 'v4'],
      ['Retired', 'v2'],
    ] as const) {
      expect(await office.status(FLOW, from)).toBe(status)
      expect((await office.refused({ type: 'branch', flow: FLOW, from })).code).toBe('version.notBranchable')
    }
  })

  step('000.17', 'versions begin at V1.0', async () => {
    expect((await office.add(greeting('counted', { trigger: 'call' }))).filter(isError)).toEqual([])
    expect(await office.label('counted', 'v1')).toBe('V1.0')
    await office.release('counted', 'v1')
    expect(await office.label('counted', 'v1')).toBe('V1.0')
  })

  step(
    ['000.18', '000.19'],
    'clones count on by a tenth: V1.1 is the first, and V2.0 comes after V1.9',
    async () => {
      const labels: (string | undefined)[] = []
      for (let i = 0; i < 11; i++)
        labels.push(await office.label('counted', await office.branch('counted', 'v1')))
      expect(labels[0]).toBe('V1.1')
      expect(labels.slice(-3)).toEqual(['V1.9', 'V2.0', 'V2.1'])
    },
  )

  step(
    ['000.20', '000.21'],
    'a clone that is published takes the place of the version that was there',
    async () => {
      const clone = await office.branch(FLOW, 'v1')
      const greet = { type: 'configure', node: 'greet', path: ['prompt'], value: 'Good day.' }
      await office.edit(FLOW, clone, [greet])
      expect(await office.reach(FLOW, ELSEWHERE)).toBe('V1.0')

      const plan = await office.plan(FLOW, clone)
      expect(plan.summary).toMatchObject({
        replaces: { label: 'V1.0' },
        label: await office.label(FLOW, clone),
      })
      expect(plan.summary.changes?.join()).toContain('Good day.')
      await office.release(FLOW, clone)
      expect(await office.reach(FLOW, ELSEWHERE)).toBe(await office.label(FLOW, clone))
      expect(await office.reach(FLOW, IN_PILOT)).toBe('V1.2')
      expect(await office.status(FLOW, 'v1')).toBe('Retired')

      const gray = await office.branch(FLOW, clone)
      await office.release(FLOW, gray, GRAY)
      expect(await office.reach(FLOW, IN_PILOT)).toBe(await office.label(FLOW, gray))
      expect(await office.status(FLOW, 'v3')).toBe('Retired')
      expect(Object.values(await inSlots(office))).toEqual(['Official Release', 'Gray Release'])
    },
  )

  describe('with an exception flow of its own', () => {
    let other: Office

    step('000.22', 'neither mode works before an exception flow is out', async () => {
      other = await openOffice('other')
      await other.send({ type: 'define', kind: 'grayRule', item: PILOT })
      await other.add(greeting('line', { trigger: 'call' }))
      expect(await other.closedGates('line', 'v1')).toEqual(['exceptionFlow'])
      expect(await other.closedGates('line', 'v1', GRAY)).toEqual(['exceptionFlow'])

      await other.add(apology())
      await other.send({ type: 'setExceptionFlow', medium: 'any', flow: 'apology' })
      expect(await other.closedGates('line', 'v1')).toEqual(['exceptionFlow'])
      const unready = await other.plan('line', 'v1')
      expect((await other.refused(other.confirmation(unready))).code).toBe('release.gates')

      await other.release('apology', 'v1')
      expect((await other.plan('line', 'v1')).ready).toBe(true)
      expect((await other.plan('line', 'v1', GRAY)).ready).toBe(true)
    })

    step('000.23', 'it cannot be taken back as long as something else is out, gray or official', async () => {
      const takeBack = { type: 'cancelRelease', flow: 'apology', slot: 'official' } as const
      for (const wish of [{}, GRAY]) {
        await other.release('line', 'v1', wish)
        const { code, details } = await other.refused(takeBack)
        expect([code, details.flows]).toEqual(['exceptionFlow.needed', ['line']])
        await other.send({ type: 'cancelRelease', flow: 'line', slot: wish === GRAY ? 'gray' : 'official' })
      }
      await other.send(takeBack)
      expect(await other.status('apology', 'v1')).toBe('Unreleased')
    })

    step('000.24', 'it can itself be gray, and then serves the contacts of its rule', async () => {
      await other.release('apology', 'v1', GRAY)
      expect(await other.status('apology', 'v1')).toBe('Gray Release')
      const enter = async (number: string) =>
        routeException(await other.workspace.state(), 'voice', { number })
      expect(await enter(IN_PILOT)).toMatchObject({ ok: true, flow: 'apology', slot: 'gray' })
      expect(await enter(ELSEWHERE)).toMatchObject({ ok: false, code: 'route.grayOnly' })
      expect((await other.plan('line', 'v1', GRAY)).ready).toBe(true)
      expect(await other.closedGates('line', 'v1')).toEqual(['exceptionFlow'])

      await other.release('apology', await other.branch('apology', 'v1'))
      await other.release('line', 'v1')
      const takeBack = { type: 'cancelRelease', flow: 'apology', slot: 'official' } as const
      expect((await other.refused(takeBack)).code).toBe('exceptionFlow.needed')
    })
  })
})

async function openOffice(id: string): Promise<Office> {
  const office = await Office.open('contact-centre', { id })
  await office.send({ type: 'define', kind: 'application', item: HOTLINE })
  return office
}

/** The versions of the support line that are out, by label. */
async function inSlots(office: Office): Promise<{ [label: string]: string }> {
  const found: { [label: string]: string } = {}
  for (const { id, state } of Object.values((await office.flow(FLOW)).versions)) {
    if (state === 'official' || state === 'gray')
      found[(await office.label(FLOW, id))!] = await office.status(FLOW, id)
  }
  return found
}

function isError({ severity }: { readonly severity: string }): boolean {
  return severity === 'error'
}
