import { it } from 'vitest'

const firstFailures = new WeakMap<object, string>()

/**
 * One step of a walk through a page: it names the sentences that it proves, and goes on from where the steps before it
 * have left off. Where one of those has failed, a later failure says so, for it may be nothing but a consequence.
 */
export function step(
  sentences: string | readonly string[],
  what: string,
  walk: () => void | Promise<void>,
): void {
  const name = `${[sentences].flat().join(', ')}: ${what}`
  it(name, async ({ task }) => {
    try {
      await walk()
    } catch (error) {
      const first = firstFailures.get(task.file)
      if (first === undefined) firstFailures.set(task.file, name)
      else if (error instanceof Error) error.message += `\n\nAn earlier step had failed: ${first}`
      throw error
    }
  })
}
