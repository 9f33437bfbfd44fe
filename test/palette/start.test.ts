import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/index.ts'
import { palette } from '../../src/palette/index.ts'
import { validate } from '../../src/validation/index.ts'
import { flow } from '../support/flow.ts'

const found = (config: JsonObject) =>
  validate(
    flow({
      nodes: { start: { type: 'start', config }, done: { type: 'end', config: { outcome: 'done' } } },
      connect: ['start -> done'],
    }),
    { nodes: palette },
  ).map(({ code, location, details }) => [code, location.path?.join('.'), details?.field])

describe('the trigger of a flow', () => {
  it.each([
    ['segment', 'Segment'],
    ['event', 'Event'],
  ])('[VAL-3] names the %s that sets it going', (trigger, field) => {
    expect(found({ trigger })).toEqual([['config.missing', `config.${trigger}`, field]])
    expect(found({ trigger, [trigger]: '' })).toEqual([['config.missing', `config.${trigger}`, field]])
    expect(found({ trigger, [trigger]: 'x' })).toEqual([])
  })

  it.each([undefined, 'manual', 'message', 'call', 'link'])(
    '[DOC-4] needs no more than that: %s',
    (trigger) => {
      expect(found(trigger === undefined ? {} : { trigger })).toEqual([])
    },
  )
})
