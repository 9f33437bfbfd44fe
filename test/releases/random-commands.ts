import {
  type Command,
  type Context,
  PERMISSIONS,
  type Policy,
  PRESETS,
  type ReleaseAnswers,
  type SlotName,
} from '../../src/releases/index.ts'
import type { Dice } from '../fuzz/generate-flow.ts'
import { type Content, Desk } from './desk.ts'
import { PASSWORD } from './examples/commands.ts'

const FLOWS = ['support', 'billing', 'trouble', 'chat']
const MEMBERS = ['ada', 'ben', 'cleo']
const RULES = ['pilot', 'tenth']
const APPS = ['shop', 'desk']
const ERROR = { code: 'config.missing', severity: 'error', message: 'Needed', location: {} } as const
const WARNING = { code: 'flowOutcome.unused', severity: 'warning', message: 'Unused', location: {} } as const

/** A policy of which every part is drawn by itself, so that mixtures come up that no product has. */
export function randomPolicy(dice: Dice, members: readonly string[]): Policy {
  const approvers = members.filter(() => dice.chance(0.3))
  return {
    numbering: {
      labels: dice.pick(['minor', 'decimal', 'integer']),
      minted: dice.pick(['atDraft', 'atRelease']),
    },
    drafts: { kept: dice.pick(['one', 'many']), branchFrom: dice.pick(['any', 'released']) },
    release: {
      gray: dice.chance(0.8),
      warningsBlock: dice.chance(0.3),
      needsExceptionFlow: dice.chance(0.3),
      accessCodes: dice.pick(['all', 'voice', 'none']),
      compileVoice: dice.chance(0.1),
      ofRunning: dice.pick(['keep', 'cancel', 'cancelAndWithdraw']),
    },
    approvals: {
      required: dice.pick([0, 0, 0, 1, 2]),
      ...(approvers.length > 0 && dice.chance(0.4) ? { approvers } : {}),
      ownWork: dice.chance(0.6),
      emergency: dice.chance(0.3),
    },
    validation: {},
    words: PRESETS.open.words,
  }
}

/** A document that says this and that, broken ones among them. */
export function randomContent(dice: Dice, flow: string): Content {
  return {
    does: String(dice.below(6)),
    drawn: String(dice.below(3)),
    role:
      flow === 'trouble'
        ? dice.chance(0.95)
          ? 'exception'
          : 'main'
        : flow === 'billing'
          ? 'subflow'
          : 'main',
    medium: flow === 'chat' ? 'messaging' : dice.pick(['voice', 'voice', 'any']),
    diagnostics: dice.chance(0.85) ? [] : [dice.pick([ERROR, WARNING])],
    ...(dice.chance(0.05) ? { trigger: undefined as never } : {}),
    ...(dice.chance(0.15)
      ? { trigger: { kind: 'segment', segment: dice.pick(['new', 'gone']) } as const }
      : {}),
    channels: dice.chance(0.2) ? ['sms'] : [],
    references: flow === 'support' && dice.chance(0.4) ? [{ flow: 'billing', nodes: ['call'] }] : [],
    asked: dice.chance(0.2) ? [{ name: 'city', type: 'text', required: dice.chance(0.5) }] : [],
    ...(dice.chance(0.1) ? { mediaFolder: 'prompts' } : {}),
  }
}

/** What is asked next, and what it is asked with. */
export interface Deed {
  readonly command: Command
  readonly over: Partial<Context>
}

