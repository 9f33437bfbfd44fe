import { describe, expect, it } from 'vitest'
import { celLinker, re2Engine } from '../../src/expressions/index.ts'
import {
  compile,
  type Executable,
  link,
  parseDocument,
  prepare,
  resume,
  type Session,
  tryCompile,
} from '../../src/index.ts'
import { palette } from '../../src/palette/index.ts'
import { thrownCode } from '../support/errors.ts'
import { ask, assign, end, flow, node, program, say } from '../support/flow.ts'
import { play } from '../support/play.ts'

const spec = {
  variables: [{ name: 'n', type: 'number' as const, default: 2 }],
  nodes: {
    hello: say('Hello {{n * 2}}'),
    ask: node('collect-input', { prompt: 'Code?', pattern: '^[A-Z]+$' }),
    http: node('http-request', {
      url: 'https://x.test/{{nodes.ask.value}}',
      headers: { b: '2', a: '{{n}}' },
      body: '{"n": n}',
    }),
    done: { ...end('ok'), onEnter: [{ set: 'n', to: 'n + 1' }] },
  },
  connect: ['start -> hello', 'hello -> ask', 'ask:valid -> http'],
  otherwise: 'done',
}

const stored = (executable: Executable) => JSON.parse(JSON.stringify(executable)) as Executable

describe('link', () => {
  it('a stored executable gives the same run as the document', () => {
    const compiled = program(spec)
    const linked = link(stored(compiled.executable), { nodes: palette, regex: re2Engine })
    const [a, b] = [play(compiled), play(linked)]
    for (const run of [a, b]) run.text('no').text('ABC')
    expect(JSON.stringify(b.run)).toBe(JSON.stringify(a.run))
    const [c, d] = [play(compiled).text('ABC'), play(linked).text('ABC')]
    expect(JSON.stringify(d.run)).toBe(JSON.stringify(c.run))
    expect(JSON.stringify(d.result({ status: 200 }).run)).toBe(JSON.stringify(c.result({ status: 200 }).run))
  })

  it('a session of one goes on in the other', () => {
    const compiled = program(spec)
    const linked = link(stored(compiled.executable), { nodes: palette, regex: re2Engine })
    const run = resume(linked, play(compiled).session, { type: 'text', text: 'ABC' }, { now: 0 })
    expect(run.effects[0]).toMatchObject({
      type: 'http.request',
      url: 'https://x.test/ABC',
      headers: { b: '2', a: '2' },
      body: { n: 2 },
    })
  })

  it('needs running halves alone', () => {
    const linked = link(stored(program(spec).executable), {
      nodes: palette.map(({ runtime }) => runtime),
      regex: re2Engine,
    })
    expect(play(linked).said).toEqual(['Hello 4', 'Code?'])
  })

  it('without an engine for patterns only what needs one fails, with a code', () => {
    const linked = link(stored(program(spec).executable), { nodes: palette })
    expect(play(linked).text('ABC').errorCode).toBe('evaluation.noRegexEngine')
  })

  it.each([
    ['no object', 'text'],
    ['null', null],
    ['a list', []],
    ['a document', flow(spec)],
    ['another format', { ...program(spec).executable, format: 2 }],
  ])('refuses %s', (_what, executable) => {
    expect(thrownCode(() => link(executable as never, { nodes: palette }))).toBe('executable.format')
  })

  it('refuses an executable whose node types are not all there, and names it', () => {
    const { executable } = program(spec)
    const nodes = palette.filter(({ runtime }) => runtime.type !== 'menu' && runtime.type !== 'http-request')
    expect(thrownCode(() => link(executable, { nodes }))).toBe('executable.nodeType')
    expect(() => link(executable, { nodes })).toThrow('The node http needs the node type http-request@1')
  })

  it('refuses an expression language that was not passed', () => {
    const [first, ...others] = program(spec).executable.nodes.filter(({ id }) => id === 'hello')
    const links = JSON.parse(JSON.stringify(first!.links).replaceAll('"tree"', '"language":"liquid","tree"'))
    const executable = {
      ...program(spec).executable,
      start: 0,
      nodes: [{ ...first!, links, targets: [0] }, ...others],
    }
    expect(thrownCode(() => link(executable, { nodes: palette }))).toBe('executable.language')
    expect(
      thrownCode(() => link(executable, { nodes: palette, languages: [{ ...celLinker, id: 'liquid' }] })),
    ).toBeUndefined()
  })

  it('shares one program between sessions and changes nothing of the executable', () => {
    const { executable } = program(spec)
    const before = JSON.stringify(executable)
    const linked = link(executable, { nodes: palette, regex: re2Engine })
    play(linked).text('ABC').result({ status: 200 })
    expect(JSON.stringify(executable)).toBe(before)
  })

  it('pins subflows of any depth and the exception flow', () => {
    const inner = program({
      id: 'inner',
      role: 'subflow',
      nodes: { done: end('done') },
      connect: ['start -> done'],
    })
    const child = program(
      {
        id: 'child',
        role: 'subflow',
        nodes: { call: node('call-subflow', { flow: 'inner' }), done: end('done') },
        connect: ['start -> call', 'call:done -> done'],
      },
      { subflows: [inner] },
    )
    const exception = program({
      id: 'oops',
      role: 'exception',
      nodes: { done: end('handled') },
      connect: ['start -> done'],
    })
    const main = program(
      {
        nodes: { ask: ask(), call: node('call-subflow', { flow: 'child' }), done: end('ok') },
        connect: ['start -> ask', 'ask:valid -> call', 'call:done -> done'],
      },
      { subflows: [child], exception },
    )
    expect(main.pins).toEqual({ main: main.hash, child: child.hash, inner: inner.hash, oops: exception.hash })
    expect([...main.programs.keys()].sort()).toEqual(
      [main.hash, child.hash, inner.hash, exception.hash].sort(),
    )
    expect(main.exception).toBe('oops')
    expect(play(main).session.exception).toBe('oops')
    expect(play(main).text('x').outcome).toBe('ok')
  })
})

