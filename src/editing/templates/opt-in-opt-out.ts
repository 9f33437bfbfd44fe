import type { FlowTemplate } from './flow-template.ts'
import { wire } from './wire.ts'

/** Keeps the consent of a contact by key words: double opt-in, opt-out at any time, help. */
export const optInOut: FlowTemplate = {
  id: 'opt-in-opt-out',
  title: 'Opt-in and opt-out',
  summary:
    'Takes JOIN, STOP and HELP by SMS. An opt-in is confirmed by a second message before it counts, an opt-out counts at once, and both are logged as proof.',
  category: 'consent',
  tags: ['messaging', 'sms', 'inbound', 'consent', 'double opt-in'],
  icon: 'user-check',
  document: {
    schema: 1,
    medium: 'messaging',
    role: 'main',
    audience: 'interaction',
    settings: {
      variables: [
        {
          name: 'programme',
          type: 'text',
          default: 'ACME offers',
          askAtRelease: true,
          label: 'What is subscribed to',
        },
        {
          name: 'contactUs',
          type: 'text',
          default: 'help@example.com',
          askAtRelease: true,
          label: 'Where people find help',
        },
      ],
      contact: [
        { name: 'phone', type: 'text', sensitive: true },
        { name: 'consent', type: 'text', label: 'granted or withdrawn' },
        { name: 'consentAt', type: 'number', label: 'Instant of the last change' },
      ],
      outcomes: [
        { code: 'optedIn', label: 'Has subscribed', kind: 'completed' },
        { code: 'optedOut', label: 'Has unsubscribed', kind: 'completed' },
        { code: 'helped', label: 'Asked for help', kind: 'completed' },
        { code: 'unconfirmed', label: 'Did not confirm', kind: 'incomplete' },
        { code: 'notUnderstood', label: 'Wrote something else', kind: 'incomplete' },
      ],
      logbooks: [{ name: 'consent', fields: ['change', 'programme', 'at', 'words'] }],
      duplicates: { prevent: true, identifier: 'default(contact.phone, session.id)' },
      languages: { default: 'en' },
      stopWords: ['stop', 'unsubscribe', 'end', 'quit', 'cancel'],
    },
    nodes: [
      {
        id: 'start',
        type: 'start@1',
        label: 'SMS comes in',
        position: { x: 20, y: 250 },
        config: {
          trigger: 'message',
          channel: 'sms',
          data: [{ name: 'text', type: 'text', required: true, label: 'What the contact wrote' }],
        },
      },
      {
        id: 'word',
        type: 'branch@1',
        label: 'Which key word?',
        position: { x: 390, y: 220 },
        config: {
          rules: [
            {
              outcome: 'stop',
              condition:
                'trigger.data.text.trim().lower() in ["stop", "unsubscribe", "end", "quit", "cancel"]',
            },
            {
              outcome: 'join',
              condition: 'trigger.data.text.trim().lower() in ["join", "start", "subscribe"]',
            },
            { outcome: 'help', condition: 'trigger.data.text.trim().lower() in ["help", "info"]' },
          ],
          default: 'other',
        },
      },
      {
        id: 'already',
        type: 'branch@1',
        label: 'In already?',
        position: { x: 740, y: 290 },
        config: {
          rules: [{ outcome: 'granted', condition: 'contact.consent == "granted"' }],
          default: 'new',
        },
      },
      {
        id: 'confirm',
        type: 'menu@1',
        label: 'Second yes',
        position: { x: 1080, y: 240 },
        config: {
          prompt:
            'You have asked for {{programme}}. Reply YES to confirm; you get up to 4 messages a month. Costs of your operator may apply. Reply STOP to end, HELP for help.',
          options: [
            { value: 'yes', label: 'Yes', synonyms: ['y', 'ok'] },
            { value: 'no', label: 'No', synonyms: ['n'] },
          ],
          timeout: '1d',
          retries: 1,
          retryPrompt: 'Reply YES to get {{programme}}, or NO if you would rather not.',
          timeoutPrompt:
            'Do you still want {{programme}}? Reply YES to confirm. Without an answer we send nothing.',
        },
      },
      {
        id: 'grant',
        type: 'update-contact@1',
        label: 'Keep the consent',
        position: { x: 1550, y: 100 },
        config: { fields: { consent: '"granted"', consentAt: 'now' } },
      },
      {
        id: 'logGrant',
        type: 'log@1',
        label: 'Proof of opt-in',
        position: { x: 1890, y: 100 },
        config: {
          logbook: 'consent',
          fields: { change: '"granted"', programme: 'programme', at: 'now', words: 'nodes.confirm.value' },
        },
      },
      {
        id: 'welcome',
        type: 'send-message@1',
        label: 'Welcome',
        position: { x: 2280, y: 90 },
        config: { prompt: 'Welcome to {{programme}}! Reply STOP at any time to end.' },
      },
      {
        id: 'isIn',
        type: 'send-message@1',
        label: 'You are in',
        position: { x: 2280, y: 340 },
        config: { prompt: 'You get {{programme}} already. Reply STOP to end.' },
      },
      {
        id: 'withdraw',
        type: 'update-contact@1',
        label: 'Take the consent back',
        position: { x: 1550, y: 470 },
        config: { fields: { consent: '"withdrawn"', consentAt: 'now' } },
      },
      {
        id: 'logWithdraw',
        type: 'log@1',
        label: 'Proof of opt-out',
        position: { x: 1890, y: 470 },
        config: {
          logbook: 'consent',
          fields: { change: '"withdrawn"', programme: 'programme', at: 'now', words: 'trigger.data.text' },
        },
      },
      {
        id: 'goodbye',
        type: 'send-message@1',
        label: 'Goodbye',
        position: { x: 2280, y: 460 },
        config: { prompt: 'You will get no more messages of {{programme}}. Reply JOIN to come back.' },
      },
      {
        id: 'help',
        type: 'send-message@1',
        label: 'Help',
        position: { x: 740, y: 140 },
        config: { prompt: '{{programme}}: reply JOIN to subscribe or STOP to end. Questions: {{contactUs}}' },
      },
      {
        id: 'other',
        type: 'send-message@1',
        label: 'Not understood',
        position: { x: 740, y: 20 },
        config: { prompt: 'Sorry, we know JOIN, STOP and HELP only. Questions: {{contactUs}}' },
      },
      {
        id: 'notNow',
        type: 'send-message@1',
        label: 'Not subscribed',
        position: { x: 1550, y: 200 },
        config: {
          prompt: 'You are not subscribed, and we send you nothing. Reply JOIN if you change your mind.',
        },
      },
      {
        id: 'optedIn',
        type: 'end@1',
        label: 'Subscribed',
        position: { x: 2620, y: 310 },
        config: { outcome: 'optedIn' },
      },
      {
        id: 'optedOut',
        type: 'end@1',
        label: 'Unsubscribed',
        position: { x: 2620, y: 490 },
        config: { outcome: 'optedOut' },
      },
      {
        id: 'helped',
        type: 'end@1',
        label: 'Helped',
        position: { x: 1080, y: 170 },
        config: { outcome: 'helped' },
      },
      {
        id: 'unconfirmed',
        type: 'end@1',
        label: 'Not confirmed',
        position: { x: 1890, y: 270 },
        config: { outcome: 'unconfirmed' },
      },
      {
        id: 'notUnderstood',
        type: 'end@1',
        label: 'Not understood',
        position: { x: 1080, y: 50 },
        config: { outcome: 'notUnderstood' },
      },
    ],
    connectors: wire({
      start: { next: 'word' },
      word: { stop: 'withdraw', join: 'already', help: 'help', other: 'other' },
      already: { granted: 'isIn', 'new': 'confirm' },
      confirm: {
        yes: 'grant',
        no: 'notNow',
        noMatch: 'notNow',
        timeout: 'unconfirmed',
        'on:stop': 'withdraw',
      },
      grant: { next: 'logGrant' },
      logGrant: { next: 'welcome' },
      welcome: { next: 'optedIn' },
      isIn: { next: 'optedIn' },
      withdraw: { next: 'logWithdraw' },
      logWithdraw: { next: 'goodbye' },
      goodbye: { next: 'optedOut' },
      help: { next: 'helped' },
      other: { next: 'notUnderstood' },
      notNow: { next: 'unconfirmed' },
    }),
    notes: [
      {
        id: 'about',
        text: '**Opt-in and opt-out.** Have every SMS that no other flow waits for start this one. Check the wording with your lawyers: what it has to say differs from country to country.',
        position: { x: 20, y: -180 },
      },
      {
        id: 'about-confirm',
        node: 'confirm',
        text: 'The second yes (double opt-in). Only after it `contact.consent` is `granted`: read it before you send anything.',
        position: { x: 1080, y: 360 },
      },
      {
        id: 'about-stop',
        node: 'withdraw',
        text: 'STOP counts at once, and while a question is open as well. Keep the stop words in the settings and those of *Which key word?* alike.',
        position: { x: 1550, y: 570 },
      },
    ],
  },
}