/** The next command: mostly one that makes sense, sometimes one out of order, on something that there is not, or by somebody who may not. */
export function randomDeed(dice: Dice, desk: Desk): Deed {
  const flow = dice.pick(FLOWS)
  const by = dice.chance(0.93) ? 'ada' : dice.pick([...MEMBERS, 'mallory'])
  const known = desk.flows.get(flow)
  if (known === undefined && dice.chance(0.7))
    return withContent(dice, desk, flow, { type: 'createFlow', flow }, by)
  const versions = Object.values(known?.versions ?? {})
  /** One of the latest versions, most of the time in a state in which the command makes sense. */
  const versionIn = (...states: readonly string[]): string => {
    const fitting = versions.filter(({ state }) => states.includes(state))
    const among = fitting.length > 0 && dice.chance(0.85) ? fitting : versions
    return among.length === 0 || dice.chance(0.02) ? 'v99' : dice.pick(among.slice(-3)).id
  }
  const version = versionIn('new', 'unreleased')
  const slot: SlotName = dice.chance(0.65) ? 'official' : 'gray'
  const over = { by }
  switch (dice.below(31)) {
    case 0:
    case 1:
    case 2:
    case 3:
      return {
        over,
        command: {
          type: 'branch',
          flow,
          from: versionIn('official', 'gray', 'retired'),
          ...(dice.chance(0.6) ? { over: true } : {}),
        },
      }
    case 4:
    case 5:
    case 6:
    case 7: {
      const revision = known?.versions[version]?.revisions.length ?? 0
      const read = dice.chance(0.9) ? revision : revision - 1
      return withContent(dice, desk, flow, { type: 'saveDraft', flow, version, revision: read }, by)
    }
    case 8:
    case 9:
    case 10:
    case 11:
    case 12:
    case 13:
    case 14:
      return randomRelease(dice, desk, flow, versionIn, slot, by)
    case 15:
      return {
        over,
        command: { type: 'cancelRelease', flow, slot, ...(dice.chance(0.3) ? { running: 'cancel' } : {}) },
      }
    case 16:
      return { over, command: { type: dice.pick(['pause', 'resume'] as const), flow } }
    case 17:
      return { over, command: { type: 'retire', flow, version: versionIn('gray', 'official', 'unreleased') } }
    case 18:
      return {
        over,
        command: { type: 'deleteVersion', flow, version: versionIn('new', 'retired', 'unreleased') },
      }
    case 19:
      return dice.chance(0.3)
        ? { over, command: { type: 'deleteFlow', flow } }
        : { over, command: { type: 'restoreDraft', flow, version: versionIn('setAside'), over: true } }
    case 20:
    case 21: {
      const behaviourHash = known?.versions[version]?.revisions.at(-1)?.behaviourHash ?? 'none'
      return { over: { by: dice.pick(MEMBERS) }, command: { type: 'approve', flow, version, behaviourHash } }
    }
    case 22:
      return {
        over,
        command: {
          type: dice.pick([
            'requestApproval',
            'withdrawApproval',
            'compileVoice',
            'takeLock',
            'releaseLock',
          ] as const),
          flow,
          version,
        },
      }
    case 23:
      return {
        over,
        command: { type: 'setPolicy', policy: randomPolicy(dice, Object.keys(desk.workspace.members)) },
      }
    case 24:
      return {
        over,
        command: {
          type: 'setExceptionFlow',
          medium: dice.pick(['voice', 'messaging', 'any']),
          flow: dice.chance(0.85) ? 'trouble' : null,
        },
      }
    case 25:
      return { over, command: defineSomething(dice) }
    case 26:
      return { over, command: removeSomething(dice) }
    case 27:
      if (dice.chance(0.2)) return { over, command: { type: 'removeMember', member: dice.pick(MEMBERS) } }
      return {
        over,
        command: { type: 'addMember', member: dice.pick(MEMBERS), permissions: [...PERMISSIONS] },
      }
    case 28:
      return {
        over,
        command: {
          type: dice.pick(['grant', 'revoke'] as const),
          member: dice.pick(MEMBERS),
          permissions: [dice.pick([...PERMISSIONS])],
        },
      }
    case 29:
      return { over, command: handOut(dice, flow) }
    default:
      if (dice.chance(0.3)) {
        const service = dice.chance(0.5) ? 'hotline' : null
        return { over, command: { type: 'placeFlow', flow, service } }
      }
      return dice.chance(0.5)
        ? { over, command: { type: 'comment', flow, version, text: 'Hm' } }
        : { over, command: { type: 'labelFlow', flow, labels: dice.chance(0.5) ? ['x'] : [] } }
  }
}

function withContent(dice: Dice, desk: Desk, flow: string, command: Command, by: string): Deed {
  return { command, over: { by, inspection: desk.inspection(flow, randomContent(dice, flow)) } }
}