describe('compile', () => {
  it('takes a document, its text and an executable', () => {
    const document = flow(spec)
    const hashes = [document, JSON.stringify(document), program(spec).executable].map(
      (source) => compile(source, { nodes: palette }).hash,
    )
    expect(new Set(hashes).size).toBe(1)
  })

  it('takes subflows and the exception flow as documents', () => {
    const child = flow({
      id: 'child',
      role: 'subflow',
      nodes: { done: end('done') },
      connect: ['start -> done'],
    })
    const oops = flow({
      id: 'oops',
      role: 'exception',
      nodes: { done: end('handled') },
      connect: ['start -> done'],
    })
    const main = flow({
      nodes: { call: node('call-subflow', { flow: 'child' }), done: end('ok') },
      connect: ['start -> call', 'call:done -> done'],
    })
    const compiled = compile(main, { nodes: palette, subflows: [child], exception: oops })
    expect(Object.keys(compiled.pins).sort()).toEqual(['child', 'main', 'oops'])
    expect(play(compiled).outcome).toBe('ok')
  })

  it('throws with every diagnostic where the flow has errors; tryCompile returns them', () => {
    const broken = flow({
      nodes: { it: assign({ nobody: 'who' }), done: end('ok') },
      connect: ['start -> it', 'it -> done'],
    })
    const result = tryCompile(broken, { nodes: palette })
    expect(result.ok).toBe(false)
    const codes = result.ok ? [] : result.error.map(({ code }) => code)
    expect(codes).toEqual(expect.arrayContaining(['variable.unknown', 'expression.unknownName']))
    expect(thrownCode(() => compile(broken, { nodes: palette }))).toBe('flow.hasErrors')
    expect(() => compile(broken, { nodes: palette })).toThrow(/, and \d+ more \[flow.hasErrors\]/)
  })

  it('fails where a subflow, the exception flow or the text has errors', () => {
    const main = flow({ nodes: { done: end('ok') }, connect: ['start -> done'] })
    const broken = flow({ id: 'child', nodes: { done: end('ok') }, connect: [] })
    expect(tryCompile(main, { nodes: palette, subflows: [broken] }).ok).toBe(false)
    expect(tryCompile(main, { nodes: palette, exception: broken }).ok).toBe(false)
    expect(tryCompile('{', { nodes: palette }).ok).toBe(false)
    expect(tryCompile(main, { nodes: palette }).ok).toBe(true)
  })

  it('prepare gives an executable that covers itself by its hash', () => {
    const document = parseDocument(flow(spec))
    const prepared = document.ok ? prepare(document.value, { nodes: palette }) : undefined
    expect(prepared).toMatchObject({ ok: true, value: { format: 1, flow: 'main', hash: program(spec).hash } })
    const moved = flow(spec)
    const shifted = { ...moved, nodes: moved.nodes.map((each) => ({ ...each, position: { x: 1, y: 2 } })) }
    const other = compile(shifted, { nodes: palette }).executable
    expect(other.behaviourHash).toBe(program(spec).executable.behaviourHash)
    expect(other.hash).toBe(program(spec).hash)
  })

  it('a session resumes in a program that was compiled anew from the same document', () => {
    const session: Session = JSON.parse(JSON.stringify(play(program(spec)).session))
    expect(
      resume(compile(flow(spec), { nodes: palette }), session, { type: 'text', text: 'ABC' }, { now: 0 })
        .refused,
    ).toBeUndefined()
  })
})
