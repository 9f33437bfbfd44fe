import { isJsonObject, type Json } from '../../base/json.ts'
import { operate } from '../../interpreter/operate/operate.ts'
import { itemOf } from '../../releases/lookup.ts'
import type { Permission } from '../../releases/permission.ts'
import type { SessionHead } from '../stores/session-store.ts'
import { claimOfRevival, type DeadLetterText, findDeadLetter } from './dead-letters.ts'
import type { Changed, Live, Step } from './live.ts'
import { cardsMark } from './marks.ts'
import { cardsAfter, withdrawal } from './open-cards.ts'
import type { HostParts } from './parts.ts'
import { type HostRefusal, refuseInHost } from './refusal.ts'
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
   * Cancels the sessions of a flow that a release leaves behind, and takes their cards back where asked. Nobody's permission is
   * asked: that of the release was.
   */
  async cancelSessions(
    flow: string,
    isLeft: (head: SessionHead) => boolean,
    withdraw: boolean,
  ): Promise<void> {
    const { sessions, tenant } = this.#parts
    let after: string | undefined
    do {
      const query = { flow, status: 'waiting' as const, test: false, limit: PAGE }
      const slice = await sessions.list(tenant, after === undefined ? query : { ...query, after })
      const old = slice.items.filter(({ head }) => isLeft(head))
      await Promise.all(old.map(({ session }) => this.#cancel(session, RELEASE, withdraw)))
      after = slice.next
    } while (after !== undefined)
  }

  /** Takes back what sessions of a flow have left that ended at an instant or before. */
  async withdrawLeft(flow: string, until: number): Promise<void> {
    const { sessions, tenant } = this.#parts
    let after: string | undefined
    do {
      const query = { limit: PAGE, ...(after === undefined ? {} : { after }) }
      const slice = await sessions.marked(tenant, cardsMark(flow), query)
      for (const session of slice.items) {
        const { endedAt = Number.POSITIVE_INFINITY } = (await sessions.read(tenant, session))?.head ?? {}
        if (endedAt <= until) await this.#withdraw(session, RELEASE)
      }
      after = slice.next
    } while (after !== undefined)
  }

  /** Puts a dead letter back among the work to be done: in the turn of its session, so that two who ask do it once. */
  async retryDeadLetter(number: number, by: string): Promise<Operated> {
    const denied = await this.permit('retryDeadLetter', OPERATOR_PERMISSION, by)
    if (denied !== undefined) return denied
    const { codec, desk, sessions, tenant, clock } = this.#parts
    const unknown = () => refuseInHost('deadLetter.unknown', { number })
    const named = await findDeadLetter(sessions, tenant, number)
    if (named === undefined) return unknown()
    const { session } = named
    const retried = async (live: Live, now: number): Promise<Step | HostRefusal> => {
      const letter = await findDeadLetter(sessions, tenant, number)
      if (letter === undefined) return unknown()
      const { effect } = JSON.parse(await codec.decode(letter.text)) as DeadLetterText
      return {
        ...unchanged(live, now),
        effects: [effect],
        operated: { by, operation: `retryDeadLetter ${effect.type}` },
      }
    }
    const claims = [claimOfRevival(number, session, clock.now())]
    const changed = await desk.change(session, retried, { revived: [number], claims })
    return changed.ok && 'duplicateOf' in changed ? unknown() : operated(session, changed)
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
          return done.ok ? { ...done, operated: { by, operation: nameOf(command) } } : done
        })
    }
  }

  async #cancel(session: string, by: string, withdraw = false): Promise<Changed> {
    const { desk } = this.#parts
    const operated = { by, operation: 'cancel' }
    // In the same step, so that a crash leaves nobody with the cards of a session that is over.
    const over = (live: Live, step: Step): Step =>
      withdraw && step.run.session.status !== 'waiting' ? this.#withdrawing(live, step) : step
    const end = (live: Live, now: number): Step | HostRefusal => {
      const step = ending(live, now, operated)
      return step.ok ? over(live, step) : step
    }
    const signalled = await desk.change(session, async (live, now) => {
      if (live.record.session.status !== 'waiting') return end(live, now)
      const step = await giving({ type: 'signal', name: 'cancel' })(live, now)
      if (!step.ok) return step
      // What the contact could answer yet they still can: nothing has come from them.
      const cards = cardsAfter(live.record.cards, undefined, step.run.effects) ?? []
      return over(live, { ...step, operated, patch: { ...step.patch, cards } })
    })
    if (!signalled.ok || !('live' in signalled)) return signalled
    if (signalled.live.record.session.status !== 'waiting') return signalled
    return desk.change(session, end)
  }

  #withdraw(session: string, by: string): Promise<Changed> {
    return this.#parts.desk.change(session, (live, now) => {
      const step = { ...unchanged(live, now), operated: { by, operation: 'withdraw' } }
      return this.#withdrawing(live, step)
    })
  }

  /** A step that takes back all that can be taken back by then. */
  #withdrawing(live: Live, step: Step): Step {
    const { about, cards: before, session } = live.record
    const cards = step.patch?.cards ?? cardsAfter(before, undefined, step.run.effects) ?? []
    const effects = cards
      .map((card) => withdrawal(card, session.id, about.flow))
      .filter((effect) => this.#parts.runner.does(effect, about))
    return { ...step, effects, patch: { ...step.patch, cards: [] } }
  }

  async #move(session: string, version: string, by: string): Promise<Changed> {
    const { desk, programs, starter, workspace, contacts, tenant } = this.#parts
    const state = await this.#parts.state()
    return desk.change(session, async (live, now) => {
      const { about } = live.record
      const { flow, contact: id, address } = about
      const known = itemOf((await workspace.flow(flow))?.versions ?? {}, version)
      if (known === undefined) return refuseInHost('version.unknown', { flow, version })
      const release = known.releases.at(-1)
      if (release === undefined) return refuseInHost('version.neverReleased', { flow, version })
      const { fields } = (id === undefined ? undefined : await contacts.get(tenant, id)) ?? {}
      const { medium } = await programs.executable(release.executable)
      const { pins, versions } = await starter.pinsFor(
        state,
        flow,
        { executable: release.executable, medium },
        { id, number: address, attributes: fields },
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
  if (!changed.ok) return changed
  return 'live' in changed
    ? { ok: true, session }
    : refuseInHost('session.identifier', { session, other: changed.duplicateOf })
}

/** What is recorded of it: names, and no values. */
function nameOf(command: Exclude<OperatorCommand, { type: 'move' }>): string {
  switch (command.type) {
    case 'skip':
      return `skip ${command.outcome}`
    case 'setVariable':
      return `setVariable ${command.variable}`
    default:
      return command.type
  }
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
