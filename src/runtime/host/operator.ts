import { isJsonObject, type Json } from '../../base/json.ts'
import { operate } from '../../interpreter/operate/operate.ts'
import { itemOf } from '../../releases/lookup.ts'
import type { Permission } from '../../releases/permission.ts'
import { reviveDeadLetter } from './dead-letters.ts'
import { withdrawal } from './open-cards.ts'
import type { HostParts } from './parts.ts'
import { type HostRefusal, refuseInHost } from './refusal.ts'
import { type Changed, cardsMark, type Live, type Step } from './session-desk.ts'
import { giving, unchanged } from './session-steps.ts'

/** What an operator does to one session (RUN-25). */
export type OperatorCommand =
  /** Enters the node that a failed session stopped at again. */
  | { readonly type: 'retry' }
  /** Leaves the node that it waits at, or has failed at, by an outcome. */
  | { readonly type: 'skip'; readonly outcome: string }
  | { readonly type: 'setVariable'; readonly variable: string; readonly value: Json }
  /** Moves a waiting session to another version that is or was released. */
  | { readonly type: 'move'; readonly version: string }
  /** Signals `cancel`, which the flow may lead on, and ends the session where it still waits then. */
  | { readonly type: 'cancel' }
  /** Takes its cards back. */
  | { readonly type: 'withdraw' }

/** The permission that it takes to operate on sessions: what they do to people is what was published. */
export const OPERATOR_PERMISSION: Permission = 'publish'

/** Who has done what a release asked for. */
const RELEASE = 'release'
/** Sessions that are dealt with at once. */
const PAGE = 200

export type Operated = { readonly ok: true; readonly session: string } | HostRefusal

/** Carries out what operators ask for: checked by permission, recorded with the session. */
export class Operator {
  readonly #parts: HostParts

  constructor(parts: HostParts) {
    this.#parts = parts
  }

