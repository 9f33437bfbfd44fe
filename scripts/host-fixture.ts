import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { VERSION } from '../src/cli/version.ts'
import { leaveHostBehind } from '../test/replay/host-life.ts'

/*
 * `npm run host-fixture`: what a host of this version leaves behind when its process dies in the middle of everything: each
 * commit that its store was handed, the workspace, the contacts, and how it all reads. test/replay has a host of today take it
 * up. Writes the files of this version again: until it is published, its formats may change.
 */

const folder = fileURLToPath(new URL(`../test/fixtures/releases/${VERSION}/host/`, import.meta.url))
mkdirSync(folder, { recursive: true })

const left = await leaveHostBehind()
for (const [name, value] of Object.entries(left))
  writeFileSync(`${folder}${name}.json`, `${JSON.stringify(value, null, 1)}\n`)
console.log(`${left.commits.length} commits, ${left.views.sessions.length} sessions`)
