import type { FlowNode } from '../../document/flow-document.ts'
import type { NodeType } from '../../nodes/node-type.ts'

/** The segment that starts a flow, where its start node says so; a form may leave one behind of another trigger. */
export function segmentOf({ config }: FlowNode, { place }: Pick<NodeType, 'place'>): string | undefined {
  const { trigger, segment } = config
  return place === 'start' && trigger === 'segment' && typeof segment === 'string' && segment !== ''
    ? segment
    : undefined
}
