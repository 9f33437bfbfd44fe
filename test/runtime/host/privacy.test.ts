import { describe, expect, it } from 'vitest'
import { SECRET, secretiveBureau } from './secretive.ts'
import { scripted } from './working.ts'

describe('a logbook', () => {
  it('[RUN-10] gets the fields that are mapped, with session, flow and node', async () => {
    const bureau = await secretiveBureau()
    await bureau.write('hello')
    await bureau.write(SECRET)
    const { items } = await bureau.host.sessions.log({ logbook: 'calls' })
    const [{ session } = { session: '' }] = (await bureau.host.sessions.list()).items
    expect(items).toMatchObject([
      { logbook: 'calls', session, flow: 'secretive', node: 'log', fields: { why: 'asked' } },
    ])
    expect((await bureau.host.sessions.log({ logbook: 'others' })).items).toEqual([])
  })

  it('[RUN-10] is written to once, also where the host dies meanwhile', async () => {
    const bureau = await secretiveBureau()
    await bureau.write('hello')
    await bureau.write(SECRET)
    await bureau.restart()
    expect((await bureau.host.sessions.log()).items.length).toBe(1)
  })

  it('[RUN-10] is written to by a handler where one is passed', async () => {
    const script = scripted(undefined)
    const bureau = await secretiveBureau({ 'log.write': script.handler })
    await bureau.write('hello')
    await bureau.write(SECRET)
    expect(script.asked).toMatchObject([{ effect: { logbook: 'calls', fields: { card: '***' } } }])
    expect((await bureau.host.sessions.log()).items).toEqual([])
  })

  it('[RUN-7] [RUN-10] says which entries are of test sessions', async () => {
    const bureau = await secretiveBureau()
    await bureau.define('testContact', { id: 'tess', name: 'Tess', addresses: ['+4999'] })
    await bureau.host.test({ flow: 'secretive', version: 'v1', contact: 'tess', by: 'ben', channel: 'sms' })
    await bureau.write(SECRET, '+4999')
    expect((await bureau.host.sessions.log()).items).toMatchObject([{ test: true }])
  })
})

describe('a sensitive value', () => {
  it('[RUN-10] [RUN-24] stands in no log, history, event or dead letter', async () => {
    const bureau = await secretiveBureau()
    const told: object[] = []
    bureau.host.events.subscribe((event) => told.push(event))
    await bureau.write('hello')
    await bureau.write(SECRET)
    const [{ session } = { session: '' }] = (await bureau.host.sessions.list()).items
    const { sessions } = bureau.host
    const shown = JSON.stringify([
      told,
      bureau.errors.map(String),
      await sessions.log(),
      await sessions.history(session),
      await sessions.deadLetters(),
      await sessions.list(),
    ])
    expect(shown).not.toContain(SECRET)
    expect(shown).toContain('***')
    expect((await sessions.deadLetters()).items.length).toBe(1)
  })

  it('[RUN-24] reaches those who are to have it', async () => {
    const bureau = await secretiveBureau()
    await bureau.write('hello')
    expect((await bureau.write(SECRET)).at(-1)).toBe(`Your card is ${SECRET}.`)
  })
})
