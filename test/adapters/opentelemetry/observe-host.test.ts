import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { describe, expect, it } from 'vitest'
import { observeHost } from '../../../src/adapters/opentelemetry/index.ts'
import { Bureau, chain, support } from '../../runtime/host/bureau.ts'

/** A host that is observed, with what the SDK has collected of it. */
async function observed() {
  const spans = new InMemorySpanExporter()
  const tracers = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] })
  const metrics = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const reader = new PeriodicExportingMetricReader({ exporter: metrics, exportIntervalMillis: 3_600_000 })
  const meters = new MeterProvider({ readers: [reader] })
  const bureau = await Bureau.open()
  const stop = observeHost(bureau.host.events, {
    tracer: tracers.getTracer('test'),
    meter: meters.getMeter('test'),
  })
  /** Sums of a counter by one of its attributes. */
  const counted = async (name: string, by: string): Promise<Record<string, number>> => {
    metrics.reset()
    await meters.forceFlush()
    const all = metrics
      .getMetrics()
      .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics))
    const sums: Record<string, number> = {}
    for (const { value, attributes } of all.find(({ descriptor }) => descriptor.name === name)?.dataPoints ??
      []) {
      const key = String(attributes[by])
      sums[key] = (sums[key] ?? 0) + (value as number)
    }
    return sums
  }
  return { bureau, spans: () => spans.getFinishedSpans(), counted, stop }
}

describe('observeHost', () => {
  it('makes a span of each step, with the nodes that were left', async () => {
    const { bureau, spans } = await observed()
    await bureau.release(support())
    await bureau.write('hello')
    const [step] = spans().filter(({ name }) => name === 'sluice.step')
    expect(step!.attributes).toMatchObject({
      'sluice.workspace': 'acme',
      'sluice.flow': 'support',
      'sluice.version': 'v1',
    })
    expect(step!.events.map(({ name, attributes }) => [name, ...Object.values(attributes ?? {})])).toEqual([
      ['sluice.leave', 'start', 'next'],
      ['sluice.leave', 'welcome', 'next'],
    ])
  })

  it('makes a span of each try at an effect, and marks the one that failed', async () => {
    const { bureau, spans } = await observed()
    const nobodyDoes = { id: 'tell', type: 'custom-effect@1', config: { effect: 'crm.ticket' } }
    await bureau.release(chain('notice', { trigger: 'manual' }, [nobodyDoes]))
    await bureau.host.trigger({ flow: 'notice' })
    await bureau.host.settled()
    const [tried] = spans().filter(({ name }) => name === 'sluice.effect crm.ticket')
    expect([tried!.status.code, tried!.attributes['sluice.effect.attempt']]).toEqual([2, 1])
  })

  it('counts sessions, waits and effects', async () => {
    const { bureau, counted } = await observed()
    await bureau.release(support())
    for (const text of ['hello', '3', 'AB-1234']) await bureau.write(text)
    expect(await counted('sluice.sessions.started', 'sluice.trigger')).toEqual({ message: 1 })
    expect(await counted('sluice.sessions.ended', 'sluice.outcome')).toEqual({ resolved: 1 })
    expect(await counted('sluice.waits', 'sluice.node')).toEqual({ menu: 1, ask: 1 })
    expect(await counted('sluice.effects', 'sluice.result')).toEqual({ done: 4 })
  })

  it('tells nothing of what people say or of what flows know', async () => {
    const { bureau, spans } = await observed()
    await bureau.release(support())
    for (const text of ['hello', '3', 'AB-1234']) await bureau.write(text)
    const told = JSON.stringify(spans().map(({ name, attributes, events }) => [name, attributes, events]))
    for (const secret of ['Ada', 'AB-1234', '+4915112345678', 'Press 1']) expect(told).not.toContain(secret)
  })

  it('stops when it is told to', async () => {
    const { bureau, spans, stop } = await observed()
    await bureau.release(support())
    stop()
    await bureau.write('hello')
    expect(spans()).toEqual([])
  })
})
