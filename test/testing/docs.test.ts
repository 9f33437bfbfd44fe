import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { simulate } from '../../src/testing/index.ts'
import { ADA, compileSupport } from './support.ts'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))
const page = readFileSync(path('../../docs/testing.md'), 'utf8')
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, block]) => block)

it('runs docs/testing.md from top to bottom', () => {
  const script = join(mkdtempSync(join(tmpdir(), 'sluice-docs-')), 'testing.mts')
  writeFileSync(script, blocks('ts').join('\n'))
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), script],
    {
      cwd: path('../..'),
      encoding: 'utf8',
    },
  )
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout).toContain('4 of 9 outcomes\n')
  expect(stdout).toContain('tell was never left by next\n')
  expect(stdout).toContain('9 of 9 taken by')
})

it('shows a failure as docs/testing.md shows it', () => {
  const [shown] = blocks('text')
  expect(() => simulate(compileSupport(), { contact: ADA, now: 0 }).say('9').expectEnd('abandoned')).toThrow(
    shown!.trimEnd(),
  )
})
