import { equalJson, type Json } from '../../base/json.ts'
import { FITS_TYPE } from '../../document/data-type.ts'
import type { ReleaseAnswers } from '../command.ts'
import type { ReleaseKind } from '../event.ts'
import type { Inspection } from '../inspection.ts'
import { itemOf } from '../lookup.ts'
import type { FlowEntry, SlotName, Version, WorkspaceState } from '../state.ts'
import type { AccessCode } from './release-case.ts'
import type { PlannedAnswers, ReleaseAsks } from './release-plan.ts'

/** What a flow was released with before. */
type Earlier = {
  readonly applications: { readonly [channel: string]: string }
  readonly values: { readonly [name: string]: Json }
}

/** What a release asks, by what the flow uses: an application for each channel, a value for each variable, no more. */
export function asksOf(
  { catalog }: WorkspaceState,
  { channels, asked }: Inspection,
  slot: SlotName,
): ReleaseAsks {
  return {
    applications: channels.map((channel) => ({
      channel,
      options: Object.values(catalog.application)
        .filter((application) => application.channel === channel)
        .map(({ id, name, address }) => ({ id, name, ...(address === undefined ? {} : { address }) })),
    })),
    values: asked.map(({ name, type, label, required, sensitive }) => ({
      name,
      type,
      ...(label === undefined ? {} : { label }),
      required,
      ...(sensitive === undefined ? {} : { sensitive }),
    })),
    rules: slot === 'gray' ? Object.values(catalog.grayRule).map(({ id, name }) => ({ id, name })) : [],
  }
}

/**
 * The answers in full. Where a person has given none, what an earlier release was given is proposed, then the only
 * application of a channel, then the default of a variable.
 */
export function fillAnswers(
  workspace: WorkspaceState,
  inspection: Inspection,
  asks: ReleaseAsks,
  given: ReleaseAnswers,
  earlier: Earlier | undefined,
): PlannedAnswers {
  const applications: { [channel: string]: string } = {}
  for (const { channel, options } of asks.applications) {
    const before = itemOf(earlier?.applications ?? {}, channel)
    if (options.some(({ id }) => id === before)) applications[channel] = before!
    else if (options.length === 1) applications[channel] = options[0]!.id
  }
  const values: { [name: string]: Json } = {}
  for (const { name, type, default: preset } of inspection.asked) {
    const before = itemOf<Json>(earlier?.values ?? {}, name)
    if (before !== undefined && before !== null && FITS_TYPE[type](before)) values[name] = before
    else if (preset !== undefined) values[name] = preset
  }
  return {
    ...given,
    applications: { ...applications, ...given.applications },
    values: { ...values, ...given.values },
    running: given.running ?? workspace.policy.release.ofRunning,
  }
}

/**
 * The values that a release gives by itself. A default that was left as it is stays with the document: pinned, it would be
 * proposed again over the default that a later version has.
 */
export function pinnedValues(
  { asked }: Inspection,
  { values }: PlannedAnswers,
): { readonly [variable: string]: Json } {
  const presets = new Map(asked.map((variable) => [variable.name, variable.default]))
  return Object.fromEntries(
    Object.entries(values).filter(([name, value]) => !equalJson(value, presets.get(name))),
  )
}

/** The release whose answers are proposed again: that of the version itself, or the one that is out now. */
export function earlierAnswers(
  { official, gray }: FlowEntry,
  version: Version,
  slot: SlotName,
  kind: ReleaseKind,
): Earlier | undefined {
  if (kind === 'rollback') return version.releases.at(-1)
  if (kind === 'promotion') return gray
  return slot === 'official' ? (official ?? gray) : (gray ?? official)
}

/** Access codes that nobody has asked for go on from here. */
const FIRST_ACCESS_CODE = 1_001

/** Digits, asterisks and hashes, at most 24 (REL-6). */
const ACCESS_CODE = /^[0-9*#]{1,24}$/

/** The access code of a flow: the one that it keeps, the one that was asked for, or the next free one. */
export function accessCodeOf(
  { flows, policy, lastAccessCode }: WorkspaceState,
  entry: FlowEntry,
  { medium }: Inspection,
  wanted: string | undefined,
): AccessCode {
  if (entry.accessCode !== undefined) {
    const fault = wanted !== undefined && wanted !== entry.accessCode ? { fault: 'kept' as const } : {}
    return { code: entry.accessCode, isNew: false, ...fault }
  }
  const { accessCodes } = policy.release
  if (wanted === undefined && (accessCodes === 'none' || (accessCodes === 'voice' && medium === 'messaging')))
    return { isNew: false }
  const taken = new Set(Object.values(flows).flatMap(({ accessCode }) => accessCode ?? []))
  if (wanted !== undefined) {
    if (!ACCESS_CODE.test(wanted)) return { code: wanted, isNew: true, fault: 'bad' }
    return { code: wanted, isNew: true, ...(taken.has(wanted) ? { fault: 'taken' as const } : {}) }
  }
  let next = Math.max(lastAccessCode + 1, FIRST_ACCESS_CODE)
  while (taken.has(String(next))) next++
  return { code: String(next), isNew: true }
}
