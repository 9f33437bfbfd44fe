import { expectTypeOf, it } from 'vitest'
import type * as z from 'zod/mini'
import type { Json } from '../../src/base/json.ts'
import type { Command } from '../../src/releases/command.ts'
import type { COMMAND_SCHEMAS, REQUEST_SCHEMA } from '../../src/releases/command-schema.ts'
import type { Event } from '../../src/releases/event.ts'
import type { EVENT_SCHEMAS } from '../../src/releases/event-schema.ts'
import type { ReleaseRequest } from '../../src/releases/plan/release-plan.ts'
import type { Policy } from '../../src/releases/policy.ts'
import type { policySchema } from '../../src/releases/policy-schema.ts'
import type { flowSnapshot, workspaceSnapshot } from '../../src/releases/snapshot-schema.ts'
import type { FlowState, WorkspaceState } from '../../src/releases/state.ts'

/** A type as one would write it by hand, so that two of them can be compared: nothing read-only, no `undefined`. */
type Plain<Type> = Json extends Type
  ? Type
  : Type extends readonly (infer Entry)[]
    ? Plain<Entry>[]
    : Type extends object
      ? { -readonly [Member in keyof Type]: Plain<Exclude<Type[Member], undefined>> }
      : Type

/** Commands and events with one type each. */
type Single<Union extends { readonly type: string }> = Union extends unknown
  ? { [Type in Union['type']]: Omit<Union, 'type'> & { type: Type } }[Union['type']]
  : never

type InferEach<Schemas extends { readonly [name: string]: z.core.$ZodType }> = {
  [Name in keyof Schemas]: z.infer<Schemas[Name]>
}[keyof Schemas]

it('the forms of commands are exactly their types', () => {
  expectTypeOf<Plain<Single<InferEach<typeof COMMAND_SCHEMAS>>>>().toEqualTypeOf<Plain<Single<Command>>>()
})

it('the form of a request is exactly its type', () => {
  expectTypeOf<Plain<z.infer<typeof REQUEST_SCHEMA>>>().toEqualTypeOf<Plain<ReleaseRequest>>()
})

it('the forms of events are exactly their types', () => {
  expectTypeOf<Plain<Single<InferEach<typeof EVENT_SCHEMAS>>>>().toEqualTypeOf<Plain<Single<Event>>>()
})

it('the forms of policies and snapshots are exactly their types', () => {
  expectTypeOf<Plain<z.infer<typeof policySchema>>>().toEqualTypeOf<Plain<Policy>>()
  expectTypeOf<Plain<z.infer<typeof workspaceSnapshot>>>().toEqualTypeOf<Plain<WorkspaceState>>()
  expectTypeOf<Plain<z.infer<typeof flowSnapshot>>>().toEqualTypeOf<Plain<FlowState>>()
})
