import { describe, expect, it } from 'vitest'
import { importFlow } from '../../src/interchange/index.ts'
import { cli } from '../cli/helpers.ts'
import { connectFiles, connectPath, missingConnect, readConnect, reasonConnect } from './corpora.ts'
import { walk } from './walk.ts'

/** Transitions that no event can take, by file. */
const OUT_OF_REACH: { readonly [file: string]: readonly string[] } = {}

describe.skipIf(missingConnect)(`walks through contact flows that others drew${reasonConnect}`, () => {
  // The largest of them takes its time.
  it.each(connectFiles())('%s: every transition that an event can take', { timeout: 120_000 }, (file) => {
    const imported = importFlow(readConnect(file))
    if (!imported.ok) throw new Error(JSON.stringify(imported.error))
    const { taken, total, sessions, left } = walk(imported.value.flow)
    console.log(`${file}: ${taken} of ${total} transitions taken by ${sessions} sessions`)
    expect(left).toEqual(OUT_OF_REACH[file] ?? [])
    expect(taken + left.length).toBe(total)
  })

  // Whatever a flow connects in Connect is a connector here, or what its loss report speaks of.
  it.each(connectFiles())('%s: no transition is lost on the way in', (file) => {
    const connect = readConnect(file)
    const imported = importFlow(connect)
    if (!imported.ok) throw new Error(JSON.stringify(imported.error))
    const { flow, loss } = imported.value
    const positions = new Map(flow.nodes.map(({ id, position }) => [JSON.stringify(position), id]))
    const idOf = (identifier: string) =>
      positions.get(JSON.stringify(connect.Metadata.ActionMetadata[identifier]?.position))
    const reported = new Set(loss.map(({ where }) => where))
    for (const { Identifier, Transitions } of connect.Actions) {
      const { NextAction, Conditions = [], Errors = [] } = Transitions
      const ways = [
        ['NextAction', NextAction],
        ...Conditions.map((each) => [
          `${each.Condition.Operator} ${each.Condition.Operands}`,
          each.NextAction,
        ]),
        ...Errors.map((each) => [each.ErrorType, each.NextAction]),
      ]
      for (const [event, next] of ways) {
        if (next === undefined || reported.has(`${Identifier}.${event}`)) continue
        const from = idOf(Identifier)
        if (from === undefined) {
          expect(reported, `${Identifier} is left out`).toContain(Identifier)
          continue
        }
        const connected = flow.connectors.some(
          (each) => each.to === idOf(next) && (each.from.node === from || !positionOf(flow, each.from.node)),
        )
        expect(connected, `${Identifier}.${event} leads to ${next}`).toBe(true)
      }
    }
  })

  it.each(connectFiles())('%s works with every command', { timeout: 60_000 }, async (file) => {
    const path = connectPath(file)
    expect((await cli(['validate', path, '--json'])).lines).toEqual([[]])
    expect((await cli(['import', path, '--json'])).lines[0].flow.nodes.length).toBeGreaterThan(1)
    expect((await cli(['graph', path])).out).toMatch(/^<svg [\s\S]*<\/svg>\n$/)
  })
})

function positionOf(
  { nodes }: { nodes: readonly { id: string; position?: unknown }[] },
  id: string,
): unknown {
  return nodes.find((node) => node.id === id)?.position
}
