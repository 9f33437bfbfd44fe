import { isMessage } from '../nodes/effects.ts'
import type { SessionOutput } from './drive-session.ts'
import { plain } from './io.ts'
import { Interrupted, type Prompts, type TalkIo } from './prompts.ts'
import { spin } from './spinner.ts'
import { describeEffect, describeEnd, describeMessage, describeResult } from './text-output.ts'

/** How long a mocked effect takes before the eyes of a person. */
const MOCKED_EFFECT_MS = 400

/** A session in the style of the prompts around it. What the person has typed is shown by the prompt itself. */
export function terminalOutput(
  io: Pick<TalkIo, 'stdout' | 'interrupted'>,
  { log, outro }: Prompts,
): SessionOutput {
  const place = { output: io.stdout }
  return {
    show({ effects }) {
      for (const effect of effects) {
        if (isMessage(effect)) log.message(plain(describeMessage(effect)), place)
        else if (effect.awaited !== true) log.step(plain(describeEffect(effect)), place)
      }
    },
    async answered(effect, result) {
      const done = new AbortController()
      const timer = setTimeout(() => done.abort(), MOCKED_EFFECT_MS)
      await spin(plain(describeEffect(effect)), {
        io,
        signal: AbortSignal.any([done.signal, io.interrupted]),
      })
      clearTimeout(timer)
      if (io.interrupted.aborted) throw new Interrupted()
      log.step(plain(`${describeEffect(effect)} ${describeResult(result)}`), place)
    },
    came(event) {
      if (event.type === 'timer') log.info('Time is up', place)
    },
    finish: (session) => outro(plain(describeEnd(session)), place),
  }
}
