import type { RunningReport, RunningVersion } from '../../releases/context.ts'
import type { Store } from '../stores/store.ts'
import type { Census } from '../workspace/census.ts'

type Draft = { -readonly [Member in keyof RunningVersion]: RunningVersion[Member] } & {
  waiting: { [node: string]: number }
}

/**
 * What a store says of sessions under way, for the plans of releases (RUN-5): how many wait on each version, and at which
 * node; how many cards are out, and how many links lead to an application. Counted as sessions go, so that asking costs no more for a million of them.
 *
 * @example
 * const store = memoryStore()
 * const workspace = openWorkspace({ id: 'acme', nodes: palette, ...store, census: sessionCensus(store, 'acme') })
 */
export function sessionCensus(
  { sessions, contacts, links }: Pick<Store, 'sessions' | 'contacts' | 'links'>,
  workspace: string,
): Census {
  return {
    async running(flow): Promise<RunningReport> {
      const versions = new Map<string, Draft>()
      const of = (version: string): Draft => {
        const known = versions.get(version)
        if (known !== undefined) return known
        const made: Draft = { version, sessions: 0, waiting: {}, cards: 0 }
        versions.set(version, made)
        return made
      }
      const at = encodeURIComponent(flow)
      for (const [name, count] of await sessions.counts(workspace, `waiting/${at}/`)) {
        const [, , version = '', node = ''] = name.split('/').map(decodeURIComponent)
        const found = of(version)
        found.sessions += count
        found.waiting[node] = count
      }
      let endedCards = 0
      for (const [name, count] of await sessions.counts(workspace, `cards/${at}/`)) {
        const [, , version = '', kind] = name.split('/').map(decodeURIComponent)
        if (kind === 'left') endedCards += count
        else of(version).cards += count
      }
      return { versions: [...versions.values()], endedCards }
    },
    segmentMembers: (segment) => contacts.size(workspace, segment),
    links: async () => Object.fromEntries(await links.perApplication(workspace)),
  }
}
