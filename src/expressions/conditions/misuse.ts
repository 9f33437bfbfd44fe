import { SluiceError } from '../../base/sluice-error.ts'

/** The error for a condition that cannot be written. */
export function misuse(code: string, problem: string, next: string): SluiceError {
  return new SluiceError({ code: `condition.${code}`, problem, next })
}

/** A value as it is quoted in messages. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
