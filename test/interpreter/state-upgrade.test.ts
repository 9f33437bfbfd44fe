import { describe, expect, it } from 'vitest'
import { type Json, link, resume } from '../../src/index.ts'
import { type NodeRuntime, wait } from '../../src/nodes/index.ts'
import { palette } from '../../src/palette/index.ts'
import { end, node, program } from '../support/flow.ts'
import { nodeType } from '../support/nodes.ts'
import { play } from '../support/play.ts'

const versioned = (runtime: Partial<NodeRuntime>) =>
  nodeType({
    enter: () => ({ state: { asked: 1 }, then: wait({ for: ['text'] }) }),
    on: (event, state: Json) =>
      event.type === 'text' ? { effects: [{ type: 'seen', state }], then: 'next' } : undefined,
    ...runtime,
  })

/** Starts with one release of a node type and takes an event with another. */
function released(before: Partial<NodeRuntime>, after: Partial<NodeRuntime>) {
  const first = program(
    { nodes: { it: node('odd'), done: end('ok') }, connect: ['start -> it'], otherwise: 'done' },
    { types: [versioned(before)] },
  )
  const waiting = play(first)
  const second = link(first.executable, { nodes: [...palette, versioned(after)] })
  return { waiting, run: resume(second, waiting.session, { type: 'text', text: 'x' }, { now: waiting.now }) }
}

describe('the state of a wait', () => {
  it('carries its version where that is not 1', () => {
    expect(released({}, {}).waiting.session.wait).toEqual({ id: 's:1', for: ['text'], state: { asked: 1 } })
    expect(released({ stateVersion: 2 }, { stateVersion: 2 }).waiting.session.wait).toMatchObject({
      stateVersion: 2,
    })
  })

  it('is given back as it was where the version is the same', () => {
    const upgradeState = () => 'never'
    expect(released({ stateVersion: 2 }, { stateVersion: 2, upgradeState }).run.effects[0]).toMatchObject({
      state: { asked: 1 },
    })
  })

  it('is upgraded from the version that it was written in', () => {
    const upgradeState = (state: Json, from: number) => ({ state, from })
    expect(released({}, { stateVersion: 3, upgradeState }).run.effects[0]).toMatchObject({
      state: { state: { asked: 1 }, from: 1 },
    })
    expect(released({ stateVersion: 2 }, { stateVersion: 3, upgradeState }).run.effects[0]).toMatchObject({
      state: { from: 2 },
    })
  })

  it('fails the node with a code where its type cannot upgrade it', () => {
    const { session } = released({}, { stateVersion: 2 }).run
    expect(session.error).toEqual({
      code: 'node.stateVersion',
      message: 'The node waits with state of version 1',
      flow: 'main',
      node: 'it',
    })
  })

  it('needs no upgrade where there is none', () => {
    const enter = () => ({ then: wait({ for: ['text'] }) })
    expect(released({ enter }, { stateVersion: 2 }).run.session.status).toBe('ended')
  })
})
