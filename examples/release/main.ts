import type { EditCommand } from 'sluice/editing'
import { confirmPlan, type GrayRule, judgeGuards, labelOf, type ReleaseRequest, route } from 'sluice/releases'
import { ask, letCallersWait, plan, send, workspace } from './desk.ts'
import { APOLOGY, blank, edited, FIRST_NODES, MENDED, say } from './flow.ts'
import { heading, tell, tellPlan, tellRefusal } from './print.ts'

/*
 * The life of one flow, from a blank page to V1.0, to a gray V1.1, to its promotion and back. Read it from top to bottom;
 * it prints the plan of each release before it is confirmed.
 */

const FLOW = 'support-line'

heading('Open a workspace with the habits of a contact centre')
await send({ type: 'createWorkspace', name: 'ACME', policy: 'contact-centre' })
await send({ type: 'addMember', member: 'ben', permissions: ['view', 'edit'] })
const hotline = { id: 'hotline', name: 'Hotline', channel: 'voice', address: '+4930123456' }
await send({ type: 'define', kind: 'application', item: hotline })
const match: GrayRule['match'] = { kind: 'numbers', prefixes: ['+49151'] }
await send({ type: 'define', kind: 'grayRule', item: { id: 'testers', name: 'Callers who test', match } })
tell('ada may do everything, ben may view and edit.')

heading('Save a flow with mistakes in it')
const draft = edited(blank(FLOW, 'Support line'), FIRST_NODES)
const { diagnostics = [] } = await send({ type: 'createFlow', flow: FLOW }, 'ada', draft)
tell('It is saved, broken as it is:')
tell(...diagnostics.map(({ severity, message }) => `${severity === 'error' ? '✖' : '!'} ${message}`))

heading('Look at the plan of its release')
const official: ReleaseRequest = { flow: FLOW, version: 'v1', slot: 'official' }
tellPlan(await plan(official), { all: true })

heading('Mend the errors, answer what is asked')
await save('v1', 1, MENDED)
const answers = { values: { hours: 'from 9 to 5' }, comment: 'First release' }
tellPlan(await plan({ ...official, answers }))

heading('Confirm it while a gate is closed')
tellRefusal(await ask(confirmPlan(await plan({ ...official, answers }))))

heading('Release the exception flow first')
const apology = edited(blank('apology', 'Apology', 'exception'), APOLOGY)
await send({ type: 'createFlow', flow: 'apology' }, 'ada', apology)
await send(confirmPlan(await plan({ flow: 'apology', version: 'v1', slot: 'official' })))
await send({ type: 'setExceptionFlow', medium: 'voice', flow: 'apology' })
tell('apology is released, and named for voice.')

heading('Release V1.0 to everybody')
const first = await plan({ ...official, answers })
tellPlan(first)
tell('ben presses the button.')
tellRefusal(await ask(confirmPlan(first), 'ben'))
tell('ada confirms the plan.')
await send(confirmPlan(first))
await tellHistory()

heading('Clone it, and edit the clone')
await send({ type: 'branch', flow: FLOW, from: 'v1' }, 'ben')
await save('v2', 1, [say('We are here {{vars.hours}}, at weekends too.')], 'ben')
await tellHistory()

heading('Plan a gray release with guards, while ben goes on editing')
const gray = await plan({
  flow: FLOW,
  version: 'v2',
  slot: 'gray',
  answers: {
    values: { hours: 'from 8 to 6' },
    rule: 'testers',
    guards: { minSessions: 50, maxErrorRate: 0.02, outcomes: [{ outcome: 'resolved', min: 0.6 }] },
  },
})
tellPlan(gray)
await save('v2', 2, [say('We are here {{vars.hours}}, every day.')], 'ben')

heading('Confirm the plan that is out of date')
const late = await ask(confirmPlan(gray))
tellRefusal(late)
if (late.ok || late.plan === undefined) throw new Error('There is no new plan')
tell('The refusal brings the new plan along, with the answers that were given:')
tellPlan(late.plan)

heading('Confirm the new one')
await send(confirmPlan(late.plan))
await tellHistory()

heading('Ask who reaches which version')
for (const number of ['+49151 1234567', '+49170 7654321', 'anonymous']) {
  const answer = route(await workspace.state(), { flow: FLOW, contact: { number } })
  if (!answer.ok) throw new Error(answer.reason)
  tell(`${number} reaches ${labelOf(answer.number, 'decimal')} (${answer.slot}). ${answer.reason}`)
}

heading('Judge the gray release by its figures')
const { guards } = (await workspace.state()).flows[FLOW]!.gray!
for (const figures of [
  { running: 2, ended: 20, failed: 0, outcomes: { resolved: 15 } },
  { running: 1, ended: 60, failed: 1, outcomes: { resolved: 44 } },
]) {
  const { verdict, reasons } = judgeGuards(guards!, figures)
  tell(`${verdict}: ${reasons.map(({ reason }) => reason).join(' ')}`)
}

heading('Promote V1.1, while three callers wait on V1.0')
letCallersWait('v1', 3)
const promotion = await plan({ flow: FLOW, version: 'v2', slot: 'official' })
tellPlan(promotion)
await send(confirmPlan(promotion))
await tellHistory()

heading('Roll back to V1.0, while two wait on V1.1')
letCallersWait('v2', 2)
const rollback = await plan({ ...official, rollBack: true })
tellPlan(rollback)
await send(confirmPlan(rollback, { comment: 'Callers ask about Sundays' }))
await tellHistory()

heading('Try to take the exception flow back')
tellRefusal(await ask({ type: 'cancelRelease', flow: 'apology', slot: 'official' }))

heading('Read what has happened')
for (const { at, sentence, why } of await workspace.trail()) {
  tell(`${new Date(at).toISOString().slice(11, 16)}  ${sentence}${why === undefined ? '' : ` “${why}”`}`)
}

/** Edits what a version says, and saves it over the revision that was read. */
async function save(version: string, revision: number, edits: readonly EditCommand[], by = 'ada') {
  const document = edited((await workspace.document(FLOW, version))!, edits)
  await send({ type: 'saveDraft', flow: FLOW, version, revision }, by, document)
}

/** The versions of the flow, the newest first. */
async function tellHistory(): Promise<void> {
  for (const { label, word, by, comments } of await workspace.history(FLOW)) {
    tell(`${label}: ${word}, made by ${by}${comments.map(({ text }) => `, “${text}”`).join('')}`)
  }
}
