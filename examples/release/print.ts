import type { GateResult, Refusal, ReleasePlan } from 'sluice/releases'

let steps = 0

/** The heading of the next step. */
export function heading(title: string): void {
  steps += 1
  console.log(`${steps === 1 ? '' : '\n'}${steps}. ${title}`)
}

export function tell(...lines: readonly string[]): void {
  for (const line of lines) console.log(`   ${line}`)
}

/** What a command came to, where it was refused. */
export function tellRefusal(outcome: { readonly ok: true } | Refusal): void {
  if (outcome.ok) throw new Error('It was not refused')
  tell(`Refused (${outcome.code}): ${outcome.reason}`, `To lift it: ${outcome.lift}`)
}

/** A plan as a person reads it; gates that are passed stand in one line, unless all are asked for. */
export function tellPlan(plan: ReleasePlan, { all = false } = {}): void {
  const { summary, kind, slot, gates, running, answers, asks } = plan
  const passed = gates.filter((gate) => gate.passed)
  tell(
    `┌ Plan: ${kind} of ${summary.label} into the ${slot} slot`,
    ...(all ? gates : gates.filter((gate) => !gate.passed)).flatMap(drawGate),
    ...(all ? [] : [`│ ✔ ${passed.length} of ${gates.length} gates are passed`]),
    `│ started by: ${summary.trigger?.kind ?? 'whatever starts it'}, channels: ${list(summary.channels)}`,
    ...(summary.replaces === undefined ? [] : [`│ replaces: ${summary.replaces.label}`]),
    ...(summary.emptiesGray ? ['│ empties the gray slot'] : []),
    ...(summary.accessCode === undefined ? [] : [`│ access code: ${summary.accessCode}`]),
    ...(summary.changes ?? []).map((line) => `│ change: ${line}`),
    ...asks.applications.map(({ channel, options }) => {
      const chosen = options.find(({ id }) => id === answers.applications[channel])
      return `│ asks for an app or number for ${channel}: ${chosen?.name ?? '?'}`
    }),
    ...asks.values.map(
      ({ name, label = name }) => `│ asks for a value, "${label}": ${answers.values[name] ?? '?'}`,
    ),
    ...running.versions.map(
      ({ label, sessions, waiting }) =>
        `│ still running on ${label}: ${sessions}, waiting at ${list(Object.keys(waiting))} (${answers.running})`,
    ),
    `└ ${plan.ready ? 'Ready to be confirmed.' : 'Not ready.'}`,
  )
}

function drawGate({ checks, passed, reason, lift }: GateResult): readonly string[] {
  return passed ? [`│ ✔ ${checks}`] : [`│ ✖ ${checks}`, `│   ${reason} → ${lift}`]
}

function list(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ')
}
