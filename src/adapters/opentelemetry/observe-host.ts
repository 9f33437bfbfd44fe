import type { Attributes, Counter, Meter, Tracer } from '@opentelemetry/api'
import type { HostEvent, HostFeed } from '../../runtime/index.ts'

/** Where spans and figures go to. */
export interface ObserveOptions {
  /** Gets a span for each step of a session, and for each try at an effect. */
  readonly tracer?: Tracer
  /** Gets counters of sessions, waits, effects and refused events. */
  readonly meter?: Meter
}

/** The number of `SpanStatusCode.ERROR`: the package is needed for its types alone. */
const ERROR = 2

/**
 * Tells OpenTelemetry what happens in a host, until the function that it returns is called. A session may last for weeks, so
 * that it is no span: each of its steps is one, with an event for every node it left, and all of them bear the attributes
 * `sluice.session`, `sluice.flow` and `sluice.version`. What sessions say and know is not told.
 *
 * @example
 * const stop = observeHost(host.events, { tracer: trace.getTracer('sluice'), meter: metrics.getMeter('sluice') })
 */
export function observeHost(events: HostFeed, { tracer, meter }: ObserveOptions): () => void {
  const count = meter === undefined ? undefined : countersOf(meter)
  const { unsubscribe } = events.subscribe((event) => {
    if (tracer !== undefined) trace(tracer, event)
    count?.(event)
  })
  return unsubscribe
}

function trace(tracer: Tracer, event: HostEvent): void {
  const attributes = attributesOf(event)
  const { at } = event
  switch (event.type) {
    case 'advanced': {
      const span = tracer.startSpan('sluice.step', { startTime: at, attributes })
      for (const entry of event.trace) {
        const where = { 'sluice.node': entry.node }
        if (entry.type === 'leave' || entry.type === 'end')
          span.addEvent(`sluice.${entry.type}`, { ...where, 'sluice.outcome': entry.outcome }, at)
        if (entry.type === 'error') {
          span.addEvent('sluice.error', { ...where, 'sluice.code': entry.error.code }, at)
          span.setStatus({ code: ERROR, message: entry.error.code })
        }
      }
      span.end(at)
      return
    }
    case 'effectDone':
    case 'effectFailed': {
      const { type, node, key } = event.effect
      const span = tracer.startSpan(`sluice.effect ${type}`, {
        startTime: at - event.tookMs,
        attributes: {
          ...attributes,
          'sluice.node': node,
          'sluice.effect.key': key,
          'sluice.effect.attempt': event.attempt,
        },
      })
      if (event.type === 'effectFailed') span.setStatus({ code: ERROR, message: event.reason })
      span.end(at)
      return
    }
  }
}

function countersOf(meter: Meter): (event: HostEvent) => void {
  const counter = (name: string, description: string): Counter => meter.createCounter(name, { description })
  const started = counter('sluice.sessions.started', 'Sessions that have started')
  const ended = counter('sluice.sessions.ended', 'Sessions that have ended or failed, by what they came to')
  const waits = counter('sluice.waits', 'Waits that sessions have gone into')
  const effects = counter('sluice.effects', 'Tries at effects, by type and by what became of them')
  const refused = counter('sluice.events.refused', 'Events that sessions did not take, by the reason')
  return (event) => {
    const attributes = attributesOf(event)
    delete attributes['sluice.session']
    switch (event.type) {
      case 'started':
        return started.add(1, { ...attributes, 'sluice.trigger': event.kind })
      case 'ended':
        return ended.add(1, { ...attributes, 'sluice.outcome': event.flowOutcome })
      case 'failed':
        return ended.add(1, { ...attributes, 'sluice.code': event.code })
      case 'waits':
        return waits.add(1, { ...attributes, 'sluice.node': event.node })
      case 'refused':
        return refused.add(1, { ...attributes, 'sluice.code': event.code })
      case 'effectDone':
      case 'effectFailed': {
        const result = event.type === 'effectDone' ? 'done' : event.again === undefined ? 'failed' : 'retried'
        return effects.add(1, { ...attributes, 'sluice.effect': event.effect.type, 'sluice.result': result })
      }
    }
  }
}

function attributesOf({ workspace, session, flow, version, test }: HostEvent): Attributes {
  return {
    'sluice.workspace': workspace,
    'sluice.session': session,
    'sluice.flow': flow,
    'sluice.version': version,
    ...(test === true ? { 'sluice.test': true } : {}),
  }
}
