import { describe, expect, it } from 'vitest'
import { end, node, program } from '../support/flow.ts'
import { play } from '../support/play.ts'

const waiting = () =>
  play(
    program({
      nodes: {
        card: node('send-card', {
          title: 'Visit',
          buttons: [{ value: 'yes' }, { value: 'no' }],
          expiry: '1h',
        }),
        again: node('send-card', { title: 'Sure?', buttons: [{ value: 'yes' }], withdrawable: false }),
        done: end('ok'),
      },
      connect: ['start -> card', 'card:yes -> again', 'card:expired -> again'],
      otherwise: 'done',
    }),
  )

describe('a card that waits', () => {
  it('[RUN-14] refuses a button that it does not have, and goes on waiting', () => {
    const run = waiting()
    expect(run.button('maybe').refused).toBe('event.notAccepted')
    expect(run.button('no').outcome).toBe('ok')
  })

  it('refuses a result that tells of its delivery, and goes on waiting', () => {
    const run = waiting()
    expect(run.result({ status: 200, body: { id: 7 } }).refused).toBe('event.notAccepted')
    expect(run.button('no').outcome).toBe('ok')
  })

  it('keeps what is said meanwhile for a later node', () => {
    expect(waiting().text('yes').session.inbox).toEqual([{ type: 'text', text: 'yes' }])
  })

  it('[RUN-14] refuses the button of a card that has been answered or has expired', () => {
    for (const answer of ['yes', undefined]) {
      const run = waiting()
      const old = run.waitId
      if (answer === undefined) run.timeout()
      else run.button(answer)
      expect(run.node).toBe('again')
      expect(run.button('no', old).refused).toBe('event.stale')
    }
  })

  it('is withdrawn under the id that it was sent with', () => {
    const run = waiting()
    const [sent] = run.effects
    run.timeout()
    const [withdrawn, next] = run.effects
    expect(withdrawn).toMatchObject({ type: 'card.withdraw', card: sent!.waitId })
    expect(next).toMatchObject({ type: 'card.send', title: 'Sure?' })
    expect(next!.waitId).not.toBe(sent!.waitId)
  })

  it('is not withdrawn once it has been answered', () => {
    expect(
      waiting()
        .button('yes')
        .effects.map(({ type }) => type),
    ).toEqual(['card.send'])
  })

  it('without an expiry waits without end', () => {
    const run = play(
      program({
        nodes: { card: node('send-card', { title: 'Visit', buttons: [{ value: 'yes' }] }), done: end('ok') },
        connect: ['start -> card'],
        otherwise: 'done',
      }),
    )
    expect(run.session.wait!.dueAt).toBeUndefined()
    expect(run.button('yes').outcome).toBe('ok')
  })
})
