import { isJsonObject } from '../../base/json.ts'
import type { EffectAnswer } from '../channels/channel.ts'
import type { SessionRecord } from './session-record.ts'

/** Recordings that a session remembers; a flow that makes more forgets the first ones. */
const MAX_RECORDINGS = 1_000

/** The address of the recording that an answer speaks of. */
export function recordingIn({ body }: EffectAnswer): string | undefined {
  const url = isJsonObject(body) ? body.url : undefined
  return typeof url === 'string' && url !== '' ? url : undefined
}

/** Remembers a recording with its session, so that it can be taken down where the session is erased. */
export function withRecording(url: string) {
  return ({ recordings = [] }: SessionRecord): Partial<SessionRecord> =>
    recordings.includes(url) ? {} : { recordings: [...recordings, url].slice(-MAX_RECORDINGS) }
}
