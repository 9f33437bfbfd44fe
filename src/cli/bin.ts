#!/usr/bin/env node
import { EXIT, processIo, tell } from './io.ts'
import { main } from './main.ts'

/*
 * The `sluice` command. Ctrl-C ends the process at once; in a conversation the first one lets the session at hand end
 * cleanly. A reader that goes away, as in `sluice run … | head`, ends it without a word.
 */

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.done)
  // A full disk, behind `>`, is nothing that the flow has to answer for.
  tell(
    process,
    `error: Standard output cannot be written (${error.code}) [stdout.unwritable]. Check the disk, or where the output goes.`,
  )
  process.exit(EXIT.unusable)
})
// Nobody is left to be told.
process.stderr.on('error', () => {})

process.exitCode = await main(process.argv.slice(2), processIo())
// Nothing more is read; a pipe that stays open must not keep the process.
process.stdin.destroy()
