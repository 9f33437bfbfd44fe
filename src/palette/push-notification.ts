import { defineNode, f } from '../nodes/index.ts'
import {
  ACCEPTANCE_DEFAULTS,
  acceptanceFields,
  acceptanceOutcomes,
  awaitsAcceptance,
  onAcceptance,
  send,
} from './acceptance.ts'
import { linkAddress } from './link-address.ts'
import { valuesOf } from './named-values.ts'

/**
 * Sends a push notification to the devices of the contact. Goes on at once, or with `await: "accepted"` when the push
 * service has taken it.
 *
 * @example
 * { "title": "On its way", "prompt": "{{contact.name}}, your order has left.", "link": "https://example.com/orders" }
 */
export const pushNotification = defineNode({
  runtime: {
    type: 'push-notification',
    major: 1,
    outcomes: acceptanceOutcomes,
    defaults: ACCEPTANCE_DEFAULTS,
    enter(context) {
      const { title, prompt, link, data, priority, expiry, ...config } = context.config
      const { text, media } = context.prompt(prompt)
      const request = {
        type: 'push.send',
        title: context.prompt(title).text,
        text,
        media,
        link: link === undefined ? undefined : linkAddress(context.text(link)),
        data: data === undefined ? undefined : valuesOf(context, data),
        priority,
        expiryMs: expiry,
      }
      return send(request, config)
    },
    on: onAcceptance,
  },
  title: 'Push notification',
  category: 'messaging',
  icon: 'bell-ring',
  help: 'Sends a notification to the devices of the contact.',
  fields: {
    title: f.prompt({ label: 'Title' }),
    prompt: f.prompt({ label: 'Text' }),
    link: f.template({ label: 'Opens', help: 'An address of the web or of an app.', optional: true }),
    data: f.record(f.expression('any'), { label: 'Data for the app', max: 50, optional: true }),
    priority: f.options(['low', 'normal', 'high'], { label: 'Priority', default: 'normal' }),
    expiry: f.duration({ label: 'Worth showing for', help: 'Without end unless given.', optional: true }),
    ...acceptanceFields,
  },
  pauses: awaitsAcceptance,
  channels: () => ['push'],
})
