import { describe, expect, it } from 'vitest'
import type { Effect } from '../../../src/nodes/index.ts'
import { ABOUT, DONE, FAILED, Office } from './office.ts'
import { quiet } from './working.ts'

const effect = (key: string, rest: object = {}): Effect => ({
  type: 'x',
  key,
  node: 'n',
  flow: 'f',
  place: 'here',
  ...rest,
})
const said = (key: string, rest: object = {}) => effect(key, { place: 'said', ...rest })
const retry = { attempts: 3, backoffMs: 1_000 }

describe('an outbox', () => {
  it('[RUN-16] does effects of one session and place in their order, and those of others at once', async () => {
    const office = new Office()
    const ends: (() => void)[] = []
    office.attempt = () => new Promise((resolve) => ends.push(() => resolve(DONE)))
    await office.ask('s', [effect('a1'), effect('b1', { place: 'there' })])
    await office.ask('s', [effect('a2')])
    await office.ask('t', [effect('c1')])
    await quiet(5)
    expect(office.tried).toEqual(['a1', 'b1', 'c1'])
    ends[0]!()
    await quiet(5)
    expect(office.tried).toEqual(['a1', 'b1', 'c1', 'a2'])
  })

  it('[RUN-16] lets nothing that is said overtake what is tried again', async () => {
    const office = new Office()
    office.attempt = ({ effect: { key }, attempt }) => (key === 'a1' && attempt < 3 ? FAILED : DONE)
    await office.ask('s', [said('a1', { retry }), said('a2')])
    await office.ask('s', [said('a3')])
    await office.activity.settled()
    expect(office.tried).toEqual(['a1'])
    await office.pass(1_000)
    await office.pass(2_000)
    expect(office.tried).toEqual(['a1', 'a1', 'a1', 'a2', 'a3'])
    expect(await office.left()).toEqual([])
  })

  it('[RUN-16] keeps that order after a restart', async () => {
    const office = new Office()
    office.attempt = () => FAILED
    await office.ask('s', [said('a1', { retry })])
    await office.ask('s', [said('a2')])
    await office.activity.settled()
    office.outbox.close()
    office.attempt = () => DONE
    office.open()
    await office.outbox.start()
    await office.activity.settled()
    expect(office.tried).toEqual(['a1'])
    await office.pass(1_000)
    expect(office.tried).toEqual(['a1', 'a1', 'a2'])
  })

  it('[RUN-16] lets other work of a session go on while one effect waits for its next try', async () => {
    const office = new Office()
    office.attempt = ({ effect: { key } }) => (key === 'a1' ? FAILED : DONE)
    await office.ask('s', [effect('a1', { retry })])
    await office.ask('s', [effect('a2')])
    await office.activity.settled()
    expect(office.tried).toEqual(['a1', 'a2'])
  })

  it('[RUN-16] tries so many effects at once as it is allowed', async () => {
    const office = new Office({ concurrency: 2 })
    const ends: (() => void)[] = []
    office.attempt = () => new Promise((resolve) => ends.push(() => resolve(DONE)))
    for (let i = 0; i < 5; i++) await office.ask(`s${i}`, [effect(`e${i}`)])
    await quiet(5)
    expect(office.tried).toEqual(['e0', 'e1'])
    for (let i = 0; i < 5; i++) {
      ends[i]!()
      await quiet(5)
    }
    expect(office.tried).toEqual(['e0', 'e1', 'e2', 'e3', 'e4'])
    expect(await office.left()).toEqual([])
  })

  it('[RUN-16] settles an entry when all of its effects are done, and none of them twice', async () => {
    const office = new Office()
    const commits: unknown[] = []
    const { commit } = office.store
    office.store.commit = (tenant, list) => {
      commits.push(...list.filter(({ settled }) => settled !== undefined))
      return commit(tenant, list)
    }
    await office.ask('s', [effect('a'), effect('b', { place: 'b' }), effect('c', { waitId: 's:9' })])
    await office.activity.settled()
    expect(commits).toEqual([{ settled: [1], counts: [['effects/x/done', 3]] }])
  })

  it('[RUN-16] counts each effect that was given up once, and keeps each as a dead letter', async () => {
    const office = new Office()
    office.attempt = () => FAILED
    await office.ask('s', [effect('a'), effect('b', { place: 'b' }), effect('c', { waitId: 's:9' })])
    await office.activity.settled()
    const { items } = await office.store.deadLetters('t', {})
    expect(items.map(({ text }) => JSON.parse(text).effect.key).sort()).toEqual(['a', 'b'])
    expect(await office.store.counts('t', 'effects')).toEqual(new Map([['effects/x/failed', 3]]))
    expect(office.told).toEqual(['c {"error":"down"}'])
  })

  it('[RUN-16] keeps an answer that a session cannot take now, and does not do the work again for it', async () => {
    const office = new Office()
    office.attempt = () => ({ done: true, answer: { status: 200 }, about: ABOUT })
    office.listening = false
    await office.ask('s', [effect('a', { waitId: 's:9' }), effect('b', { place: 'b' })])
    await office.activity.settled()
    office.outbox.close()
    office.listening = true
    office.open()
    await office.outbox.start()
    await office.pass(60_000)
    expect(office.told).toEqual(['a {"status":200}'])
    expect(office.tried).toEqual(['a', 'b'])
    expect(await office.left()).toEqual([])
  })
})

