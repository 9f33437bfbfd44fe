import type { EmbedCode, Links } from 'sluice/sharing'
import { DELIVERY, WEB } from './flows.ts'

/** How long the link of the page that embeds can be opened. */
const LIFETIME_MS = 3_600_000

/** The code by which a page embeds a link. Made when somebody asks for it, and again when the link is about to end. */
export class EmbedDemo {
  readonly #links: Links
  #made: { readonly embed: Promise<EmbedCode>; readonly until: number } | undefined

  constructor(links: Links) {
    this.#links = links
  }

  code(): Promise<EmbedCode> {
    const now = Date.now()
    if (this.#made === undefined || this.#made.until <= now)
      this.#made = { embed: this.#make(now + LIFETIME_MS), until: now + LIFETIME_MS / 2 }
    return this.#made.embed
  }

  async #make(expiresAt: number): Promise<EmbedCode> {
    const parameters = { order: 'of a page that embeds', parcels: '1' }
    const request = { flow: DELIVERY, application: WEB.id, parameters, embed: true, expiresAt }
    const made = await this.#links.make(request, { by: 'ada' })
    if (!made.ok || made.embed === undefined) {
      this.#made = undefined
      throw new Error(made.ok ? 'There is no code' : `${made.code}: ${made.reason}`)
    }
    return made.embed
  }
}
