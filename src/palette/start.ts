import { defineNode, f } from '../nodes/index.ts'
import { isGiven } from './is-given.ts'

/** What can set a flow going. */
export const TRIGGER_KINDS = ['manual', 'message', 'call', 'segment', 'event', 'flow', 'link'] as const

/**
 * Where a flow begins. Carries the trigger, which may stay open until release, and declares the data that comes
 * with it: expressions read it as `trigger.data.<name>`.
 *
 * @example { "trigger": "message", "channel": "sms", "data": [{ "name": "order", "type": "text" }] }
 */
export const start = defineNode({
  runtime: {
    type: 'start',
    major: 1,
    outcomes: () => ['next'],
    enter: () => 'next',
  },
  title: 'Start',
  category: 'flow',
  icon: 'play',
  help: 'Where the flow begins, and what sets it going.',
  place: 'start',
  fields: {
    trigger: f.options(TRIGGER_KINDS, { label: 'Trigger', optional: true }),
    channel: f.text({
      label: 'Channel',
      help: 'For a message: the channel that it comes in on.',
      role: 'channel',
      optional: true,
    }),
    segment: f.text({
      label: 'Segment',
      help: 'For a segment: the one that a contact enters.',
      optional: true,
    }),
    event: f.text({ label: 'Event', help: 'For an event: its name.', role: 'event', optional: true }),
    data: f.dataFields({ label: 'Data that comes with the trigger', optional: true }),
  },
  check(config, report) {
    const { trigger } = config
    // Nothing could ever set such a flow going.
    if (trigger === 'segment' && !isGiven(config.segment))
      report('config.missing', ['segment'], { field: 'Segment' })
    if (trigger === 'event' && !isGiven(config.event)) report('config.missing', ['event'], { field: 'Event' })
  },
})
