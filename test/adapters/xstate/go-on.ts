import { readFileSync } from 'node:fs'
import { createActor } from 'xstate'
import { GREETER } from './helpers.ts'
import { parentOf } from './parent.ts'

/*
 * A process of its own: reads a parent from a file, lets it go on in real time from the instant named, and tells what it
 * comes to and how long that took.
 */

const [file, from] = process.argv.slice(2)
const begun = performance.now()
const clock = { now: () => Number(from) + performance.now() - begun }
const actor = createActor(parentOf(GREETER, { clock }), { snapshot: JSON.parse(readFileSync(file!, 'utf8')) })
actor.subscribe({
  complete: () => {
    const { value, context } = actor.getSnapshot()
    console.log(JSON.stringify({ value, context, waited: performance.now() - begun }))
  },
})
actor.start()
