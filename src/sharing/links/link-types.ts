import type { JsonObject } from '../../base/json.ts'
import type { Application, LinkRules } from '../../releases/state.ts'
import type { SharingRefusal } from '../refusal.ts'
import type { EmbedCode } from './embed.ts'
import type { Link, Parameters } from './link.ts'

/** What a link is asked for. */
export interface LinkRequest {
  readonly flow: string
  /** Id of one of the applications that are listed for the flow. */
  readonly application: string
  /** What fills the data that the start node declares: `&order=4711&city=K%C3%B6ln`, or an object of texts. */
  readonly parameters?: string | Parameters
  /** As the flow says unless given. */
  readonly protect?: boolean
  /** True to make a short link as well. */
  readonly shorten?: boolean
  /** True to make code for other pages as well. */
  readonly embed?: boolean
  /** An end that comes before the one of the application. */
  readonly expiresAt?: number
}

/** A link that was made. Its address is told once: what is kept of it does not lead back to it. */
export interface MadeLink {
  readonly ok: true
  readonly id: string
  readonly url: string
  readonly shortUrl?: string
  readonly embed?: EmbedCode
  readonly isProtected: boolean
  readonly expiresAt?: number
  readonly warnings: readonly LinkWarning[]
}

/** Something that whoever makes a link should know. */
export interface LinkWarning {
  readonly code: 'link.unprotected' | 'link.sensitive'
  readonly message: string
}

/** An application for which links can be made, with what holds for them unless asked for otherwise. */
export interface LinkOffer {
  readonly application: Pick<Application, 'id' | 'name' | 'channel'>
  readonly isProtected: boolean
  readonly rules: LinkRules
}

/** What somebody comes with who opens a link, for `host.trigger`. */
export interface LinkTrigger {
  readonly flow: string
  readonly type: 'link'
  readonly data: JsonObject
  /** Which invocation it is, where they are counted or `once` was given: sent to the host again, it starts nothing twice. */
  readonly id?: string
}

export type ResolvedLink =
  | {
      readonly ok: true
      readonly trigger: LinkTrigger
      readonly link: Pick<Link, 'id' | 'flow' | 'application'> & {
        /** What the flow is called. */
        readonly name: string
      }
      /** For the page that is served: the part of its content security policy that says who may embed it. */
      readonly frameAncestors: string
    }
  /** The same for every reason: `link.unavailable`. */
  | SharingRefusal

/** A link that was not accepted, for logs. */
export interface RefusedLink {
  readonly at: number
  readonly code: string
  readonly reason: string
  readonly link?: string
  readonly flow?: string
  readonly application?: string
}

/** A link as lists show it. */
export interface LinkView extends Omit<Link, 'parameters' | 'key'> {
  readonly isShortened: boolean
  /** Where it is over for good: its key was regenerated (`link.keyRegenerated`), or its end has come (`link.expired`). */
  readonly refusal?: SharingRefusal
}
