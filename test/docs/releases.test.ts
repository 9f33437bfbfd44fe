import { describe, expect, it } from 'vitest'
import {
  CATALOG_PERMISSIONS,
  COMMAND_PERMISSIONS,
  GATES,
  PRESETS,
  REFUSAL_TABLE,
  type RefusalEntry,
} from '../../src/releases/index.ts'
import { blocksOf, promised, readPage, runSnippet } from '../support/snippets.ts'

const page = readPage('docs/guide/releases.md')

/** The rows of the table below a heading of columns: their cells, without the marks of code. */
function rowsOf(columns: string): string[][] {
  const lines = page.slice(page.indexOf(`\n| ${columns} |`) + 1).split('\n')
  const table = lines.slice(
    0,
    lines.findIndex((line) => !line.startsWith('|')),
  )
  return table
    .slice(2)
    .map((row) => [...row.slice(2, -2).split(' | ')].map((cell) => cell.replaceAll('`', '')))
}

const yes = (isSo: boolean) => (isSo ? 'yes' : 'no')

describe('docs/guide/releases.md', () => {
  it('prints what it says, run from top to bottom', () => {
    const program = blocksOf(page, 'ts').join('\n')
    const { status, stdout, stderr } = runSnippet(program)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout.trim().split('\n')).toEqual(promised(program))
  })

  it('lists every gate with what it checks', () => {
    expect(rowsOf('gate | checks')).toEqual(GATES.map(({ name, checks }) => [name, checks]))
  })

  it('lists the permission of every command', () => {
    const permissions = Object.entries(COMMAND_PERMISSIONS).map(([command, permission]) => [
      command,
      typeof permission === 'object' ? 'by kind' : (permission ?? 'none: it is the first'),
    ])
    expect(rowsOf('command | permission')).toEqual(permissions)
  })

  it('lists the permission for every kind of thing', () => {
    expect(rowsOf('kind | permission')).toEqual(Object.entries(CATALOG_PERMISSIONS))
  })

  it('lists every refusal, when it comes and what lifts it', () => {
    const rows = rowsOf('code | when | what lifts it')
    const table: [string, RefusalEntry][] = Object.entries(REFUSAL_TABLE)
    expect(rows.map(([code, , lift]) => [code, lift])).toEqual(
      table.map(([code, { lift }]) => [code, lift({ permission: 'it' })]),
    )
    for (const [, when] of rows) expect(when).toMatch(/^\S.*\.$/)
  })

  it('says the habits of every preset', () => {
    const habits = rowsOf(
      'preset | labels | number given | drafts kept | branch from | gray | exception flow | access codes | voice compiled | approvals | own work',
    )
    expect(habits).toEqual(
      Object.entries(PRESETS).map(([name, { numbering, drafts, release, approvals }]) => [
        name,
        numbering.labels,
        numbering.minted,
        drafts.kept,
        drafts.branchFrom,
        yes(release.gray),
        yes(release.needsExceptionFlow),
        release.accessCodes,
        yes(release.compileVoice),
        String(approvals.required),
        yes(approvals.ownWork),
      ]),
    )
    for (const { release, approvals, validation } of Object.values(PRESETS)) {
      expect([release.warningsBlock, release.ofRunning, approvals.emergency]).toEqual([false, 'keep', false])
      expect(validation).toEqual({})
    }
  })

  it('says the words of every preset', () => {
    const words = rowsOf(
      'preset | `new` | `gray` | `official` | `unreleased` | `retired` | `setAside` | `deleted` | paused',
    )
    expect(words).toEqual(
      Object.entries(PRESETS).map(([name, { words: each }]) => [
        name,
        each.new,
        each.gray,
        each.official,
        each.unreleased,
        each.retired,
        each.setAside,
        each.deleted,
        each.paused,
      ]),
    )
  })
})
