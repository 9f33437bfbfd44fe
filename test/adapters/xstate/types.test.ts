import { expectTypeOf, it } from 'vitest'
import {
  type Actor,
  createActor,
  type EmittedFrom,
  type EventFromLogic,
  type InputFrom,
  type OutputFrom,
  type SnapshotFrom,
  toPromise,
} from 'xstate'
import {
  type FlowActorRef,
  type FlowEmitted,
  type FlowInput,
  type FlowLogic,
  type FlowOutput,
  type FlowSnapshot,
  fromFlow,
} from '../../../src/adapters/xstate/index.ts'
import type { Effect, JsonObject, Refusal, Session, SessionEvent } from '../../../src/index.ts'
import { GREETER } from './helpers.ts'

const logic = fromFlow(GREETER)
const input: FlowInput = { trigger: { type: 'manual' } }

it('tells XState what goes in and what comes out', () => {
  expectTypeOf(logic).toEqualTypeOf<FlowLogic>()
  expectTypeOf<InputFrom<FlowLogic>>().toEqualTypeOf<FlowInput | undefined>()
  expectTypeOf<OutputFrom<FlowLogic>>().toEqualTypeOf<FlowOutput>()
  expectTypeOf<SnapshotFrom<FlowLogic>>().toEqualTypeOf<FlowSnapshot>()
  expectTypeOf<EventFromLogic<FlowLogic>>().toEqualTypeOf<SessionEvent>()
  expectTypeOf<EmittedFrom<FlowLogic>>().toEqualTypeOf<FlowEmitted>()
})

it('types an actor by it', () => {
  const actor = createActor(logic, { input })
  expectTypeOf(actor).toEqualTypeOf<Actor<FlowLogic>>()
  expectTypeOf(actor).toExtend<FlowActorRef>()
  expectTypeOf(actor.send).parameter(0).toEqualTypeOf<SessionEvent>()
  expectTypeOf(actor.getSnapshot().context.session).toEqualTypeOf<Session>()
  expectTypeOf(toPromise(actor)).resolves.toEqualTypeOf<FlowOutput>()
  expectTypeOf<FlowOutput['variables']>().toEqualTypeOf<JsonObject>()
})

it('types what is emitted by its name', () => {
  const actor = createActor(logic, { input })
  actor.on('effect', (emitted) => expectTypeOf(emitted.effect).toEqualTypeOf<Effect>())
  actor.on('refused', (emitted) => expectTypeOf(emitted.refusal).toEqualTypeOf<Refusal>())
  actor.on('failure', (emitted) => expectTypeOf(emitted.error).toBeUnknown())
})

it('restores without input, and takes no other events', () => {
  const snapshot = createActor(logic, { input }).getPersistedSnapshot()
  const actor = createActor(logic, { snapshot })
  // @ts-expect-error: a session has no such event
  const send = () => actor.send({ type: 'other' })
  // @ts-expect-error: an input has a trigger
  const create = () => createActor(logic, { input: { id: 's' } })
  expectTypeOf(send).returns.toBeVoid()
  expectTypeOf(create).returns.toEqualTypeOf<Actor<FlowLogic>>()
})
