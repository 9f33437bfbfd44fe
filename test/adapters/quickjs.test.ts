import { describe, expect, it } from 'vitest'
import { answerScript, createScriptRunner, type Script } from '../../src/adapters/quickjs/index.ts'
import { isScript, type ScriptEffect } from '../../src/nodes/index.ts'
import { end, node, program } from '../support/flow.ts'
import { type Play, play } from '../support/play.ts'

const MB = 1_048_576
const NOW = 1_700_000_000_000
const runner = createScriptRunner()

/** Runs a script with a second and 16 MB, unless told otherwise. */
const run = (source: string, rest: Partial<Script> = {}) =>
  runner.run({ source, inputs: {}, now: NOW, timeLimitMs: 1_000, memoryBytes: 16 * MB, ...rest })

/** The code of a script that fails. */
async function codeOf(source: string, rest?: Partial<Script>) {
  const outcome = await run(source, rest)
  return outcome.ok ? `a value: ${JSON.stringify(outcome.value)}` : outcome.code
}

/** The value of a script that has one. */
async function valueFrom(source: string, rest?: Partial<Script>) {
  const outcome = await run(source, rest)
  return outcome.ok ? outcome.value : Promise.reject(new Error(`${outcome.code}: ${outcome.message}`))
}

describe('a script', () => {
  it('is the body of a function that sees its inputs', async () => {
    const inputs = { items: [{ price: 5 }, { price: 7 }], name: 'Ada "the first" ü😀' }
    expect(
      await valueFrom('return inputs.items.reduce((sum, { price }) => sum + price, 0)', { inputs }),
    ).toBe(12)
    expect(await valueFrom('return inputs.name', { inputs })).toBe(inputs.name)
    expect(await valueFrom('if (inputs.none) return 1\nreturn { a: [true, null, 0.5] } // done')).toEqual({
      a: [true, null, 0.5],
    })
  })

  it('without a return is null, and so is undefined inside of lists', async () => {
    expect(await valueFrom('')).toBeNull()
    expect(await valueFrom('return [undefined]')).toEqual([null])
  })

  it.each([
    ['return (', 'script.threw'],
    ['await 1', 'script.threw'],
    ['import x from "y"', 'script.threw'],
    ['throw new Error("no")', 'script.threw'],
    ['throw null', 'script.threw'],
    ['throw { get name() { throw 1 } }', 'script.threw'],
    ['return missing', 'script.threw'],
    ['return () => 1', 'script.notJson'],
    ['return Symbol("x")', 'script.notJson'],
    ['return 10n', 'script.notJson'],
    ['const a = {}; a.a = a; return a', 'script.notJson'],
    ['return (async () => 1)()', 'script.notJson'],
    ['return import("x")', 'script.notJson'],
    ['return JSON.parse(\'{"__proto__": 1}\')', 'script.notJson'],
    ['return { toJSON() { throw 1 } }', 'script.notJson'],
  ])('that is %s fails: %s', async (source, code) => {
    expect(await codeOf(source)).toBe(code)
  })

  it('tells people what it threw, cut short', async () => {
    expect(await run('throw new TypeError("no price")')).toEqual({
      ok: false,
      code: 'script.threw',
      message: 'TypeError: no price',
    })
    const long = await run('throw new Error("x".repeat(10000))')
    expect(long.ok ? '' : long.message).toHaveLength(500)
  })
})