describe('an outbox with more work than it holds', () => {
  it('[RUN-16] leaves it in the store, and does each effect once in the order of its session', async () => {
    const office = new Office({ maxHeld: 10 })
    const ends: (() => void)[] = []
    office.attempt = () => new Promise((resolve) => ends.push(() => resolve(DONE)))
    for (let i = 0; i < 100; i++) await office.ask(`s${i % 7}`, [effect(`e${i}`)])
    for (let turn = 0; turn < 500 && (await office.left()).length > 0; turn++) {
      ends.shift()?.()
      await quiet(3)
    }
    expect(office.tried.length).toBe(100)
    expect(new Set(office.tried).size).toBe(100)
    for (let session = 0; session < 7; session++) {
      const own = office.tried.map((key) => Number(key.slice(1))).filter((number) => number % 7 === session)
      expect(own).toEqual([...own].sort((a, b) => a - b))
    }
  })

  it('[RUN-16] is not kept from it by what waits for its next try', async () => {
    const office = new Office({ maxHeld: 10 })
    office.attempt = ({ effect: { key } }) => (key.startsWith('bad') ? FAILED : DONE)
    for (let i = 0; i < 30; i++) await office.ask(`b${i}`, [effect(`bad${i}`, { retry })])
    await office.activity.settled()
    for (let i = 0; i < 30; i++) await office.ask(`g${i}`, [effect(`good${i}`)])
    await office.activity.settled()
    expect(office.tried.filter((key) => key.startsWith('good')).length).toBe(30)
  })

  it('[RUN-16] takes up after a start all that was left', async () => {
    const office = new Office({ maxHeld: 10 })
    for (let i = 0; i < 2_500; i++) await office.ask(`s${i}`, [effect(`e${i}`)], false)
    await office.outbox.start()
    await office.activity.settled()
    expect(new Set(office.tried).size).toBe(2_500)
    expect(office.tried.length).toBe(2_500)
  })

  it('[RUN-16] finds work of which a commit did not tell', async () => {
    const office = new Office()
    await office.ask('s', [effect('lost')], false)
    await office.ask('s', [effect('next')])
    await office.activity.settled()
    expect(office.tried).toEqual(['next'])
    office.outbox.lookThrough()
    await office.activity.settled()
    expect(office.tried).toEqual(['next', 'lost'])
  })

  it('[RUN-16] asks the store again where it could not be read', async () => {
    const office = new Office()
    const { outbox } = office.store
    office.store.outbox = () => Promise.reject(new Error('The disk is full'))
    await office.ask('s', [effect('a')], false)
    office.outbox.lookAgain()
    await office.activity.settled()
    office.store.outbox = outbox
    await quiet(2)
    await office.pass(1_000)
    expect(office.tried).toEqual(['a'])
    expect(office.errors.length).toBe(1)
  })

  it('[RUN-24] leaves what it cannot read where it is, and does the rest', async () => {
    const office = new Office()
    await office.ask('s', [effect('unreadable')], false)
    await office.ask('s', [effect('a')], false)
    office.decode = (text) => {
      if (text.includes('unreadable')) throw new Error('wrong key')
      return text
    }
    await office.outbox.start()
    await office.activity.settled()
    expect(office.tried).toEqual(['a'])
    expect(await office.left()).toEqual([1])
    expect(office.errors.length).toBe(1)
  })
})
