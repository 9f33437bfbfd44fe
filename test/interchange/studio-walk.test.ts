import { describe, expect, it } from 'vitest'
import { liquid } from '../../src/adapters/liquid/index.ts'
import { importFlow } from '../../src/interchange/index.ts'
import { cli } from '../cli/helpers.ts'
import { missing, readStudio, reason, studioFiles, studioPath } from './corpora.ts'
import { walk } from './walk.ts'

/** Outcomes that no event can take, by file: an address that the flow itself sets to a good one cannot be a bad one. */
const OUT_OF_REACH: { readonly [file: string]: readonly string[] } = {
  'patient-appointments.json': [
    'cancel_remind.on:error: no event made the node fail',
    'confirm_booked.on:error: no event made the node fail',
    'confirm_remind.on:error: no event made the node fail',
  ],
}

describe.skipIf(missing)(`walks through flows that others drew${reason}`, () => {
  it.each(studioFiles())('%s: every transition that an event can take', (file) => {
    const imported = importFlow(readStudio(file))
    if (!imported.ok) throw new Error(JSON.stringify(imported.error))
    const { taken, total, sessions, left } = walk(imported.value.flow, [liquid])
    console.log(`${file}: ${taken} of ${total} transitions taken by ${sessions} sessions`)
    for (const why of left) console.log(`  ${why}`)
    expect(left).toEqual(OUT_OF_REACH[file] ?? [])
    expect(taken + left.length).toBe(total)
  })

  // Whatever a flow connects in Studio is a connector here, or what its loss report speaks of.
  it.each(studioFiles())('%s: no transition is lost on the way in', (file) => {
    const studio = readStudio(file)
    const imported = importFlow(studio)
    if (!imported.ok) throw new Error(JSON.stringify(imported.error))
    const { flow, loss } = imported.value
    const idOf = new Map(studio.states.map(({ name }) => [name, name.replace(/\W+/g, '_')]))
    const reported = new Set(loss.map(({ where }) => where))
    for (const { name, transitions } of studio.states) {
      for (const { event, next } of transitions) {
        if (next === undefined || reported.has(`${name}.${event}`)) continue
        const from = idOf.get(name)!
        // A trigger may go through a branch by kind, and keys through a branch by kind of input.
        const connected = flow.connectors.some(
          (each) =>
            each.to === idOf.get(next) && [from, 'trigger_kind', `${from}_kind`].includes(each.from.node),
        )
        expect(connected, `${name}.${event} leads to ${next}`).toBe(true)
      }
    }
  })

  it.each(studioFiles())('%s works with every command', async (file) => {
    const path = studioPath(file)
    expect((await cli(['validate', path, '--json'])).lines).toEqual([[]])
    expect((await cli(['import', path, '--json'])).lines[0].flow.nodes.length).toBeGreaterThan(2)
    expect((await cli(['graph', path])).out).toMatch(/^<svg [\s\S]*<\/svg>\n$/)
    expect((await cli(['explore', path, '--json'])).lines[0].outcomes.covered).toBeGreaterThan(4)
    const { code, lines } = await cli(['run', path, '--json', '--script', '-'], { stdin: '[]' })
    expect({ code, last: lines.at(-1).status }).toEqual({
      code: 0,
      last: expect.stringMatching(/waiting|ended/),
    })
  })
})
