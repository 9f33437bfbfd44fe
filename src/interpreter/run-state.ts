import { checkJson } from '../base/check-json.ts'
import { isUnsafeKey, type Json, type JsonObject } from '../base/json.ts'
import type { Limits } from '../base/limits.ts'
import { normaliseJson } from '../base/normalise-json.ts'
import { SluiceError } from '../base/sluice-error.ts'
import type { InputEvent } from '../nodes/events.ts'
import { NodeFault } from '../nodes/node-runtime.ts'
import { isLargerThan, LIGHT_LENGTH } from './json-size.ts'
import { LimitBreach, limitFault } from './limit-breach.ts'
import type { Program, ProgramNode } from './program.ts'
import type { Frame, Session, SessionError, Wait } from './session.ts'

/** Finds programs by hash. */
export interface ProgramLookup {
  get(hash: string): Program | undefined
}

export type Mutable<T> = { -readonly [Member in keyof T]: T[Member] }

const NOTHING: JsonObject = Object.freeze({})
const NO_FRAMES: readonly Frame[] = []
const NO_PROGRAMS: readonly Program[] = []

/**
 * What a session holds while one call of `start` or `resume` works on it: the run in control spread out over
 * members, the runs below it as frames. The session it was made from is never changed; `compose` writes a new one.
 */
export class RunState {
  readonly now: number
  readonly limits: Limits
  // What expressions read; see `Environment`.
  contact: JsonObject
  trigger: JsonObject
  vars: JsonObject
  nodes: JsonObject

  protected readonly before: Session
  protected readonly main: Program
  protected readonly programs: ProgramLookup
  protected program: Program
  protected current: ProgramNode
  protected frame: Frame
  /** Frames of the runs that wait for the one in control, the outermost first. */
  protected below: readonly Frame[]
  /** The programs of the frames below. */
  private belowPrograms: readonly Program[] = NO_PROGRAMS
  protected wait: Wait | undefined
  protected inbox: readonly InputEvent[] | undefined
  protected status: Session['status'] = 'waiting'
  protected flowOutcome: string | undefined = undefined
  protected error: SessionError | undefined
  protected seq: number
  protected steps: number
  protected randomState: number
  protected counts: Frame['failures']
  /** True once something went in that may have made the session large. */
  protected heavy: boolean
  private varsAreOwn = false
  private outputs: Frame['outputs']
  private visitCounts: Frame['visits']

  constructor(before: Session, main: Program, programs: ProgramLookup, now: number) {
    const { frames } = before
    const frame = frames[frames.length - 1]!
    this.now = now
    this.before = before
    this.main = main
    this.programs = programs
    this.limits = main.limits
    this.heavy = main.mayGrow
    this.contact = before.contact ?? NOTHING
    this.wait = before.wait
    this.inbox = before.inbox
    this.error = before.error
    this.seq = before.seq
    this.steps = before.steps
    this.randomState = before.random
    this.below = frames.length === 1 ? NO_FRAMES : frames.slice(0, -1)
    this.frame = frame
    this.vars = frame.vars
    this.outputs = frame.outputs
    this.visitCounts = frame.visits
    this.counts = frame.failures
    this.nodes = frame.outputs ?? NOTHING
    this.trigger = frame.exception === true ? this.exceptionTrigger() : (before.trigger ?? NOTHING)
    this.program = main
    if (frames.length > 1 || frame.hash !== undefined || frame.flow !== main.flow) {
      const stack = this.programsOf(frames)
      this.belowPrograms = stack.slice(0, -1)
      this.program = stack[stack.length - 1]!
    }
    this.current = this.nodeOf(this.program, frame.node)
  }

  /** The session as it stands. */
  protected compose(): Session {
    const { id, pins, exception, trigger, language, journey } = this.before
    const frame = this.composeFrame()
    const session: Mutable<Session> = {
      v: 1,
      id,
      status: this.status,
      pins,
      frames: this.below.length === 0 ? [frame] : [...this.below, frame],
      seq: this.seq,
      steps: this.steps,
      random: this.randomState,
    }
    if (this.status === 'waiting') session.wait = this.wait!
    if (session.frames[0]!.flow !== this.main.flow) session.main = this.main.flow
    if (this.contact !== NOTHING) session.contact = this.contact
    if (trigger !== undefined) session.trigger = trigger
    if (exception !== undefined) session.exception = exception
    if (language !== undefined) session.language = language
    if (journey !== undefined) session.journey = journey
    if (this.inbox !== undefined) session.inbox = this.inbox
    if (this.flowOutcome !== undefined) session.flowOutcome = this.flowOutcome
    if (this.error !== undefined) session.error = this.error
    return session
  }

