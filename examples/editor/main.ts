import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { createEditor, type SaveAnswer, type SaveRequest } from 'sluice/editor'
import { palette } from 'sluice/palette'
import { drawPane, drawScreen } from './screen.ts'
import { STEPS } from './steps.ts'

/*
 * Edits the support flow, step by step: on a terminal with the flow on the left and the pane of errors and warnings on
 * the right; anywhere else, and with --plain, as text.
 */

const flow = JSON.parse(readFileSync(new URL('../support/support.json', import.meta.url), 'utf8'))

/** Where the flow is kept. Here it is a variable; in a product, a database behind a request. */
let stored = { document: flow, revision: 1 }

async function save({ document, revision }: SaveRequest): Promise<SaveAnswer> {
  if (revision !== stored.revision) {
    const details = { revision: stored.revision }
    return { ok: false, code: 'edit.stale', reason: 'Somebody else has saved this flow.', details }
  }
  stored = { document, revision: revision + 1 }
  return { ok: true, revision: stored.revision }
}

const editor = createEditor(flow, { nodes: palette, revision: stored.revision, save })
const colleague = createEditor(flow, { nodes: palette, revision: stored.revision, save })

const onScreen =
  process.stdout.isTTY === true && process.stdin.isTTY === true && !process.argv.includes('--plain')
const terminal = onScreen ? createInterface({ input: process.stdin, output: process.stdout }) : undefined
const gone = new AbortController()
terminal?.once('close', () => gone.abort())

for (const [index, { title, play }] of STEPS.entries()) {
  const told = await play({ editor, colleague, readStored: () => stored })
  const heading = `${index + 1}. ${title}`
  if (terminal === undefined) {
    console.log(
      [
        heading,
        ...told.map((line) => `   ${line}`),
        ...drawPane(editor).map((line) => `   | ${line}`),
        '',
      ].join('\n'),
    )
    continue
  }
  const { columns, rows } = process.stdout
  console.clear()
  console.log(drawScreen(editor, [heading, ...told], { columns, rows: rows - 2 }))
  try {
    await terminal.question(index + 1 < STEPS.length ? 'Enter: next step ' : 'Enter: leave ', {
      signal: gone.signal,
    })
  } catch {
    console.log()
    break
  }
}
terminal?.close()
