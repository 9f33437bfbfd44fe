export type { EffectAnswer } from '../../nodes/effects.ts'
export type {
  EffectEmitted,
  EffectHandler,
  EffectHandlerTools,
  FailureEmitted,
  FlowActorRef,
  FlowEmitted,
  RefusedEmitted,
} from './effect-handler.ts'
export type { FlowContext, FlowOutput, FlowSnapshot } from './flow-snapshot.ts'
export { type FlowInput, type FlowLogic, type FromFlowOptions, fromFlow } from './from-flow.ts'
