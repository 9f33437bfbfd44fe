import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { EFFECT_WIDGETS } from '../../src/interchange/importers/twilio-studio/effect-outcomes.ts'
import { blocksOf, ROOT, readPage, runSnippet } from '../support/snippets.ts'

const page = readPage('docs/importing.md')

/** The source of all importers. */
function sources(): string {
  const room = join(ROOT, 'src/interchange/importers')
  return readdirSync(room, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(room, file), 'utf8'))
    .join('\n')
}

describe('docs/importing.md', () => {
  it('explains every code of a loss, and none that is gone', () => {
    const codes = new Set([...sources().matchAll(/'(import\.\w+)'/g)].map(([, code]) => code!))
    const explained = new Set([...page.matchAll(/^\| `(import\.\w+)`/gm)].map(([, code]) => code!))
    expect([...explained].sort()).toEqual([...codes].sort())
  })

  it('names every widget that the host does', () => {
    for (const type of Object.keys(EFFECT_WIDGETS))
      expect(
        page.replace('start- and resume-conversation', 'start-conversation, resume-conversation'),
      ).toContain(type.replace(/-v2$/, ''))
  })

  it('begins with a program that runs', () => {
    const { status, stdout, stderr } = runSnippet(blocksOf(page, 'ts')[0]!)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toBe(
      'info which_ward.speech: What is said leads nowhere there; only keys are taken here\n' +
        'Press 1 for the ward, 2 for the office.\n',
    )
  })
})
