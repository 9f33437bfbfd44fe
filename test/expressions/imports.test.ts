import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const ROOM = resolve(dirname(fileURLToPath(import.meta.url)), '../../src/expressions')

function importsOf(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen
  seen.add(file)
  if (!file.endsWith('.ts')) return seen
  const lines = readFileSync(file, 'utf8').matchAll(/^(?:import|export) (?!type )[^']*from '([^']+)'/gm)
  for (const [, from] of lines) importsOf(from!.startsWith('.') ? join(dirname(file), from!) : from!, seen)
  return seen
}

describe('what the room imports', () => {
  test('brings no parser, no engine, no schema library', () => {
    const packages = [...importsOf(join(ROOM, 'cel-linker.ts'))].filter((file) => !file.endsWith('.ts'))
    expect(packages).toEqual([])
  })

  test('only parse.ts knows the parser, only re2.ts the engine, and none builds code from text', () => {
    for (const file of readdirSync(ROOM, { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.ts')) continue
      const source = readFileSync(join(ROOM, file), 'utf8')
      expect(source.includes("from '@marcbachmann/cel-js'"), file).toBe(file === 'parse.ts')
      expect(source.includes("from 're2js'"), file).toBe(file === 're2.ts')
      expect(source, file).not.toMatch(/\beval\(|new Function|new RegExp/)
    }
  })
})