  private composeFrame(): Frame {
    const { flow, hash, returns, sensitive, exception } = this.frame
    const frame: Mutable<Frame> = { flow, node: this.current.id, vars: this.vars }
    if (hash !== undefined) frame.hash = hash
    if (this.outputs !== undefined) frame.outputs = this.outputs
    if (this.visitCounts !== undefined) frame.visits = this.visitCounts
    if (this.counts !== undefined) frame.failures = this.counts
    if (returns !== undefined) frame.returns = returns
    if (sensitive !== undefined) frame.sensitive = sensitive
    if (exception !== undefined) frame.exception = exception
    return frame
  }

  // Variables, outputs and counts of the run in control.

  /** Sets several variables, or none where one of the values does not fit. */
  protected setVariables(values: JsonObject): void {
    for (const name in values) this.checkVariable(name, values[name] ?? null)
    for (const name in values) this.store(name, this.admit(values[name] ?? null))
  }

  protected setVariable(name: string, value: Json): void {
    this.checkVariable(name, value)
    this.store(name, this.admit(value))
  }

  private store(name: string, value: Json): void {
    if (value === null && this.vars[name] === undefined) return
    if (!this.varsAreOwn) {
      this.vars = copyMembers(this.vars)
      this.varsAreOwn = true
    }
    const vars = this.vars as { [variable: string]: Json }
    if (value === null) delete vars[name]
    else vars[name] = value
  }

  private checkVariable(name: string, value: Json): void {
    const fits = this.program.variables.get(name)
    if (fits === undefined) throw new NodeFault('variable.unknown', `There is no variable ${name}`)
    if (value === null) return
    if (!fits(value)) {
      throw new NodeFault('variable.type', `The variable ${name} cannot hold a value of this type`)
    }
  }

  protected keepOutput(output: JsonObject): void {
    const kept: { [member: string]: Json } = {}
    for (const member in output) kept[member] = this.admit(output[member] ?? null)
    const outputs = copyMembers(this.outputs)
    outputs[this.current.id] = kept
    this.outputs = outputs
    this.nodes = outputs
  }

  /** What no expression ahead can read is dropped before the session is written out. */
  protected dropDeadOutputs(): void {
    if (this.outputs === undefined || this.program.executable.keepsOutputs === true) return
    const kept: { [node: string]: JsonObject } = {}
    for (const node of this.current.live ?? []) {
      const output = this.outputs[node]
      if (output !== undefined) kept[node] = output
    }
    this.outputs = Object.keys(kept).length === 0 ? undefined : kept
    this.nodes = this.outputs ?? NOTHING
  }

  protected countVisit(): void {
    const { id } = this.current
    const visits = (this.visitCounts?.[id] ?? 0) + 1
    if (visits > this.limits.maxVisits) throw new LimitBreach('maxVisits')
    const counts = copyMembers(this.visitCounts)
    counts[id] = visits
    this.visitCounts = counts
  }

  protected keepCount(count: number): void {
    const counts = copyMembers(this.counts)
    if (count === 0) delete counts[this.current.id]
    else counts[this.current.id] = count
    this.counts = Object.keys(counts).length === 0 ? undefined : counts
  }

  /** Changes what the session knows of the contact. What no expression can read is none of its business. */
  protected changeContact(changes: JsonObject): void {
    const { contactReads } = this.main
    const contact = copyMembers(this.contact as { readonly [name: string]: Json })
    for (const name of Object.keys(changes)) {
      if (contactReads === undefined ? isUnsafeKey(name) : !contactReads.includes(name)) continue
      const value = changes[name] ?? null
      if (value === null) delete contact[name]
      else {
        contact[name] = this.admit(value)
        if (this.saysSecret(name)) this.maskAll()
      }
    }
    this.contact = Object.keys(contact).length === 0 ? NOTHING : contact
    this.heavy = true
  }

  /** True where a field of the contact may take a sensitive value that the flows which read it do not know of. */
  private saysSecret(field: string): boolean {
    if (this.frame.sensitive !== true && !isSecretField(this.program, field)) return false
    return ![...this.main.programs.values()].some((program) => isSecretField(program, field))
  }

  /** From now on every run under way is masked in logs. */
  private maskAll(): void {
    this.frame = { ...this.frame, sensitive: true }
    this.below = this.below.map((frame) => ({ ...frame, sensitive: true }))
  }

  /**
   * A value of a node on its way into the session or an effect: plain JSON, the node's own no longer, bounded.
   * Remembers that the session may have grown by it.
   */
  protected admit(value: Json): Json {
    if (
      typeof value === 'string' ? value.length <= LIGHT_LENGTH : typeof value === 'boolean' || value === null
    )
      return value
    if (typeof value === 'number' && Number.isFinite(value)) return value === 0 ? 0 : value
    const fault = checkJson(value)
    if (fault !== undefined) {
      throw new NodeFault(
        'node.badReaction',
        `The node type ${this.current.runtime.type} gave a value that is not JSON`,
      )
    }
    this.heavy = true
    this.checkSize(value)
    return normaliseJson(value)
  }

