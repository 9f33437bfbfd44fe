import type { Writable } from 'node:stream'
import type { Session } from '../interpreter/session.ts'
import { type Effect, isMessage } from '../nodes/effects.ts'
import type { SessionEvent } from '../nodes/events.ts'
import type { EffectResult } from '../testing/effect-mocks.ts'
import type { SessionOutput } from './drive-session.ts'
import { plain, writeLine } from './io.ts'

/** A session as a transcript: what the flow says stands at the margin, what the contact does after `>`. */
export function textOutput(stdout: Writable): SessionOutput {
  const write = (line: string) => writeLine(stdout, plain(line))
  return {
    show({ effects }) {
      for (const effect of effects)
        write(isMessage(effect) ? describeMessage(effect) : `* ${describeEffect(effect)}`)
    },
    answered: (_effect, result) => write(`* ${describeResult(result)}`),
    came: (event) => write(`> ${describeCame(event)}`),
    finish: (session) => write(describeEnd(session)),
  }
}

/** A message: its text, or what is played where there is none, and its buttons. */
export function describeMessage({ text, audio, media, buttons }: Effect): string {
  const said = text === '' && audio !== undefined ? `(plays ${audio})` : String(text)
  const offered = Array.isArray(buttons)
    ? buttons.map((button) => ` [${(button as { text: string }).text}]`).join('')
    : ''
  return `${said}${media === undefined ? '' : ` (${media})`}${offered}`
}

/** An effect that is no message, in a few words. */
export function describeEffect(effect: Effect): string {
  const {
    type,
    node,
    key: _key,
    flow: _flow,
    waitId: _wait,
    awaited: _awaited,
    retry: _retry,
    sensitive,
    ...members
  } = effect
  if (sensitive === true) return `${type} of ${node} (sensitive)`
  if (type === 'http.request')
    return `${members.method} ${members.url}${members.body === undefined ? '' : ` ${shorten(members.body)}`} (${node})`
  return `${type} ${shorten(members)} (${node})`
}

export function describeResult({ status, body, error }: EffectResult): string {
  if (error !== undefined) return `came to nothing: ${error}`
  return `came to ${status ?? 'success'}${body === undefined ? '' : ` ${shorten(body)}`}`
}

/** Where a session is in the end. */
export function describeEnd(session: Session): string {
  const { status, flowOutcome, steps, error, wait } = session
  const count = `${steps} ${steps === 1 ? 'step' : 'steps'}`
  const { node } = session.frames[session.frames.length - 1]!
  if (status === 'ended') return `Ended: ${flowOutcome} (${count})`
  if (status === 'failed') return `Failed: ${error?.code} at ${error?.node} (${count})`
  return `Waiting: ${node} takes ${wait?.for.join(', ') || 'no answer, only time'} (${count})`
}

function describeCame(event: SessionEvent): string {
  switch (event.type) {
    case 'text':
      return event.text
    case 'digits':
      return event.digits
    case 'button':
      return `[${event.value}]`
    case 'timer':
      return '(time passes)'
    case 'signal':
      return `(${event.name})`
    case 'event':
      return `(event ${event.name}${event.data === undefined ? '' : ` ${shorten(event.data)}`})`
    case 'result':
      return `(result ${describeResult(event)})`
  }
}

function shorten(value: unknown): string {
  const json = JSON.stringify(value) ?? ''
  return json.length <= 120 ? json : `${json.slice(0, 120)}…`
}
