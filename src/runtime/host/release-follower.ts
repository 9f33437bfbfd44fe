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
    this.#running = this.#followAll().finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  async #followAll(): Promise<void> {
    do {
      this.#again = false
      const { workspace, position, moveTo } = this.#ports
      const from = await position()
      let at = from
      for (const event of await workspace.events(undefined, at)) {
        at++
        if (await this.#carryOut(event)) await moveTo(at)
      }
      if (at > from) await moveTo(at)
    } while (this.#again)
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

  /** Sessions that were there by then, on versions that are not live: those of later releases are not meant. */
  async #cancel(flow: string, running: RunningChoice, until: number, released?: string): Promise<void> {
    if (running === 'keep') return
    const entry = await this.#entry(flow)
    const spared = new Set([released, entry?.official?.version, entry?.gray?.version])
    await this.#ports.operator.cancelSessions(
      flow,
      ({ version, startedAt }) => startedAt <= until && !spared.has(version),
      running === 'cancelAndWithdraw',
    )
  }

  async #entry(flow: string): Promise<FlowEntry | undefined> {
    return itemOf((await this.#ports.workspace.state()).flows, flow)
  }
}
