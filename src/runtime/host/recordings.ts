import { isJsonObject } from '../../base/json.ts'
import type { EffectAnswer } from '../../nodes/effects.ts'
import type { SessionRecord } from './session-record.ts'

/** Recordings that a session remembers; a flow that makes more forgets the first ones. */
const MAX_RECORDINGS = 1_000

/** The address of the recording that an answer speaks of. */
export function recordingIn({ body }: EffectAnswer): string | undefined {
  const url = isJsonObject(body) ? body.url : undefined
  return typeof url === 'string' && url !== '' ? url : undefined
}

/** Remembers that a recording was asked for: its address may come in by itself. */
export function askingForRecording(waitId: string) {
  return ({ recording = [] }: SessionRecord): Partial<SessionRecord> =>
    recording.includes(waitId) ? {} : { recording: [...recording, waitId].slice(-MAX_RECORDINGS) }
}

/** Remembers the recording that an answer speaks of, where one was asked for; `undefined` for answers that speak of none. */
export function withRecordingFor(waitId: string, answer: EffectAnswer) {
  const url = recordingIn(answer)
  if (url === undefined) return undefined
  return (record: SessionRecord): Partial<SessionRecord> =>
    record.recording?.includes(waitId) === true ? withRecording(url)(record) : {}
}

/** Remembers a recording with its session, so that it can be taken down where the session is erased. */
export function withRecording(url: string) {
  return ({ recordings = [] }: SessionRecord): Partial<SessionRecord> =>
    recordings.includes(url) ? {} : { recordings: [...recordings, url].slice(-MAX_RECORDINGS) }
}
