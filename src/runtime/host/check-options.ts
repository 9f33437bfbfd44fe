import { SluiceError } from '../../base/sluice-error.ts'
import type { HostOptions } from './options.ts'

/** Options that are numbers; with one that is none nothing would ever be due, or everything at once. */
const LENGTHS = [
  'idleMs',
  'keepEndedMs',
  'rememberMs',
  'effectTimeoutMs',
  'effectConcurrency',
  'lookMs',
] as const satisfies readonly (keyof HostOptions)[]

/** Mistakes of whoever makes a host, found at once. */
export function checkOptions(options: HostOptions): void {
  if (typeof options?.workspace?.state !== 'function') {
    throw new SluiceError({
      code: 'host.workspace',
      problem: 'No workspace was passed',
      next: 'Pass { workspace: openWorkspace(…) }',
    })
  }
  if (typeof options.nodes?.[Symbol.iterator] !== 'function') {
    throw new SluiceError({
      code: 'host.nodes',
      problem: 'No node types were passed',
      next: 'Pass { nodes: palette }, with palette from sluice/palette',
    })
  }
  for (const name of LENGTHS) {
    const value = options[name]
    if (value === undefined || (typeof value === 'number' && value > 0)) continue
    throw new SluiceError({
      code: 'host.options',
      problem: `The option ${name} is ${String(value)}, and no number above 0`,
      next: 'Pass a number above 0, Infinity for no end, or leave it out',
    })
  }
  const names = (options.channels ?? []).map(({ name }) => name)
  const repeated = names.find((name, index) => names.indexOf(name) !== index)
  if (repeated !== undefined) {
    throw new SluiceError({
      code: 'host.channels',
      problem: `Two channels are named ${repeated}`,
      next: 'Give each channel a name of its own',
    })
  }
}