describe('the limits of a script', () => {
  it.each([
    ['an endless loop', 'for (;;) {}'],
    ['one that catches', 'for (;;) { try { for (;;) {} } catch {} }'],
    ['one that returns at last', 'try { for (;;) {} } finally { return 1 }'],
    ['a pattern that backtracks', 'return /(a+)+$/.test("a".repeat(40) + "b")'],
    ['an endless loop in what it returns', 'return { toJSON() { for (;;) {} } }'],
    ['an endless loop in what it throws', 'throw { get message() { for (;;) {} } }'],
    ['a loop inside of the engine', 'return Array.prototype.reverse.call({ length: 2 ** 53 - 1 })'],
    ['a search inside of the engine', 'return "a".repeat(5e6).lastIndexOf("a".repeat(2e6) + "b")'],
    ['a join inside of the engine', 'return Array(2 ** 32 - 1).join().length'],
  ])('end %s', async (_, source) => {
    expect(await codeOf(source, { timeLimitMs: 100, memoryBytes: 64 * MB })).toBe('script.timeout')
  })

  it('leave the host’s own thread free while a script runs', async () => {
    let ticks = 0
    const ticking = setInterval(() => ticks++, 5)
    await run('for (;;) {}', { timeLimitMs: 200 })
    clearInterval(ticking)
    expect(ticks).toBeGreaterThan(0)
  })

  it('do not end a script that keeps to its time', async () => {
    expect(
      await valueFrom('let n = 0; for (let i = 0; i < 1e5; i++) n += i; return n', { timeLimitMs: 10_000 }),
    ).toBe(4_999_950_000)
  })

  it.each([
    ['lists', 'const all = []; for (;;) all.push(new Array(1000).fill(1))'],
    ['one large list', 'return new Uint8Array(17 * 1024 * 1024).length'],
    ['objects', 'let last = {}; for (;;) last = { last }'],
  ])('hold its memory: %s', async (_, source) => {
    expect(await codeOf(source, { timeLimitMs: 10_000 })).toBe('script.memory')
  })

  it('let it have the memory that it was given', async () => {
    const source = 'return new Uint8Array(3 * 1024 * 1024).length'
    expect(await valueFrom(source, { memoryBytes: 4 * MB })).toBe(3 * MB)
    expect(await codeOf(source, { memoryBytes: 3 * MB })).toBe('script.memory')
    expect(await valueFrom('return 1', { memoryBytes: MB })).toBe(1)
  })

  it.each<[string, Partial<Script>, string]>([
    ['no time', { timeLimitMs: 0 }, 'script.timeout'],
    ['a time that is no number', { timeLimitMs: Number.NaN }, 'script.timeout'],
    ['no memory', { memoryBytes: 0 }, 'script.memory'],
    ['less than none', { memoryBytes: -1 }, 'script.memory'],
    ['memory that is no number', { memoryBytes: undefined as never }, 'script.memory'],
  ])('that leave it %s leave it nothing', async (_, limits, code) => {
    expect(await codeOf('return 1', limits)).toBe(code)
  })

  it.each([0, -1, Number.NaN])('that let %s scripts run at a time are refused', (maxConcurrent) => {
    expect(() => createScriptRunner({ maxConcurrent })).toThrow('script.options')
  })

  it('hold the depth of its calls', async () => {
    expect(await codeOf('const f = () => f() + 1; return f()')).toBe('script.threw')
    expect(await valueFrom('const f = (n) => (n === 0 ? 0 : f(n - 1) + 1); return f(500)')).toBe(500)
  })

  it('hold the length of its value: one more is too large', async () => {
    const small = createScriptRunner({ maxResultLength: 10 })
    const script = { inputs: {}, now: NOW, timeLimitMs: 1_000, memoryBytes: MB }
    expect(await small.run({ ...script, source: 'return "x".repeat(8)' })).toEqual({
      ok: true,
      value: 'xxxxxxxx',
    })
    expect(await small.run({ ...script, source: 'return "x".repeat(9)' })).toMatchObject({
      code: 'script.tooLarge',
    })
  })

  it('never run jobs of promises', async () => {
    expect(
      await valueFrom('Promise.resolve().then(function f() { Promise.resolve().then(f) }); return 1'),
    ).toBe(1)
  })
})