  async operate(session: string, command: OperatorCommand, by: string): Promise<Operated> {
    const denied = await this.permit(command.type, OPERATOR_PERMISSION, by)
    if (denied !== undefined) return denied
    return operated(session, await this.#carryOut(session, command, by))
  }

  /**
   * Cancels the sessions of a flow on versions that are not live any more, and takes their cards back where asked. Nobody's
   * permission is asked: that of the release was.
   */
  async cancelSessions(flow: string, live: ReadonlySet<string>, withdraw: boolean): Promise<void> {
    const { sessions, tenant } = this.#parts
    let after: string | undefined
    do {
      const query = { flow, status: 'waiting' as const, limit: PAGE }
      const slice = await sessions.list(tenant, after === undefined ? query : { ...query, after })
      const old = slice.items.filter(({ head }) => !live.has(head.version) && head.test !== true)
      await Promise.all(
        old.map(async ({ session }) => {
          await this.#cancel(session, RELEASE)
          if (withdraw) await this.#withdraw(session, RELEASE)
        }),
      )
      after = slice.next
    } while (after !== undefined)
  }

  /** Takes back what ended sessions of a flow have left. */
  async withdrawLeft(flow: string): Promise<void> {
    const { sessions, tenant } = this.#parts
    let after: string | undefined
    do {
      const query = { limit: PAGE, ...(after === undefined ? {} : { after }) }
      const slice = await sessions.marked(tenant, cardsMark(flow), query)
      for (const session of slice.items) {
        const stored = await sessions.read(tenant, session)
        if (stored !== undefined && stored.head.status !== 'waiting') await this.#withdraw(session, RELEASE)
      }
      after = slice.next
    } while (after !== undefined)
  }

  /** Puts a dead letter back among the work to be done. */
  async retryDeadLetter(number: number, by: string): Promise<HostRefusal | undefined> {
    const denied = await this.permit('retryDeadLetter', OPERATOR_PERMISSION, by)
    if (denied !== undefined) return denied
    const { codec, sessions, tenant } = this.#parts
    if (!(await reviveDeadLetter(sessions, tenant, number, codec)))
      return refuseInHost('deadLetter.unknown', { number })
    return undefined
  }

  /** The refusal for a member without a permission. */
  async permit(command: string, permission: Permission, by: string): Promise<HostRefusal | undefined> {
    const { members } = await this.#parts.state()
    if (itemOf(members, by)?.permissions.includes(permission)) return undefined
    return refuseInHost('permission.missing', { command, permission, member: by })
  }

  #carryOut(session: string, command: OperatorCommand, by: string): Promise<Changed> {
    switch (command.type) {
      case 'cancel':
        return this.#cancel(session, by)
      case 'withdraw':
        return this.#withdraw(session, by)
      case 'move':
        return this.#move(session, command.version, by)
      default:
        return this.#parts.desk.change(session, ({ record, program, programs }, now) => {
          const done = operate(program, record.session, command, { now, programs })
          return done.ok ? { ...done, operated: { by, operation: command.type } } : done
        })
    }
  }

  async #cancel(session: string, by: string): Promise<Changed> {
    const { desk } = this.#parts
    const operated = { by, operation: 'cancel' }
    const signalled = await desk.change(session, async (live, now) => {
      if (live.record.session.status !== 'waiting') return ending(live, now, operated)
      const step = await giving({ type: 'signal', name: 'cancel' })(live, now)
      return step.ok ? { ...step, operated } : step
    })
    if (!signalled.ok || !('live' in signalled)) return signalled
    if (signalled.live.record.session.status !== 'waiting') return signalled
    return desk.change(session, (live, now) => ending(live, now, operated))
  }

  #withdraw(session: string, by: string): Promise<Changed> {
    const { desk, runner } = this.#parts
    return desk.change(session, (live, now) => {
      const { cards = [], about } = live.record
      const effects = cards
        .map((card) => withdrawal(card, session, about.flow))
        .filter((effect) => runner.does(effect, about))
      return {
        ...unchanged(live, now),
        effects,
        operated: { by, operation: 'withdraw' },
        patch: { activeAt: live.record.activeAt, cards: [] },
      }
    })
  }

  async #move(session: string, version: string, by: string): Promise<Changed> {
    const { desk, programs, starter, workspace } = this.#parts
    const state = await this.#parts.state()
    return desk.change(session, async (live, now) => {
      const { about } = live.record
      const { flow, contact: id, address } = about
      const known = itemOf((await workspace.flow(flow))?.versions ?? {}, version)
      if (known === undefined) return refuseInHost('version.unknown', { flow, version })
      const release = known.releases.at(-1)
      if (release === undefined) return refuseInHost('version.neverReleased', { flow, version })
      const { medium } = await programs.executable(release.executable)
      const { pins, versions } = await starter.pinsFor(
        state,
        flow,
        { executable: release.executable, medium },
        { id, number: address },
      )
      const to = await programs.get(pins)
      const done = operate(live.program, live.record.session, { type: 'move', to }, { now })
      if (!done.ok) return done
      const { number: _number, versions: _versions, ...rest } = about
      const moved = {
        ...rest,
        version,
        ...(known.number === undefined ? {} : { number: known.number }),
        ...(Object.keys(versions).length === 0 ? {} : { versions }),
      }
      const patch = { about: moved, cards: live.record.cards }
      return { ...done, program: to, patch, operated: { by, operation: `move ${version}` } }
    })
  }
}

function ending(
  { record, program, programs }: Live,
  now: number,
  by: Step['operated'] & {},
): Step | HostRefusal {
  const operation = { type: 'end', flowOutcome: 'signal.cancel' } as const
  const done = operate(program, record.session, operation, { now, programs })
  return done.ok ? { ...done, operated: by } : done
}

function operated(session: string, changed: Changed): Operated {
  return changed.ok ? { ok: true, session } : changed
}

/** A command from outside, or `undefined` for what is none. */
export function readCommand(command: unknown): OperatorCommand | undefined {
  if (!isJsonObject(command)) return undefined
  switch (command.type) {
    case 'retry':
    case 'cancel':
    case 'withdraw':
      return { type: command.type }
    case 'skip':
      return typeof command.outcome === 'string' ? { type: 'skip', outcome: command.outcome } : undefined
    case 'setVariable':
      return typeof command.variable === 'string' && command.value !== undefined
        ? { type: 'setVariable', variable: command.variable, value: command.value }
        : undefined
    case 'move':
      return typeof command.version === 'string' ? { type: 'move', version: command.version } : undefined
    default:
      return undefined
  }
}
