#!/usr/bin/env node
import { processIo } from './io.ts'
import { main } from './main.ts'

/*
 * The `sluice` command. Ctrl-C outside of a prompt lets the session at hand end cleanly; a second one ends the
 * process at once. A reader that goes away, as in `sluice run … | head`, ends it without a word.
 */

const interrupted = new AbortController()
process.once('SIGINT', () => interrupted.abort())
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

process.exitCode = await main(process.argv.slice(2), processIo(interrupted.signal))
// Nothing more is read; a pipe that stays open must not keep the process.
process.stdin.destroy()
