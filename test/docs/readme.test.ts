import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const readme = readFileSync(join(root, 'README.md'), 'utf8')
const [program, proof] = [...readme.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, block]) => block!)

/** What the snippets take for granted: a flow, and a contact who answers. */
const AROUND = `
import { readFileSync } from 'node:fs'
const flow = JSON.parse(readFileSync('examples/support/support.json', 'utf8'))
const answers = ['2', '2', '2']
const ask = async () => answers.shift()
`

function run(script: string) {
  const file = join(mkdtempSync(join(tmpdir(), 'sluice-readme-')), 'snippet.mts')
  writeFileSync(file, script)
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), file],
    { cwd: root, encoding: 'utf8' },
  )
  return { status, stdout, stderr }
}

describe('the README', () => {
  it('shows a program that talks to the support flow', () => {
    const { status, stdout, stderr } = run(`${AROUND}${program}`)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toMatch(/^Hello Ada, welcome to ACME\.\n/)
    expect(stdout).toMatch(/\nlooped\n$/)
  })

  it('shows a test that passes', () => {
    const imports = program!.split('\n').filter((line) => /^import|^const program/.test(line))
    const { status, stderr } = run(`${AROUND}${imports.join('\n')}\n${proof}`)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })

  it.each([...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link]) => link!))(
    'links to %s, which exists',
    (link) => {
      expect(existsSync(join(root, link))).toBe(true)
    },
  )
})
