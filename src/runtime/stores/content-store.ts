/**
 * Where documents and executables are kept, by their hash. What has been put there is never changed, and never deleted
 * while something names it: revisions of versions, releases, sessions. `contentStoreContract` of `sluice/testing` holds an
 * implementation against this.
 */
export interface ContentStore {
  /** Stores a text under its hash; to put the same text twice changes nothing. Resolves when it is stored for good. */
  put(hash: string, text: string): Promise<void>
  /** The text, to the character; `undefined` where nothing was put under the hash. */
  get(hash: string): Promise<string | undefined>
}

/** Contents in memory, for tests, browsers and trying things out. */
export function memoryContentStore(): ContentStore {
  const texts = new Map<string, string>()
  return {
    async put(hash, text) {
      texts.set(hash, text)
    },
    async get(hash) {
      return texts.get(hash)
    },
  }
}
