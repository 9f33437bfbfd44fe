import { describe, expect, it } from 'vitest'
import { memoryStore } from '../../../src/runtime/index.ts'
import { Bureau } from './bureau.ts'
import { say, talk } from './flows.ts'
import { quiet } from './working.ts'

const greeting = (text = 'Welcome to the club.') =>
  talk('greeting', { trigger: 'segment', segment: 'club' }, [say('hello', text)])

/** A bureau with a segment that so many are in before the flow is released. */
async function club(members: number, store = memoryStore()): Promise<Bureau> {
  const bureau = await Bureau.open({}, store)
  await bureau.define('segment', { id: 'club', name: 'Club' })
  for (let i = 0; i < members; i++) await bureau.host.enterSegment('club', `c${i}`)
  return bureau
}

/** Contacts for whom sessions have started, one entry each. */
async function started(bureau: Bureau): Promise<readonly string[]> {
  const { items } = await bureau.host.sessions.list({ limit: 500 })
  return items.map(({ head }) => head.contact!).sort()
}

const names = (count: number) => Array.from({ length: count }, (_, index) => `c${index}`).sort()

describe('a segment', () => {
  it('[RUN-6] starts nothing for those who are in it when a version is released', async () => {
    const bureau = await club(3)
    await bureau.release(greeting())
    expect(await started(bureau)).toEqual([])
  })

  it('[RUN-6] starts the flow once for each of them where the release asks for it', async () => {
    const bureau = await club(3)
    await bureau.release(greeting(), { triggerExisting: true })
    expect(await started(bureau)).toEqual(names(3))
  })

  it('[RUN-6] starts the flow for whoever enters it', async () => {
    const bureau = await club(0)
    await bureau.release(greeting())
    const entered = await bureau.host.enterSegment('club', 'c0')
    expect(entered).toMatchObject({ ok: true, entered: true, started: [expect.any(String)] })
    expect(await started(bureau)).toEqual(['c0'])
  })

  it('[RUN-6] starts nothing for who enters it and is in it', async () => {
    const bureau = await club(0)
    await bureau.release(greeting())
    await bureau.host.enterSegment('club', 'c0')
    expect(await bureau.host.enterSegment('club', 'c0')).toEqual({ ok: true, entered: false, started: [] })
  })

  it('[RUN-6] starts the flow again for who leaves and enters again', async () => {
    const bureau = await club(1)
    await bureau.release(greeting(), { triggerExisting: true })
    await bureau.host.leaveSegment('club', 'c0')
    await bureau.host.enterSegment('club', 'c0')
    expect(await started(bureau)).toEqual(['c0', 'c0'])
  })

  it('[RUN-6] starts nothing for who has left before the release', async () => {
    const bureau = await club(2)
    await bureau.host.leaveSegment('club', 'c0')
    await bureau.release(greeting(), { triggerExisting: true })
    expect(await started(bureau)).toEqual(['c1'])
  })

  it('[RUN-6] starts the flow anew with each release that asks for it', async () => {
    const bureau = await club(2)
    await bureau.release(greeting(), { triggerExisting: true })
    await bureau.release(greeting('Again.'), { triggerExisting: true })
    expect(await started(bureau)).toEqual(['c0', 'c0', 'c1', 'c1'])
  })

  it('[RUN-6] starts once for who enters between the release and the moment it is carried out', async () => {
    const bureau = await club(2)
    await bureau.host.close()
    await bureau.release(greeting(), { triggerExisting: true })
    // The host comes to know of the release only when all that is under way is done.
    const { cursor } = bureau.store.sessions
    let known = () => {}
    const waits = new Promise<void>((resolve) => {
      known = resolve
    })
    bureau.store.sessions.cursor = async (...given) => {
      await waits
      return cursor(...given)
    }
    const starting = bureau.restart()
    await quiet()
    await bureau.host.enterSegment('club', 'c2')
    known()
    await starting
    expect(await started(bureau)).toEqual(names(3))
  })

  it('[RUN-6] is unknown before it has been defined', async () => {
    const bureau = await Bureau.open()
    expect(await bureau.host.enterSegment('club', 'c0')).toMatchObject({ code: 'segment.unknown' })
  })
})

