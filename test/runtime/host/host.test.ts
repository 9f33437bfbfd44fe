import { describe, expect, it } from 'vitest'
import { ADA, Bureau, support } from './bureau.ts'

const WELCOME = 'Hello Ada, welcome to ACME.'
const MENU = 'Press 1 for balance, 2 to hear this again, 3 for a ticket.'
const OWE = 'Ada, you owe 150 (high).'
const SORRY = 'Sorry, that did not work.'
const ASK = 'Please give your ticket number.'
const CONFIRM = 'Ticket AB-1234 is being handled.'

describe('a host', () => {
  it('plays the support flow to its end', async () => {
    const bureau = await Bureau.open()
    await bureau.release(support())
    for (const text of ['hello', '1', '2', '9', '1', '3', 'AB-1234']) await bureau.write(text)
    expect(bureau.errors).toEqual([])
    expect(bureau.sms.transcript(ADA)).toEqual([
      WELCOME,
      MENU,
      OWE,
      MENU,
      MENU,
      SORRY,
      MENU,
      OWE,
      MENU,
      ASK,
      CONFIRM,
    ])
    const { items } = await bureau.host.sessions.list()
    expect(items.map(({ head }) => head.outcome)).toEqual(['resolved'])
  })

  it('fires timers, also after a restart', async () => {
    const bureau = await Bureau.open()
    await bureau.release(support())
    await bureau.write('hello')
    await bureau.restart()
    await bureau.pass('10s')
    expect(bureau.sms.transcript(ADA).slice(-2)).toEqual([SORRY, MENU])
    expect(bureau.errors).toEqual([])
  })

  it.each([
    ['idleMs', Number.NaN],
    ['keepEndedMs', -1],
    ['rememberMs', '7d'],
    ['lookMs', 0],
    ['effectTimeoutMs', null],
  ])('says at once that %s cannot be %s', async (name, value) => {
    await expect(Bureau.open({ [name]: value })).rejects.toMatchObject({ code: 'host.options' })
  })
})
