import { expect, it } from 'vitest'
import { EPOCH, virtualClock } from '../../src/testing/index.ts'

it('stands still until it is moved, and never goes back', () => {
  const clock = virtualClock()
  expect(clock.now()).toBe(EPOCH)
  expect(clock.advance('1m30s')).toBe(EPOCH + 90_000)
  expect(clock.advance(10)).toBe(EPOCH + 90_010)
  expect(clock.advanceTo(0)).toBe(EPOCH + 90_010)
  expect(clock.advanceTo(EPOCH + 100_000)).toBe(EPOCH + 100_000)
})

it('refuses what is no span of time', () => {
  expect(() => virtualClock().advance('later')).toThrow(/"later" is no span of time \[testing\.duration\]/)
})