describe('members of a segment where there is a gray version', () => {
  it('[RUN-6] are started by its release where they reach it, and nobody else is', async () => {
    const bureau = await club(3)
    await bureau.define('grayRule', {
      id: 'first',
      name: 'First',
      match: { kind: 'contacts', contacts: ['c0'] },
    })
    await bureau.release(greeting())
    await bureau.release(greeting('Gray'), { rule: 'first', triggerExisting: true }, 'gray')
    const { items } = await bureau.host.sessions.list()
    expect(items.map(({ head }) => [head.contact, head.version])).toEqual([['c0', 'v2']])
  })

  it('[RUN-6] start one session when they enter: on the version that they reach', async () => {
    const bureau = await club(0)
    await bureau.define('grayRule', {
      id: 'first',
      name: 'First',
      match: { kind: 'contacts', contacts: ['c0'] },
    })
    await bureau.release(greeting())
    await bureau.release(greeting('Gray'), { rule: 'first' }, 'gray')
    await bureau.host.enterSegment('club', 'c0')
    await bureau.host.enterSegment('club', 'c1')
    const { items } = await bureau.host.sessions.list()
    const reached = items.map(({ head }) => `${head.contact} ${head.version}`).sort()
    expect(reached).toEqual(['c0 v2', 'c1 v1'])
  })
})

describe('a host that dies while members are started', () => {
  it('[RUN-6] goes on with those who were not, after any commit, and starts nobody twice', async () => {
    for (let commits = 0; commits < 12; commits++) {
      const bureau = await club(5)
      await bureau.host.close()
      await bureau.release(greeting(), { triggerExisting: true })
      const { commit } = bureau.store.sessions
      let open = commits
      // One commit after the other, so that the host can die between any two of them.
      bureau.store.sessions.commit = async (tenant, list) => {
        const answers = []
        for (const each of list) {
          if (open-- <= 0) return new Promise(() => {})
          answers.push(...(await commit(tenant, [each])))
        }
        return answers
      }
      void bureau.restart()
      await quiet()
      bureau.store.sessions.commit = commit
      await bureau.start()
      expect(await started(bureau)).toEqual(names(5))
    }
  })

  it('[RUN-6] starts whoever had entered and was not started yet, once', async () => {
    const bureau = await club(0)
    await bureau.release(greeting())
    await bureau.store.contacts.enter('acme', 'club', 'c0')
    await bureau.restart()
    expect(await started(bureau)).toEqual(['c0'])
    await bureau.restart()
    expect(await started(bureau)).toEqual(['c0'])
  })

  it('[RUN-6] starts nobody twice where a release comes before their entry is settled', async () => {
    const bureau = await club(0)
    await bureau.release(greeting())
    const { settle } = bureau.store.contacts
    bureau.store.contacts.settle = () => Promise.reject(new Error('The disk is full'))
    await expect(bureau.host.enterSegment('club', 'c0')).rejects.toThrow('The disk is full')
    await bureau.host.close()
    bureau.clock.advance('1m')
    await bureau.release(greeting('Again.'))
    bureau.store.contacts.settle = settle
    await bureau.restart()
    expect(await started(bureau)).toEqual(['c0'])
  })

  it('[RUN-6] settles entries later that it could not settle at once', async () => {
    const bureau = await club(0)
    await bureau.release(greeting())
    const { commit } = bureau.store.sessions
    bureau.store.sessions.commit = () => Promise.reject(new Error('The disk is full'))
    await expect(bureau.host.enterSegment('club', 'c0')).rejects.toThrow('The disk is full')
    bureau.store.sessions.commit = commit
    await bureau.pass('10s')
    expect(await started(bureau)).toEqual(['c0'])
  })
})
