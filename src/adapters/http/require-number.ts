import { SluiceError } from '../../base/sluice-error.ts'

/** Throws `http.options` for a limit that is no number, or with which nothing would ever go through. */
export function requireNumber(name: string, value: number, least: number): void {
  if (value >= least) return
  throw new SluiceError({
    code: 'http.options',
    problem: `With ${name} ${value} nothing would go through`,
    next: `Pass ${least} or more, or leave it out`,
  })
}
