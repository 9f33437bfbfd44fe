import type { FlowTemplate } from './flow-template.ts'
import { wire } from './wire.ts'

/** A support line: opening hours, a menu, a queue for each topic, and voicemail where nobody can answer. */
export const supportIvr: FlowTemplate = {
  id: 'support-ivr',
  title: 'Support line',
  summary:
    'Answers a support line: a menu leads to the right queue, and whoever reaches nobody, or calls while it is closed, can leave a message.',
  category: 'service',
  tags: ['voice', 'inbound', 'menu', 'transfer', 'voicemail'],
  icon: 'headset',
  document: {
    schema: 1,
    medium: 'voice',
    role: 'main',
    audience: 'interaction',
    settings: {
      variables: [
        {
          name: 'company',
          type: 'text',
          default: 'ACME',
          askAtRelease: true,
          label: 'Name that callers hear',
        },
        { name: 'queue', type: 'text', default: 'support-general', label: 'Queue that the call goes to' },
        {
          name: 'customerNumber',
          type: 'text',
          default: '',
          label: 'Customer number, where one was keyed in',
        },
      ],
      contact: [
        { name: 'name', type: 'text' },
        { name: 'phone', type: 'text', sensitive: true },
      ],
      outcomes: [
        { code: 'connected', label: 'Spoke to an agent', kind: 'completed' },
        { code: 'messageLeft', label: 'Left a message', kind: 'completed' },
        { code: 'hungUp', label: 'Gave up on the way', kind: 'incomplete' },
        { code: 'noMessage', label: 'Said nothing after the tone', kind: 'incomplete' },
        { code: 'failed', label: 'The recording did not work', kind: 'error' },
      ],
      logbooks: [{ name: 'calls', fields: ['step', 'queue', 'result'] }],
      languages: { default: 'en' },
    },
    nodes: [
      {
        id: 'start',
        type: 'start@1',
        label: 'Call comes in',
        position: { x: 20, y: 230 },
        config: { trigger: 'call' },
      },
      {
        id: 'hours',
        type: 'business-hours@1',
        label: 'Open?',
        position: { x: 330, y: 210 },
        config: {
          timeZone: 'Europe/Berlin',
          hours: [
            { days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'], from: '08:00', to: '20:00' },
            { days: ['saturday'], from: '09:00', to: '14:00' },
          ],
          holidays: [
            { date: '01-01', name: 'New Year' },
            { date: '12-25', name: 'Christmas' },
            { date: '12-26', name: 'Boxing Day' },
          ],
        },
      },
      {
        id: 'greet',
        type: 'send-message@1',
        label: 'Greeting',
        position: { x: 640, y: 310 },
        config: {
          prompt:
            'Hello{{isText(contact.name) ? " " + contact.name : ""}}, and welcome to {{company}} support.',
        },
      },
      {
        id: 'menu',
        type: 'menu@1',
        label: 'Main menu',
        position: { x: 980, y: 300 },
        config: {
          prompt:
            'For orders and deliveries, press 1. For invoices and payments, press 2. For technical help, press 3. To hear this again, press 9.',
          options: [
            { value: '1', label: 'Orders', synonyms: ['order', 'delivery'] },
            { value: '2', label: 'Invoices', synonyms: ['invoice', 'payment', 'billing'] },
            { value: '3', label: 'Technical help', synonyms: ['technical', 'help'] },
            { value: '9', label: 'Again', synonyms: ['repeat'] },
          ],
          timeout: '8s',
          retries: 2,
          retryPrompt:
            'That is not one of the choices. Press 1 for orders, 2 for invoices, 3 for technical help, or 9 to hear this again.',
          timeoutPrompt:
            'Are you still there? Press 1 for orders, 2 for invoices, 3 for technical help, or 9 to hear this again.',
        },
        onLeave: {
          '1': [
            { set: 'queue', to: '"support-orders"' },
            { log: 'calls', fields: { step: '"menu"', queue: '"support-orders"' } },
          ],
          '2': [
            { set: 'queue', to: '"support-invoices"' },
            { log: 'calls', fields: { step: '"menu"', queue: '"support-invoices"' } },
          ],
          '3': [
            { set: 'queue', to: '"support-technical"' },
            { log: 'calls', fields: { step: '"menu"', queue: '"support-technical"' } },
          ],
        },
      },
      {
        id: 'again',
        type: 'jump@1',
        label: 'Once more',
        position: { x: 1310, y: 200 },
        config: { max: 3 },
      },
      {
        id: 'number',
        type: 'collect-input@1',
        label: 'Customer number',
        position: { x: 1310, y: 340 },
        config: {
          prompt: 'Please key in your six-digit customer number, so that we find your devices at once.',
          variable: 'customerNumber',
          accept: 'digits',
          pattern: '^[0-9]{6}$',
          timeout: '10s',
          retries: 1,
          retryPrompt: 'That was not a six-digit number. Please try once more.',
          timeoutPrompt: 'Please key in your six-digit customer number.',
        },
      },
      {
        id: 'connecting',
        type: 'send-message@1',
        label: 'One moment',
        position: { x: 1780, y: 230 },
        config: { prompt: 'One moment please, I am connecting you.' },
      },
      {
        id: 'transfer',
        type: 'transfer@1',
        label: 'To the queue',
        position: { x: 2110, y: 240 },
        config: {
          kind: 'queue',
          to: '{{queue}}',
          timeout: '45s',
          data: { name: '{{contact.name}}', customerNumber: '{{customerNumber}}' },
        },
        onLeave: {
          connected: [
            { log: 'calls', fields: { step: '"transfer"', queue: 'queue', result: '"connected"' } },
          ],
          busy: [{ log: 'calls', fields: { step: '"transfer"', queue: 'queue', result: '"busy"' } }],
          noAnswer: [{ log: 'calls', fields: { step: '"transfer"', queue: 'queue', result: '"noAnswer"' } }],
        },
      },
      {
        id: 'closed',
        type: 'send-message@1',
        label: 'We are closed',
        position: { x: 2520, y: 90 },
        config: {
          prompt:
            'Thank you for calling {{company}}. Our support is closed just now{{has(nodes.hours.opensAt) ? " and opens again on " + formatDate(nodes.hours.opensAt, "EEEE \'at\' H:mm", "Europe/Berlin", "en") : ""}}.',
        },
      },
      {
        id: 'busy',
        type: 'send-message@1',
        label: 'All agents busy',
        position: { x: 2520, y: 230 },
        config: { prompt: 'I am sorry, all our agents are in other calls.' },
      },
      {
        id: 'voicemail',
        type: 'record@1',
        label: 'Voicemail',
        position: { x: 2970, y: 150 },
        config: {
          prompt:
            'Please leave your name, your number and what it is about after the tone. Press the hash key when you are done.',
          maxLength: '2m',
          silence: '5s',
          finishOnKey: '#',
          transcribe: true,
        },
      },
      {
        id: 'handIn',
        type: 'emit-event@1',
        label: 'Hand the message in',
        position: { x: 3380, y: 70 },
        config: {
          event: 'support.voicemail',
          data: {
            recording: 'nodes.voicemail.url',
            queue: 'queue',
            phone: 'contact.phone',
            customerNumber: 'customerNumber',
          },
        },
      },
      {
        id: 'thanks',
        type: 'send-message@1',
        label: 'Thank you',
        position: { x: 3740, y: 60 },
        config: { prompt: 'Thank you. We will get back to you on the next working day. Goodbye.' },
      },
      {
        id: 'sorry',
        type: 'send-message@1',
        label: 'It did not work',
        position: { x: 3380, y: 250 },
        config: {
          prompt:
            'I am sorry, your message could not be recorded. Please write to us, or try again later. Goodbye.',
        },
      },
      {
        id: 'connected',
        type: 'end@1',
        label: 'Spoke to an agent',
        position: { x: 2520, y: 20 },
        config: { outcome: 'connected' },
      },
      {
        id: 'messageLeft',
        type: 'end@1',
        label: 'Left a message',
        position: { x: 4080, y: 90 },
        config: { outcome: 'messageLeft' },
      },
      {
        id: 'hungUp',
        type: 'end@1',
        label: 'Hung up',
        position: { x: 3380, y: 410 },
        config: { outcome: 'hungUp' },
        onEnter: [{ log: 'calls', fields: { step: '"hangup"', queue: 'queue' } }],
      },
      {
        id: 'noMessage',
        type: 'end@1',
        label: 'No message',
        position: { x: 3380, y: 170 },
        config: { outcome: 'noMessage' },
      },
      {
        id: 'failed',
        type: 'end@1',
        label: 'No recording',
        position: { x: 3740, y: 280 },
        config: { outcome: 'failed' },
      },
    ],
    connectors: wire({
      start: { next: 'hours' },
      hours: { open: 'greet', closed: 'closed', holiday: 'closed' },
      greet: { next: 'menu' },
      menu: {
        '1': 'connecting',
        '2': 'connecting',
        '3': 'number',
        '9': 'again',
        noMatch: 'connecting',
        timeout: 'connecting',
        'on:hangup': 'hungUp',
      },
      again: { jump: 'menu', exceeded: 'connecting' },
      number: { valid: 'connecting', invalid: 'connecting', timeout: 'connecting', 'on:hangup': 'hungUp' },
      connecting: { next: 'transfer' },
      transfer: {
        connected: 'connected',
        busy: 'busy',
        noAnswer: 'busy',
        failed: 'busy',
        'on:hangup': 'hungUp',
      },
      closed: { next: 'voicemail' },
      busy: { next: 'voicemail' },
      voicemail: { recorded: 'handIn', silence: 'noMessage', failed: 'sorry', 'on:hangup': 'hungUp' },
      handIn: { next: 'thanks' },
      thanks: { next: 'messageLeft' },
      sorry: { next: 'failed' },
    }),
    notes: [
      {
        id: 'about',
        text: '**Support line.** Change the opening hours, the menu and the queues to yours. The name that callers hear is the variable `company`, asked for at each release.',
        position: { x: 20, y: -180 },
      },
      {
        id: 'about-menu',
        node: 'menu',
        text: 'Each choice sets the variable `queue` when the menu is left. A caller who is not understood, or says nothing, is put through to `support-general`.',
        position: { x: 980, y: 420 },
      },
      {
        id: 'about-voicemail',
        node: 'handIn',
        text: 'Raises the event `support.voicemail` with the address of the recording: let your ticket system listen to it.',
        position: { x: 3380, y: -70 },
      },
    ],
  },
}
