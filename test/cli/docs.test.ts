import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { cli } from './helpers.ts'

/*
 * Every console block of docs/command-line.md is run: lines after `$ sluice` are arguments, the rest is what is printed.
 */

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const page = readFileSync(`${ROOT}docs/command-line.md`, 'utf8')
const blocks = [...page.matchAll(/^```console\n\$ sluice (.+)\n([\s\S]*?)^```$/gm)].map(
  ([, command = '', printed = '']) => ({ command, printed }),
)

describe('docs/command-line.md', () => {
  it.each(blocks)('prints what it says: sluice $command', async ({ command, printed }) => {
    const args = command.split(' ').map((each) => (each.includes('/') ? `${ROOT}${each}` : each))
    const { out, err } = await cli(args)
    expect(out + err).toBe(printed)
  })

  it('has examples', () => {
    expect(blocks.length).toBeGreaterThanOrEqual(5)
  })
})
