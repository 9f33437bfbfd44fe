import type { Json, JsonObject } from '../../base/json.ts'
import type { FlowDocument, FlowSettings } from '../../document/flow-document.ts'
import type { Clash, Three } from './merge.ts'
import { placeMerger } from './merge-nodes.ts'
import { mergeValue } from './merge-values.ts'

type FlowParts = Omit<FlowDocument, 'nodes' | 'connectors' | 'notes'>

/** Merges the settings and what the flow says of itself; the id is that of the base. */
export function mergeFlowMembers({ base, a, b }: Three<FlowDocument>, clashes: Clash[]): FlowParts {
  const context = { take: 'safe', clashes } as const
  const merge = placeMerger({ base, a, b }, [], context)
  const settings = mergeValue(
    { base: json(base.settings), a: json(a.settings), b: json(b.settings) },
    ['settings'],
    context,
  )
  return {
    schema: base.schema,
    id: base.id,
    settings: settings as FlowSettings,
    ...merge.atom('name'),
    ...merge.atom('remark'),
    ...merge.atom('medium'),
    ...merge.atom('role'),
    ...merge.atom('audience'),
    ...merge.whole('meta'),
  } as unknown as FlowParts
}

function json(settings: FlowSettings): Json {
  return settings as JsonObject
}