/** A release or rollback by a plan that was just made; now and then with other answers than those that were planned. */
function randomRelease(
  dice: Dice,
  desk: Desk,
  flow: string,
  versionIn: (...states: readonly string[]) => string,
  slot: SlotName,
  by: string,
): Deed {
  const rollBack = dice.chance(0.15)
  const version = rollBack
    ? versionIn('retired')
    : versionIn('new', 'unreleased', ...(slot === 'official' ? ['gray'] : []))
  const asked = desk.tryPlan({ flow, version, slot, rollBack }, { by })
  const asksCity = 'gates' in asked && asked.asks.values.length > 0
  const { emergency } = desk.workspace.policy.approvals
  const answers: ReleaseAnswers = {
    ...(slot === 'gray' && dice.chance(0.9) ? { rule: dice.pick(RULES) } : {}),
    ...(dice.chance(asksCity ? 0.8 : 0.03) ? { values: { city: 'Bonn' } } : {}),
    ...(dice.chance(emergency ? 0.7 : 0.02) ? { emergency: 'Fire' } : {}),
    ...(dice.chance(0.1) ? { accessCode: dice.pick(['*1', '*2', '1001', '1002', 'x']) } : {}),
    ...(slot === 'gray' && dice.chance(0.2) ? { guards: { minSessions: 5, maxErrorRate: 0.2 } } : {}),
    ...(dice.chance(0.1) ? { running: 'cancel' } : {}),
  }
  const plan = desk.tryPlan({ flow, version, slot, rollBack, answers }, { by })
  const confirmed = 'gates' in plan ? { ...plan.answers, plan: plan.hash } : { plan: 'none' }
  const late: ReleaseAnswers = dice.chance(0.05) ? { running: 'cancelAndWithdraw' } : {}
  return {
    over: { by },
    command: { type: rollBack ? 'rollBack' : 'release', flow, version, slot, ...confirmed, ...late },
  }
}

/** A read-only link, or what has to do with links for contacts. */
function handOut(dice: Dice, flow: string): Command {
  return dice.pick<() => Command>([
    () => ({ type: 'regenerateKey', application: dice.pick(APPS) }),
    () => ({
      type: 'setDistribution',
      flow,
      applications: APPS.filter(() => dice.chance(0.5)),
      protect: dice.chance(0.8),
    }),
    () => ({ type: 'shareFlow', flow, share: dice.pick(['s1', 's2']), password: PASSWORD }),
    () => ({ type: 'switchShare', flow, on: dice.chance(0.5) }),
  ])()
}

function defineSomething(dice: Dice): Command {
  const type = 'define'
  return dice.pick<() => Command>([
    () => ({
      type,
      kind: 'grayRule',
      item: { id: dice.pick(RULES), name: 'Rule', match: { kind: 'percentage', percent: dice.below(101) } },
    }),
    () => ({
      type,
      kind: 'application',
      item: { id: dice.pick(APPS), name: 'App', channel: dice.pick(['sms', 'email']) },
    }),
    () => ({ type, kind: 'segment', item: { id: 'new', name: 'New' } }),
    () => ({ type, kind: 'mediaFolder', item: { id: 'prompts', name: 'Prompts' } }),
  ])()
}

function removeSomething(dice: Dice): Command {
  const type = 'remove'
  return dice.pick<() => Command>([
    () => ({ type, kind: 'grayRule', id: dice.pick(RULES) }),
    () => ({ type, kind: 'application', id: dice.pick(APPS) }),
    () => ({ type, kind: 'segment', id: 'new' }),
    () => ({ type, kind: 'mediaFolder', id: 'prompts' }),
  ])()
}

/** A workspace with what most commands need, so that sequences come far. */
export function randomDesk(dice: Dice): Desk {
  const desk = new Desk(randomPolicy(dice, []))
  desk.world = { ...desk.world, segmentMembers: { new: 3, gone: 0 } }
  for (const member of ['ben', 'cleo']) {
    if (dice.chance(0.8))
      desk.attempt({ type: 'addMember', member, permissions: ['view', 'edit', 'approve'] })
  }
  desk.attempt({
    type: 'define',
    kind: 'grayRule',
    item: { id: 'pilot', name: 'Pilot', match: { kind: 'percentage', percent: 5 } },
  })
  desk.attempt({ type: 'define', kind: 'application', item: { id: 'shop', name: 'Shop', channel: 'sms' } })
  if (dice.chance(0.7)) desk.attempt({ type: 'define', kind: 'segment', item: { id: 'new', name: 'New' } })
  desk.attempt({ type: 'define', kind: 'service', item: { id: 'hotline', name: 'Hotline' } })
  if (dice.chance(0.6)) {
    const inspection = desk.inspection('trouble', { role: 'exception', does: 'catch', medium: 'any' })
    desk.attempt({ type: 'createFlow', flow: 'trouble' }, { inspection })
    desk.attempt({ type: 'setExceptionFlow', medium: 'any', flow: 'trouble' })
    const { behaviourHash } = inspection
    for (const by of ['ben', 'cleo'])
      desk.attempt({ type: 'approve', flow: 'trouble', version: 'v1', behaviourHash }, { by })
    const plan = desk.tryPlan({ flow: 'trouble', version: 'v1', slot: 'official' })
    if ('gates' in plan) {
      desk.attempt({
        type: 'release',
        flow: 'trouble',
        version: 'v1',
        slot: 'official',
        ...plan.answers,
        plan: plan.hash,
      })
    }
  }
  return desk
}
