import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ROOT } from '../support/snippets.ts'

const read = (path: string) => readFileSync(join(ROOT, 'src', path), 'utf8')

/*
 * A module that exports a builder, as renderCode imports it, has declarations where its project writes them. They name
 * everything that the type of the builder is made of, and the compiler refuses (TS4023) what the package does not export.
 */

it('exports the rules of outcomes by name', () => {
  const rules = readdirSync(join(ROOT, 'src/palette')).flatMap((file) =>
    [...read(`palette/${file}`).matchAll(/interface (\w+) extends OutcomeRule/g)].map(([, name]) => name!),
  )
  expect(rules.length).toBeGreaterThan(5)
  for (const rule of rules) expect(read('palette/index.ts')).toContain(`export type { ${rule} }`)
})

it('exports what the type of a builder is made of', () => {
  for (const name of ['CheckedFlow', 'KnownType', 'Vocabulary', 'BuilderNodeType'])
    expect(read('builder/index.ts')).toMatch(new RegExp(`export type \\{[^}]*\\b${name}\\b`))
})
