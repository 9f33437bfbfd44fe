/**
 * What runs in the thread of one script, as text, because a thread begins with a file or a text and a bundle has no
 * second file. It makes an engine with nothing but the language in it, gives it the source and the inputs as texts, and
 * takes a text back: no object ever crosses over.
 *
 * A source that closes the function which it is the body of gains nothing: around it there is the same engine. The stack
 * is bounded well below the one of WebAssembly. Jobs of promises are never run.
 */
export const SANDBOX = `
const { parentPort, workerData } = require('node:worker_threads')
const { module, library, source, inputs, now, timeLimitMs, memoryBytes, maxResultLength } = workerData

const MAX_STACK_BYTES = 262_144
const MAX_MESSAGE_LENGTH = 500

import(library).then(async ({ QuickJS }) => {
  let endsAt = Number.POSITIVE_INFINITY
  let late = false
  const vm = await QuickJS.create({
    wasm: module,
    memoryLimit: memoryBytes,
    maxStackSize: MAX_STACK_BYTES,
    interruptHandler: () => (late ||= performance.now() >= endsAt),
    timezoneOffset: 0,
    wasi: (memory) => ({
      clock_time_get(_clock, _precision, at) {
        new DataView(memory.buffer).setBigUint64(at, BigInt(Math.max(0, Math.trunc(now))) * 1_000_000n, true)
        return 0
      },
      random_get(at, length) {
        new Uint8Array(memory.buffer, at, length).fill(0)
        return 0
      },
    }),
  })
  const make = vm.evalCode('((make, parse) => (source, inputs) => make("inputs", source)(parse(inputs)))(Function, JSON.parse)')
  const stringify = vm.evalCode('((stringify) => (value) => value === undefined ? "null" : stringify(value))(JSON.stringify)')

  const failed = (code, message) => ({ type: 'failed', code, message })
  const attempt = (code, work) => {
    try {
      return { handle: work() }
    } catch (error) {
      if (late) return failed('script.timeout', 'The script did not end in time')
      const name = String(error?.name ?? 'Error')
      const message = String(error?.message ?? error)
      const outOfMemory = name === 'InternalError' && message === 'out of memory'
      return failed(outOfMemory ? 'script.memory' : code, (name + ': ' + message).slice(0, MAX_MESSAGE_LENGTH))
    }
  }
  const run = () => {
    const value = attempt('script.threw', () =>
      vm.callFunction(make, vm.undefined, vm.newString(source), vm.newString(inputs)),
    )
    if (value.handle === undefined) return value
    if (value.handle.isPromise) return failed('script.notJson', 'The value is a promise, and nothing here waits')
    const text = attempt('script.notJson', () => vm.callFunction(stringify, vm.undefined, value.handle))
    if (text.handle === undefined) return text
    if (!text.handle.isString) return failed('script.notJson', 'The value is not JSON')
    if (text.handle.getProp('length').toNumber() > maxResultLength)
      return failed('script.tooLarge', 'The value is too large')
    return { type: 'value', json: text.handle.toString() }
  }

  parentPort.postMessage({ type: 'started' })
  endsAt = performance.now() + timeLimitMs
  parentPort.postMessage(run())
})
`
