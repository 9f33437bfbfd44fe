import type { Connector } from '../../document/flow-document.ts'

/** For each node where its outcomes lead, as in `{ menu: { '1': 'sales', timeout: 'goodbye' } }`. */
export interface Wires {
  readonly [node: string]: { readonly [outcome: string]: string }
}

/** The connectors of a template, each called by the outcome that it leaves, as in `menu:1`. */
export function wire(wires: Wires): readonly Connector[] {
  return Object.entries(wires).flatMap(([node, outcomes]) =>
    Object.entries(outcomes).map(([outcome, to]) => ({
      id: `${node}:${outcome}`,
      from: { node, outcome },
      to,
    })),
  )
}
