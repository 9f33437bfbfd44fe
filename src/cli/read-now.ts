import { SluiceError } from '../base/sluice-error.ts'

/** Milliseconds of an instant in ISO 8601; without an offset it is UTC. */
export function readNow(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const zoned = /T.*(Z|[+-]\d\d:?\d\d)$/i.test(text) || !text.includes('T') ? text : `${text}Z`
  const instant = /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:?\d\d)?)?$/i.test(text)
    ? Date.parse(zoned)
    : Number.NaN
  if (!Number.isNaN(instant)) return instant
  throw new SluiceError({
    code: 'option.now',
    problem: `--now ${JSON.stringify(text.slice(0, 64))} is no instant`,
    next: 'Give it as in --now 2026-11-21T09:30:00Z',
  })
}