describe('a script that tries to get out', () => {
  it.each([
    'process',
    'require',
    'module',
    'fetch',
    'setTimeout',
    'console',
    'WebAssembly',
    'Deno',
    'window',
    'self',
    'parentPort',
    'workerData',
    'host_call',
  ])('finds no %s', async (name) => {
    expect(await valueFrom(`return typeof ${name} + typeof globalThis[${JSON.stringify(name)}]`)).toBe(
      'undefinedundefined',
    )
  })

  it.each([
    ['by a constructor', 'return [].constructor.constructor("return typeof process")()'],
    ['by the constructor of an input', 'return inputs.a.constructor.constructor("return typeof process")()'],
    ['by this', 'return (function () { return typeof this.process })()'],
    ['by Function', 'return Function("return typeof process")()'],
    ['by eval', 'return (0, eval)("typeof process")'],
    ['by closing its function', '}); return 1; (function () {'],
    [
      'by the stack of an error',
      'Error.prepareStackTrace = (_, frames) => typeof frames[0].getThis().process; return new Error().stack && "undefined"',
    ],
  ])('%s is still inside', async (_, source) => {
    const outcome = await run(source, { inputs: { a: [] } })
    expect(outcome.ok ? outcome.value : 'undefined').not.toBe('object')
  })

  it('changes nothing for the host by prototypes', async () => {
    await run('inputs.__proto__.polluted = 1; Object.prototype.polluted = 1; return inputs', {
      inputs: { a: 1 },
    })
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })

  it('makes what it likes of JSON, and is read all the same', async () => {
    expect(await valueFrom('JSON.stringify = () => "no"; return 1')).toBe(1)
    expect(
      await valueFrom('String.prototype.toString = () => "no"; Object.prototype.toJSON = () => 2; return {}'),
    ).toBe(2)
  })
})

describe('scripts', () => {
  it('start afresh each time', async () => {
    expect(await valueFrom('globalThis.kept = 1; Array.prototype.map = 5; return 1')).toBe(1)
    expect(await valueFrom('return [typeof globalThis.kept, typeof [].map]')).toEqual([
      'undefined',
      'function',
    ])
  })

  it('give the same each time: clock, zone and random numbers are those of the instant', async () => {
    const source = 'return [Date.now(), new Date().getTimezoneOffset(), performance.now(), Math.random()]'
    const first = (await valueFrom(source)) as number[]
    expect(first.slice(0, 3)).toEqual([NOW, 0, 0])
    expect(await valueFrom(source)).toEqual(first)
    expect(await valueFrom(source, { now: NOW + 1 })).not.toEqual(first)
  })

  it('run at the same time, each for itself', async () => {
    const endless = run('for (;;) {}', { timeLimitMs: 300 })
    const values = [1, 2, 3].map((n) =>
      valueFrom('globalThis.n = inputs.n; return globalThis.n', { inputs: { n } }),
    )
    expect(await Promise.all(values)).toEqual([1, 2, 3])
    expect(await endless).toMatchObject({ code: 'script.timeout' })
  })

  it('wait for their turn where more than may run at a time', async () => {
    const one = createScriptRunner({ maxConcurrent: 1 })
    const script = { now: NOW, timeLimitMs: 1_000, memoryBytes: MB }
    const order: number[] = []
    const runs = [1, 2, 3].map(async (n) => {
      const outcome = await one.run({ ...script, source: 'return inputs.n', inputs: { n } })
      order.push(n)
      return outcome.ok ? outcome.value : outcome.code
    })
    expect(await Promise.all(runs)).toEqual([1, 2, 3])
    expect(order).toEqual([1, 2, 3])
  })
})

/** The effect of a session that asks for a script. */
function scriptOf({ effects }: Play): ScriptEffect {
  return effects.find(isScript)!
}

describe('the answer to an effect', () => {
  const waiting = (source: string) =>
    play(
      program({
        variables: [{ name: 'total', type: 'any' }],
        nodes: {
          it: node('script', { source, inputs: { a: '20' }, variable: 'total', timeLimit: '100ms' }),
          done: end('done'),
          failed: end('failed'),
          timeout: end('timeout'),
        },
        connect: ['start -> it', 'it:done -> done', 'it:failed -> failed', 'it:timeout -> timeout'],
      }),
    )

  it.each([
    ['return inputs.a + 1', 'done', 21],
    ['return null', 'done', undefined],
    ['throw 1', 'failed', undefined],
    ['for (;;) {}', 'timeout', undefined],
  ])('of a script node: %s leads to %s', async (source, outcome, total) => {
    const session = waiting(source)
    session.give(await answerScript(runner, scriptOf(session)))
    expect(session.outcome).toBe(outcome)
    expect(session.vars.total).toBe(total)
  })

  it('holds no word of what a script threw', async () => {
    const session = waiting('throw new Error("4711")')
    expect(await answerScript(runner, scriptOf(session))).toEqual({
      type: 'result',
      waitId: session.waitId,
      error: 'script.threw',
    })
  })
})
