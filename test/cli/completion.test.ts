import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { createCommands } from '../../src/cli/commands.ts'
import { SHELLS } from '../../src/cli/completion.ts'
import { processIo } from '../../src/cli/io.ts'
import { cli, isOneLine } from './helpers.ts'

const has = (shell: string) => spawnSync(shell, ['--version']).error === undefined
const commands = createCommands(processIo(), () => {}).commands

/** What bash offers for a line; the last word is the one that is being typed. */
async function offered(...words: string[]): Promise<string[]> {
  const { out } = await cli(['completion', 'bash'])
  const script = `${out}
COMP_WORDS=(sluice ${words.map((word) => `'${word}'`).join(' ')})
COMP_CWORD=${words.length}
_sluice
printf '%s\\n' "\${COMPREPLY[@]}"`
  const { stdout, stderr, status } = spawnSync('bash', ['--norc', '-c', script], { encoding: 'utf8' })
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
  return stdout.split('\n').filter((line) => line !== '')
}

describe('sluice completion', () => {
  it.skipIf(!has('bash'))('completes commands in bash', async () => {
    expect(await offered('')).toEqual(expect.arrayContaining(commands.map((command) => command.name())))
    expect(await offered('ex')).toEqual(['explore'])
  })

  it.skipIf(!has('bash'))('completes options, their values and files in bash', async () => {
    expect(await offered('run', '--s')).toEqual(['--script', '--seed'])
    expect(await offered('completion', 'z')).toEqual(['zsh'])
    expect(await offered('run', '--script', 'package.j')).toEqual(['package.json'])
    expect(await offered('validate', 'package.j')).toEqual(['package.json'])
  })

  it.each(SHELLS)('knows every command and option in %s', async (shell) => {
    const { out } = await cli(['completion', shell])
    for (const command of commands) {
      expect(out).toContain(command.name())
      for (const { long } of command.options) {
        expect(out, `${command.name()} ${long}`).toContain(shell === 'fish' ? `-l ${long!.slice(2)}` : long)
      }
    }
  })

  const others = [
    ['zsh', '-n'],
    ['fish', '--no-execute'],
  ] as const
  for (const [shell, check] of others) {
    const title = has(shell)
      ? `is read by ${shell}`
      : `is read by ${shell} (skipped: ${shell} is not installed)`
    it.skipIf(!has(shell))(title, async () => {
      const { out } = await cli(['completion', shell])
      expect(spawnSync(shell, [check], { input: out }).status).toBe(0)
    })
  }

  it('names the shells that it knows', async () => {
    const { code, err } = await cli(['completion', 'bsh'])
    expect(code).toBe(2)
    expect(err).toContain('bash')
    expect(isOneLine(err)).toBe(true)
  })
})

describe('the help of every command', () => {
  // Those of sessions need a database; sessions.test.ts has one.
  const shown = commands.map((command) => command.name()).filter((name) => name !== 'sessions')

  it.each(shown)('%s has an example that works', async (name) => {
    const { code, out } = await cli([name, '--help'])
    expect(code).toBe(0)
    const example = /\n {2}\$ sluice (.+)\n/.exec(out)?.[1]
    expect(example, `sluice ${name} --help shows no example`).toBeDefined()
    const ran = await cli(example!.split(' '))
    expect({ code: ran.code, err: ran.err.startsWith('error') }).toEqual({ code: 0, err: false })
  })

  it('suggests the command that was meant', async () => {
    const { code, err } = await cli(['exlpore', 'x.json'])
    expect(code).toBe(2)
    expect(err).toContain('Did you mean explore?')
  })
})
