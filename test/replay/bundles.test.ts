import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Bundle } from '../../src/interchange/index.ts'
import { nodes, withoutIds } from '../interchange/bundle-cases.ts'
import { done, Lab } from '../runtime/lab.ts'

const RELEASES = new URL('../fixtures/releases/', import.meta.url)

const kept = readdirSync(RELEASES).flatMap((release) => {
  const folder = new URL(`${release}/bundles/`, RELEASES)
  return existsSync(folder) ? readdirSync(folder).map((file) => [release, file] as const) : []
})

// What users have exported can be imported for ever: these files are never written again, only added to.
describe('bundles of earlier releases', () => {
  it('are kept', () => {
    expect(kept.length).toBeGreaterThanOrEqual(4)
  })

  it.each(kept)('[IO-1] %s: %s comes in, and goes out with the same flows', async (release, file) => {
    const text = readFileSync(new URL(`${release}/bundles/${file}`, RELEASES), 'utf8').trim()
    const bundle = JSON.parse(text) as Bundle
    const workspace = new Lab().open({ nodes })
    await done(workspace, { type: 'createWorkspace', name: 'ACME', policy: 'open' })
    await done(workspace, { type: 'define', kind: 'integration', item: { id: 'acme-crm', name: 'CRM' } })
    const { name, remark = '' } = bundle.flows[0]!.document
    const imported = await workspace.importBundle(text, { by: 'ada', name, remark })
    if (!imported.ok) throw new Error(imported.reason)
    expect(imported.flows.map(({ from }) => from)).toEqual(bundle.flows.map(({ document }) => document.id))
    const [{ id }] = imported.flows as [(typeof imported.flows)[number]]
    const again = await workspace.exportBundle({ flows: [{ flow: id }], withSubflows: true }, { by: 'ada' })
    if (!again.ok) throw new Error(again.reason)
    const hashes = ({ flows }: Bundle) => flows.map(({ behaviourHash }) => behaviourHash)
    // Later schemas may write documents in another way; what the flows do stays what it is.
    if (bundle.schema === again.bundle.schema) {
      expect(hashes(again.bundle)).toEqual(hashes(bundle))
      expect(JSON.parse(withoutIds(again.text)).flows).toEqual(JSON.parse(withoutIds(text)).flows)
    }
  })
})
