import { readFileSync } from 'node:fs'
import type { FlowDocument } from '../../../src/index.ts'
import { palette } from '../../../src/palette/index.ts'
import {
  confirmPlan,
  type ReleaseAnswers,
  type ReleasePlan,
  type SlotName,
} from '../../../src/releases/index.ts'
import {
  createHost,
  type Host,
  type HostOptions,
  type MemoryChannel,
  memoryChannel,
  memoryStore,
  openWorkspace,
  type Store,
  sessionCensus,
  type Workspace,
} from '../../../src/runtime/index.ts'
import { type VirtualClock, virtualClock } from '../../../src/testing/index.ts'

const SUPPORT = readFileSync(new URL('../../../examples/support/support.json', import.meta.url), 'utf8')

/** The number of the contact whom the support flow was written for. */
export const ADA = '+4915112345678'

type Node = FlowDocument['nodes'][number]

/** The support flow, started by messages on the channel sms unless its start node is to say something else. */
export function support(
  id = 'support',
  start: object = { trigger: 'message', channel: 'sms' },
): FlowDocument {
  const document = JSON.parse(SUPPORT) as FlowDocument
  const nodes = document.nodes.map((node) =>
    node.type === 'start@1' ? { ...node, config: { ...node.config, ...start } } : node,
  )
  return { ...document, id, nodes } as FlowDocument
}

/** A flow of the nodes given, one after the other, from the start to the end `done`. */
export function chain(
  id: string,
  start: object,
  nodes: readonly Partial<Node>[],
  edit: object = {},
): FlowDocument {
  const base = JSON.parse(SUPPORT) as FlowDocument
  const all = [
    { id: 'start', type: 'start@1', config: start },
    ...nodes,
    { id: 'end', type: 'end@1', config: { outcome: 'done' } },
  ] as Node[]
  const connectors = all.slice(0, -1).flatMap((node, index) => {
    const outs = (node as { outs?: readonly string[] }).outs ?? ['next']
    return outs.map((outcome) => ({
      id: `${node.id}-${outcome}`,
      from: { node: node.id, outcome },
      to: all[index + 1]!.id,
    }))
  })
  const plain = all.map((node) => {
    const { outs: _outs, ...rest } = node as Node & { outs?: unknown }
    return { position: { x: 0, y: 0 }, ...rest }
  })
  return {
    ...base,
    id,
    name: id,
    nodes: plain,
    connectors,
    settings: { ...base.settings, variables: [], outcomes: [{ code: 'done', kind: 'completed' }] },
    ...edit,
  } as unknown as FlowDocument
}

/** A workspace with a host, its stores, a clock that stands still, and channels that remember. */
export class Bureau {
  readonly store: Store
  readonly clock: VirtualClock
  readonly sms: MemoryChannel = memoryChannel('sms')
  readonly voice: MemoryChannel = memoryChannel('voice')
  readonly errors: unknown[] = []
  workspace: Workspace
  host!: Host

  /** The tenant. */
  readonly id: string

  constructor(store: Store = memoryStore(), clock = virtualClock(), id = 'acme') {
    this.store = store
    this.clock = clock
    this.id = id
    this.workspace = this.#openWorkspace()
  }

  /** Made, with members and applications, and a host that is running. */
  static async open(options: Partial<HostOptions> = {}, store?: Store, id?: string): Promise<Bureau> {
    const bureau = new Bureau(store, undefined, id)
    await bureau.send({ type: 'createWorkspace', name: 'ACME', policy: 'open' })
    await bureau.send({ type: 'addMember', member: 'ben', permissions: ['view', 'edit'] })
    for (const channel of ['sms', 'voice']) {
      const item = {
        id: `${channel}-app`,
        name: channel,
        channel,
        address: channel === 'sms' ? '+4930100' : '+4930200',
      }
      await bureau.send({ type: 'define', kind: 'application', item })
    }
    await bureau.store.contacts.put(bureau.id, {
      id: 'ada-lovelace',
      addresses: [ADA],
      fields: { name: 'Ada', balance: 150, tier: 'gold' },
    })
    await bureau.start(options)
    return bureau
  }

  async start(options: Partial<HostOptions> = {}): Promise<Host> {
    this.host = await createHost({
      workspace: this.workspace,
      nodes: palette,
      store: this.store,
      channels: [this.sms, this.voice],
      clock: this.clock,
      onError: (error) => this.errors.push(error),
      ...options,
    })
    await this.host.settled()
    return this.host
  }

  /** As if the process had been ended and started again. */
  async restart(options: Partial<HostOptions> = {}): Promise<Host> {
    await this.host.close()
    this.workspace = this.#openWorkspace()
    return this.start(options)
  }

  #openWorkspace(): Workspace {
    const { events, contents } = this.store
    return openWorkspace({
      id: this.id,
      nodes: palette,
      events,
      contents,
      clock: this.clock,
      census: sessionCensus(this.store, this.id),
    })
  }

  define(kind: string, item: object) {
    return this.send({ type: 'define', kind, item })
  }

  async send(command: object, by = 'ada', document?: FlowDocument) {
    const outcome = await this.workspace.execute(command as never, {
      by,
      ...(document === undefined ? {} : { document }),
    })
    if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.reason}`)
    return outcome
  }

  /** Saves a flow as a new one, or as a new version of the one that is there, and releases it; tells the version. */
  async release(
    document: FlowDocument,
    answers: ReleaseAnswers = {},
    slot: SlotName = 'official',
  ): Promise<string> {
    const { id } = document
    const existing = await this.workspace.flow(id)
    let version = 'v1'
    if (existing === undefined) await this.send({ type: 'createFlow', flow: id }, 'ada', document)
    else {
      const from = Object.keys(existing.versions).at(-1)!
      const branched = await this.send({ type: 'branch', flow: id, from })
      version = branched.version!.id
      const revision = branched.version!.revisions.at(-1)!.revision
      await this.send({ type: 'saveDraft', flow: id, version, revision }, 'ada', document)
    }
    await this.releaseVersion(id, version, answers, slot)
    return version
  }

  async releaseVersion(
    flow: string,
    version: string,
    answers: ReleaseAnswers = {},
    slot: SlotName = 'official',
  ): Promise<void> {
    const asked = (await this.workspace.plan({ flow, version, slot, answers }, { by: 'ada' })) as ReleasePlan
    const applications = Object.fromEntries(
      asked.asks.applications.map(({ channel }) => [channel, `${channel}-app`]),
    )
    const request = { flow, version, slot, answers: { applications, ...answers } }
    const plan = await this.workspace.plan(request as never, { by: 'ada' })
    if ('ok' in plan && plan.ok === false) throw new Error(JSON.stringify(plan))
    await this.send(confirmPlan(plan as ReleasePlan))
    await this.host?.settled()
  }

  /** Somebody writes; what the session then says, everything so far. */
  async write(text: string, from = ADA): Promise<readonly string[]> {
    const received = await this.host.receive({ channel: 'sms', from, to: '+4930100', text })
    if (!received.ok) throw new Error(`${received.code}: ${received.reason}`)
    await this.host.settled()
    return this.sms.transcript(from)
  }

  async pass(by: number | string): Promise<void> {
    this.clock.advance(by)
    await this.host.settled()
  }
}
