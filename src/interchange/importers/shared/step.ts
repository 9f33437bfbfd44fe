/** A way that leaves a step of a foreign flow; without `next` the flow ends there. */
export interface Way {
  readonly event: string
  readonly next?: string | null | undefined
}

/** A step of a foreign flow, as far as all formats agree: its name, its type there, and the ways on. */
export interface Step {
  readonly name: string
  readonly type: string
  readonly transitions: readonly Way[]
}

/** Where the first way with a name leads. */
export function next({ transitions }: Pick<Step, 'transitions'>, event: string): string | undefined {
  return transitions.find((each) => each.event === event)?.next || undefined
}