  protected checkSize(value: Json): void {
    if (isLargerThan(value, this.limits.maxPayloadBytes)) throw limitFault('maxPayloadBytes', this.limits)
  }

  // The stack.

  /** Puts a new run of a program in control. */
  protected push(program: Program, extra: Pick<Frame, 'hash' | 'returns' | 'sensitive' | 'exception'>): void {
    this.dropDeadOutputs()
    this.below = [...this.below, this.composeFrame()]
    this.belowPrograms = [...this.belowPrograms, this.program]
    const node = program.nodes[program.start]!
    this.restore({ flow: program.flow, node: node.id, vars: program.defaults, ...extra }, program, node)
  }

  /** Puts a new run of a program in the place of the one in control. */
  protected replace(program: Program, extra: Pick<Frame, 'hash'>): void {
    const node = program.nodes[program.start]!
    const { sensitive, exception } = this.frame
    this.restore(
      {
        flow: program.flow,
        node: node.id,
        vars: program.defaults,
        ...extra,
        ...(this.current.sensitive || sensitive === true ? { sensitive: true as const } : {}),
        ...(exception === undefined ? {} : { exception }),
      },
      program,
      node,
    )
  }

  /** Gives control back to a run further down; those above it are gone. */
  protected unwindTo(level: number): void {
    const frame = this.below[level]!
    const program = this.belowPrograms[level]!
    this.below = this.below.slice(0, level)
    this.belowPrograms = this.belowPrograms.slice(0, level)
    this.restore(frame, program, this.nodeOf(program, frame.node))
  }

  private restore(frame: Frame, program: Program, node: ProgramNode): void {
    this.frame = frame
    this.program = program
    this.current = node
    this.vars = frame.vars
    this.varsAreOwn = false
    this.outputs = frame.outputs
    this.visitCounts = frame.visits
    this.counts = frame.failures
    this.nodes = frame.outputs ?? NOTHING
    this.trigger = frame.exception === true ? this.exceptionTrigger() : (this.before.trigger ?? NOTHING)
  }

  /** The innermost level at which a node may take over; an exception flow's run hides what lies below it. */
  protected findLevel(accepts: (node: ProgramNode) => boolean): number | undefined {
    if (accepts(this.current)) return this.below.length
    if (this.frame.exception === true) return undefined
    for (let level = this.below.length - 1; level >= 0; level--) {
      const frame = this.below[level]!
      if (accepts(this.nodeOf(this.belowPrograms[level]!, frame.node))) return level
      if (frame.exception === true) return undefined
    }
    return undefined
  }

  /** True where no run under way may show in logs what it holds. */
  protected isMasked(): boolean {
    return this.frame.sensitive === true && this.below.every((frame) => frame.sensitive === true)
  }

  /** True where the exception flow is in control, or lies below. */
  protected inException(): boolean {
    return this.frame.exception === true || this.below.some((frame) => frame.exception === true)
  }

  /** What the exception flow reads as its trigger. */
  private exceptionTrigger(): JsonObject {
    return { type: 'exception', data: (this.error ?? {}) as unknown as JsonObject }
  }

  /** The program of each frame, found by hash; an official version chosen on the way brings those it calls. */
  private programsOf(frames: readonly Frame[]): readonly Program[] {
    let caller = this.main
    return frames.map((frame) => {
      const hash = frame.hash ?? this.before.pins[frame.flow] ?? ''
      const program = this.programs.get(hash) ?? caller.programs.get(hash)
      if (program === undefined) {
        throw new SluiceError({
          code: 'session.programMissing',
          problem: `The session ${this.before.id} runs the flow ${frame.flow} with the hash ${hash}, which is not at hand`,
          next: 'Link the program with its subflows, or pass programs that hold it',
        })
      }
      this.nodeOf(program, frame.node)
      caller = program
      return program
    })
  }

  private nodeOf(program: Program, id: string): ProgramNode {
    const node = program.nodesById.get(id)
    if (node !== undefined) return node
    throw new SluiceError({
      code: 'session.shape',
      problem: `The session ${this.before.id} stands on the node ${id}, which the flow ${program.flow} does not have`,
      next: 'Pass a session that start or resume returned',
    })
  }
}

function isSecretField({ executable }: Program, field: string): boolean {
  return executable.sensitive.contact.includes(field)
}

/** A copy to add members to. A spread would be shorter, but adding a member to what it makes can take ten times as long. */
function copyMembers<T>(members: { readonly [name: string]: T } | undefined): { [name: string]: T } {
  const copy: { [name: string]: T } = {}
  for (const name in members) copy[name] = members[name]!
  return copy
}
