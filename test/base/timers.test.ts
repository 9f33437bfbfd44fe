import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { systemTimers } from '../../src/base/ports.ts'

describe('a timer of the machine', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it.each([0x8000_0000, Number.POSITIVE_INFINITY])(
    '[RUN-9] of %d ms is not called at once, as platforms would',
    (delayMs) => {
      const call = vi.fn()
      systemTimers.setTimer(delayMs, call)
      vi.advanceTimersByTime(1_000_000)
      expect(call).not.toHaveBeenCalled()
    },
  )
})
