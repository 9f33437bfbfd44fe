import { parseArgs } from 'node:util'
import type { Without } from './places.ts'
import { reportOf } from './report.ts'
import { contactsFor, sweep } from './sweep.ts'
import { openWorkshop } from './workshop.ts'

/*
 * `npm run crash-test`: 200 sessions through a process that is killed 1,000 times. Exits with 1 where any of them does not
 * come to what an undisturbed run comes to.
 *
 *   --kills N      how often it is killed
 *   --sessions N   stories that are played
 *   --seed TEXT    decides where each process is killed
 *   --json         prints one line of JSON
 *   --without X    takes something out, to see that it fails: sync, claims, keys, or "stable keys"
 */

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '1000' },
    sessions: { type: 'string', default: '200' },
    seed: { type: 'string', default: 'sluice' },
    without: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})

const options = {
  kills: Number.parseInt(values.kills, 10),
  stories: Number.parseInt(values.sessions, 10),
  seed: values.seed,
  without: values.without as Without | undefined,
}
const workshop = await openWorkshop(contactsFor(options))
// Children go by themselves when nobody is left who talks to them.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    workshop.close()
    process.exit(130)
  })
}
try {
  const result = await sweep(workshop, options)
  console.log(values.json ? JSON.stringify(result) : reportOf(result))
  process.exitCode = result.findings.length === 0 ? 0 : 1
} finally {
  workshop.close()
}
