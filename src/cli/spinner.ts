import type { CliIo } from './io.ts'

const FRAMES = ['|', '/', '-', '\\']
const FRAME_MS = 100
const HIDE_CURSOR = '\u001b[?25l'
const SHOW_CURSOR = '\u001b[?25h'
const CLEAR_LINE = '\r\u001b[2K'

/**
 * Turns beside a text until the signal aborts, then takes both away. Leaves the keyboard alone, so that Ctrl-C
 * reaches the process as it does anywhere else.
 */
export function spin(
  text: string,
  { io, signal }: { io: Pick<CliIo, 'stdout'>; signal: AbortSignal },
): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  const { stdout } = io
  return new Promise((done) => {
    let turn = 0
    const draw = () => stdout.write(`${CLEAR_LINE}${FRAMES[turn++ % FRAMES.length]} ${text}`)
    stdout.write(HIDE_CURSOR)
    draw()
    const timer = setInterval(draw, FRAME_MS)
    signal.addEventListener(
      'abort',
      () => {
        clearInterval(timer)
        stdout.write(`${CLEAR_LINE}${SHOW_CURSOR}`)
        done()
      },
      { once: true },
    )
  })
}
