/** The name of an outcome that no other has yet; those of signals and errors are not for a flow to give. */
export function freshOutcome(wish: string, taken: ReadonlyMap<string, unknown>): string {
  const base = wish.startsWith('on:') ? `match ${wish}` : wish
  let outcome = base
  for (let n = 2; taken.has(outcome); n++) outcome = `${base} ${n}`
  return outcome
}
