import { existsSync, readFileSync } from 'node:fs'
import type { FlowDocument } from '../src/document/flow-document.ts'
import type { exportBundle } from '../src/interchange/bundle/export-bundle.ts'
import type { readBundle } from '../src/interchange/bundle/read-bundle.ts'
import type { NodeTypes } from '../src/nodes/registry.ts'
import type { renderViewer } from '../src/sharing/viewer/render-viewer.ts'
import type { Workload } from './measure.ts'

/** Flows of one bundle. */
const FLOWS = 100

export interface ExchangeModule {
  readonly exportBundle: typeof exportBundle
  readonly readBundle: typeof readBundle
  readonly renderViewer: typeof renderViewer
  readonly palette: NodeTypes
}

/** The built package; `undefined` where it has not been built. */
export async function loadExchange(): Promise<ExchangeModule | undefined> {
  const at = (room: string) => new URL(`../dist/${room}/index.js`, import.meta.url)
  if (!existsSync(at('sharing'))) return undefined
  const [interchange, sharing, nodes] = await Promise.all(
    ['interchange', 'sharing', 'palette'].map((room) => import(at(room).href)),
  )
  return { ...interchange, ...sharing, palette: nodes.palette } as ExchangeModule
}

/** The support flow on its way out and in: a figure is that of one flow of a hundred. Beside it what JSON alone costs. */
export function exchangeWorkloads({
  exportBundle,
  readBundle,
  renderViewer,
  palette,
}: ExchangeModule): readonly Workload[] {
  const support = JSON.parse(
    readFileSync(new URL('../examples/support/support.json', import.meta.url), 'utf8'),
  ) as FlowDocument
  const flows = Array.from({ length: FLOWS }, (_, n) => ({ ...support, id: `support-${n}` }))
  const out = () => {
    const exported = exportBundle({ flows }, { nodes: palette, tenant: 'acme' })
    if (!exported.ok) throw new Error(exported.reason)
    return exported.text
  }
  const text = out()
  const read = () => {
    const bundle = readBundle(text)
    if (!bundle.ok) throw new Error(bundle.error[0]!.message)
    return bundle
  }
  return [
    {
      id: 'export',
      title: `export a flow, one of ${FLOWS} in a bundle`,
      unit: 'µs',
      per: FLOWS,
      contestants: [
        { name: 'sluice', run: out },
        { name: 'JSON.stringify', run: () => JSON.stringify(flows) },
      ],
    },
    {
      id: 'import',
      title: `read a flow, one of ${FLOWS} in a bundle`,
      unit: 'µs',
      per: FLOWS,
      contestants: [
        { name: 'sluice', run: read },
        { name: 'JSON.parse', run: () => JSON.parse(text) as unknown },
      ],
    },
    {
      id: 'viewer',
      title: 'a flow as a page for strangers',
      unit: 'µs',
      per: 1,
      contestants: [{ name: 'sluice', run: () => renderViewer(support, { nodes: palette }) }],
    },
  ]
}
