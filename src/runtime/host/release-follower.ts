import type { Event, Released } from '../../releases/event.ts'
import { itemOf } from '../../releases/lookup.ts'
import type { RunningChoice } from '../../releases/policy.ts'
import type { FlowEntry } from '../../releases/state.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { Operator } from './operator.ts'
import type { Segments } from './segments.ts'

/** The name under which a store keeps how far the events of the workspace have been carried out. */
export const FOLLOWED = 'workspace'

export interface ReleaseFollowerPorts {
  readonly workspace: Workspace
  /** How far it has come. */
  position(): Promise<number>
  moveTo(position: number): Promise<void>
  readonly operator: Pick<Operator, 'cancelSessions' | 'withdrawLeft'>
  readonly segments: Pick<Segments, 'startForMembers'>
  /** Resolves when nothing starts any more on what the workspace said before the call. */
  begun(): Promise<void>
}

/**
 * Carries out what releases ask of the host that keeps the sessions (RUN-5, RUN-6): in the order of the events, each once
 * more after a crash in the middle, which does nothing twice.
 */
export class ReleaseFollower {
  readonly #ports: ReleaseFollowerPorts
  #running: Promise<void> | undefined
  #again = false

  constructor(ports: ReleaseFollowerPorts) {
    this.#ports = ports
  }

  /** Carries out what has been stored before the call. */
  follow(): Promise<void> {
    if (this.#running !== undefined) {
      this.#again = true
      return this.#running
    }
    this.#running = this.#followAll()
    return this.#running
  }

  async #followAll(): Promise<void> {
    try {
      do {
        this.#again = false
        await this.#followOnce()
      } while (this.#again)
    } finally {
      // At once, so that nobody is told to wait for a run that looks no more.
      this.#running = undefined
    }
  }

  async #followOnce(): Promise<void> {
    const { workspace, position, moveTo } = this.#ports
    const from = await position()
    let at = from
    for (const event of await workspace.events(undefined, at)) {
      at++
      if (await this.#carryOut(event)) await moveTo(at)
    }
    if (at > from) await moveTo(at)
  }

  /** True where something was done. */
  async #carryOut(event: Event): Promise<boolean> {
    switch (event.type) {
      case 'released':
        await this.#released(event)
        return true
      case 'releaseCancelled':
        await this.#cancel(event.flow, event.running, event.at)
        return true
      default:
        return false
    }
  }

  async #released(event: Released): Promise<void> {
    const { flow, running, withdrawEnded, triggerSegment, slot, pin } = event
    // First those: who is cancelled by this release had not ended.
    if (withdrawEnded === true) await this.#ports.operator.withdrawLeft(flow, pin.at)
    await this.#cancel(flow, running, pin.at, pin.version)
    if (triggerSegment === undefined) return
    const now = (await this.#entry(flow))?.[slot]
    // A release that another one has replaced meanwhile starts nobody any more.
    if (now?.at === pin.at && now.version === pin.version)
      await this.#ports.segments.startForMembers(flow, triggerSegment, now)
  }

  /**
   * Sessions on versions that are not live. Those of later releases are not meant: of a version that was released once more
   * since, sessions that were there by then; of others all, for whoever was about to start may have looked at the time later.
   */
  async #cancel(flow: string, running: RunningChoice, until: number, released?: string): Promise<void> {
    if (running === 'keep') return
    await this.#ports.begun()
    const entry = await this.#entry(flow)
    const spared = new Set([released, entry?.official?.version, entry?.gray?.version])
    const { versions = {} } = (await this.#ports.workspace.flow(flow)) ?? {}
    const isLater = (version: string) => {
      const known = itemOf(versions, version)
      return known === undefined || known.releases.some(({ at }) => at > until)
    }
    await this.#ports.operator.cancelSessions(
      flow,
      ({ version, startedAt }) => !spared.has(version) && (startedAt <= until || !isLater(version)),
      running === 'cancelAndWithdraw',
    )
  }

  async #entry(flow: string): Promise<FlowEntry | undefined> {
    return itemOf((await this.#ports.workspace.state()).flows, flow)
  }
}
