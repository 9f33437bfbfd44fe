import { describe, expect, it } from 'vitest'
import { createFlow } from '../../../src/editing/create-flow.ts'
import type { FlowTemplate } from '../../../src/editing/templates/flow-template.ts'
import { compile } from '../../../src/interpreter/compile.ts'
import type { Program } from '../../../src/interpreter/program.ts'
import { palette } from '../../../src/palette/index.ts'
import { explore, type SimulateOptions, type Simulation, simulate } from '../../../src/testing/index.ts'

/** Begins a session of the template; what it is given differs from what the file says it begins with. */
export type Begin = (options?: SimulateOptions) => Simulation

/** Scripts by the flow outcome in which they end, and by what happens in them. */
export interface Scripts {
  readonly [flowOutcome: string]: { readonly [what: string]: (begin: Begin) => Simulation }
}

export interface Rehearsal {
  /** What every session begins with. */
  readonly begin?: SimulateOptions
  /** What is explored in place of the flow itself, for one that nobody starts by itself. */
  readonly explored?: Program
  readonly scripts: Scripts
}

/** The flow of a template, as a host would make it. */
export function flowOf({ id }: FlowTemplate) {
  const created = createFlow(
    { from: 'template', template: id },
    { nodes: palette, ids: { next: () => `new-${id}` } },
  )
  if (!created.ok) throw new Error(created.error.reason)
  return created.value
}

/** Plays the scripts of a template, and sees to it that none of its flow outcomes is without one. */
export function rehearse(template: FlowTemplate, { begin, explored, scripts }: Rehearsal): void {
  const program = compile(flowOf(template), { nodes: palette })

  describe.each(Object.entries(scripts))('ends with %s', (flowOutcome, named) => {
    it.each(Object.entries(named))('when %s', (_, script) => {
      script((options) => simulate(program, { ...begin, ...options })).expectEnd(flowOutcome)
    })
  })

  it('has a script for each of its flow outcomes', () => {
    const declared = template.document.settings.outcomes!.map(({ code }) => code)
    expect(Object.keys(scripts).sort()).toEqual([...declared].sort())
  })

  it('has no outcome that cannot be taken, and no input that makes it fail', () => {
    const { outcomes, failures } = explore(explored ?? program)
    expect(outcomes.unreachable).toEqual([])
    expect(failures).toEqual([])
  })
}
