import type { Session, Wait } from '../interpreter/session.ts'
import type { Step } from '../interpreter/trace.ts'
import type { SessionEvent } from '../nodes/events.ts'

/** One line of a conversation: who did it, and what. */
export interface ConversationLine {
  readonly by: 'flow' | 'contact' | 'host' | 'clock'
  readonly text: string
}

/** What a failed expectation has to show. */
export interface SimulationState {
  readonly session: Session
  readonly now: number
  readonly conversation: readonly ConversationLine[]
  readonly steps: readonly Step[]
}

/** How many of the last lines and nodes are shown. */
const SHOWN = 60

/** Everything that somebody needs to see why a simulated session is not where it should be. */
export function describeSimulation({ session, now, conversation, steps }: SimulationState): string {
  return [
    'Conversation',
    ...(conversation.length === 0 ? ['  (nothing was said)'] : lastOf(conversation.map(describeLine))),
    'Path',
    ...lastOf(describePath(steps, session)),
    ...describeStatus(session, now),
  ].join('\n')
}

/** What an event says, in a few words. */
export function describeEvent(event: SessionEvent): ConversationLine {
  switch (event.type) {
    case 'text':
      return { by: 'contact', text: event.text }
    case 'digits':
      return { by: 'contact', text: `keys ${event.digits}` }
    case 'button':
      return { by: 'contact', text: `button ${event.value}` }
    case 'signal':
      return { by: 'contact', text: `signal ${event.name}` }
    case 'timer':
      return { by: 'clock', text: 'the wait is over' }
    case 'event':
      return {
        by: 'host',
        text: `event ${event.name}${event.data === undefined ? '' : ` ${shorten(event.data)}`}`,
      }
    case 'result':
      return {
        by: 'host',
        text: `result ${shorten({ status: event.status, body: event.body, error: event.error })}`,
      }
  }
}

/** What a session waits for, as one line. */
export function describeWait(wait: Wait, node: string, now: number): string {
  const takes = wait.for.length === 0 ? 'no answer' : wait.for.join(', ')
  const deadline = wait.dueAt === undefined ? 'no deadline' : `due in ${(wait.dueAt - now) / 1_000} s`
  return `${node} takes ${takes}; ${deadline} (${wait.id})`
}

function describeStatus(session: Session, now: number): string[] {
  const node = session.frames[session.frames.length - 1]!.node
  if (session.status === 'waiting') return ['Open wait', `  ${describeWait(session.wait!, node, now)}`]
  if (session.status === 'ended') return ['End', `  ${session.flowOutcome}`]
  const { code, message } = session.error!
  return ['Failure', `  at ${session.error!.node}: ${message} [${code}]`]
}

function describeLine({ by, text }: ConversationLine): string {
  return `  ${by.padEnd(8)} ${text}`
}

function describePath(steps: readonly Step[], session: Session): string[] {
  const lines = steps.map(({ node, outcome }) => `  ${node} -> ${outcome}`)
  return session.status === 'waiting'
    ? [...lines, `  ${session.frames[session.frames.length - 1]!.node}`]
    : lines
}

function lastOf(lines: readonly string[]): readonly string[] {
  return lines.length <= SHOWN ? lines : [`  (${lines.length - SHOWN} before)`, ...lines.slice(-SHOWN)]
}

function shorten(value: unknown): string {
  const json = JSON.stringify(value)
  return json.length <= 200 ? json : `${json.slice(0, 200)}…`
}
