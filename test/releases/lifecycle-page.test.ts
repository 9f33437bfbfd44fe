import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { lifecyclePage } from '../../scripts/lifecycle-page.ts'
import { allowedEvents, type LifecycleState, lifecycle, nextState } from '../../src/releases/lifecycle.ts'

const text = readFileSync(new URL('../../docs/lifecycle.md', import.meta.url), 'utf8')
const states = Object.keys(lifecycle.states) as LifecycleState[]

describe('docs/lifecycle.md', () => {
  it('is up to date; tsx scripts/lifecycle-page.ts writes it', () => {
    expect(text).toBe(lifecyclePage())
  })

  it.each(states)('says what %s means', (state) => {
    expect(text).toMatch(new RegExp(`^\\| \`${state}\` \\| \\S.*\\. \\|$`, 'm'))
  })

  it.each(
    states.flatMap((from) =>
      allowedEvents(from).map((event) => [from, event, nextState(from, event)!] as const),
    ),
  )('draws and explains the way from %s by %s to %s', (from, event, to) => {
    expect(text).toContain(`  ${from} --> ${to}: ${event}\n`)
    expect(text).toMatch(new RegExp(`^\\| \`${event}\` \\| \`${from}\` \\| \`${to}\` \\| \\S.*\\. \\|$`, 'm'))
  })
})
