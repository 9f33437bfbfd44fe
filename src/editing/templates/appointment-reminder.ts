import type { FlowTemplate } from './flow-template.ts'
import { wire } from './wire.ts'

/** A reminder of an appointment that the contact confirms or cancels. */
export const appointmentReminder: FlowTemplate = {
  id: 'appointment-reminder',
  title: 'Appointment reminder',
  summary:
    'Reminds of an appointment the day before it, and lets the contact confirm or cancel it by a reply. A cancellation is passed on to the booking system.',
  category: 'notification',
  tags: ['messaging', 'outbound', 'reminder', 'http'],
  icon: 'calendar-check',
  document: {
    schema: 1,
    medium: 'messaging',
    role: 'main',
    audience: 'interaction',
    settings: {
      variables: [
        {
          name: 'company',
          type: 'text',
          default: 'ACME',
          askAtRelease: true,
          label: 'Name that contacts read',
        },
        {
          name: 'helpLine',
          type: 'text',
          default: '+49 30 123456',
          askAtRelease: true,
          label: 'Number to call for other wishes',
        },
        {
          name: 'api',
          type: 'text',
          default: 'https://api.example.com',
          askAtRelease: true,
          label: 'Address of the booking system',
        },
        {
          name: 'timeZone',
          type: 'text',
          default: 'Europe/Berlin',
          askAtRelease: true,
          label: 'Time zone of the appointments',
        },
      ],
      contact: [{ name: 'name', type: 'text' }],
      outcomes: [
        { code: 'confirmed', label: 'Will come', kind: 'completed' },
        { code: 'cancelled', label: 'Has cancelled', kind: 'completed' },
        { code: 'noReply', label: 'Has not replied', kind: 'incomplete' },
        { code: 'unclear', label: 'Was not understood', kind: 'incomplete' },
        { code: 'tooLate', label: 'The appointment had passed', kind: 'incomplete' },
        { code: 'stopped', label: 'Wants no messages', kind: 'incomplete' },
        { code: 'notCancelled', label: 'The booking system did not answer', kind: 'error' },
        { code: 'badAppointment', label: 'The time of the appointment cannot be read', kind: 'error' },
      ],
      logbooks: [{ name: 'appointments', fields: ['appointment', 'reply'] }],
      duplicates: { prevent: true, identifier: 'trigger.data.appointment' },
      languages: { default: 'en' },
      stopWords: ['stop', 'unsubscribe'],
    },
    nodes: [
      {
        id: 'start',
        type: 'start@1',
        label: 'Appointment made',
        position: { x: 20, y: 50 },
        config: {
          trigger: 'manual',
          data: [
            { name: 'appointment', type: 'text', required: true, label: 'Number of the appointment' },
            {
              name: 'startsAt',
              type: 'text',
              required: true,
              label: 'When it begins, as 2026-12-01T10:00:00+01:00',
            },
            { name: 'place', type: 'text', required: true, label: 'Where it is' },
          ],
        },
      },
      {
        id: 'dayBefore',
        type: 'delay@1',
        label: 'Until the day before',
        position: { x: 410, y: 20 },
        config: { until: 'timestamp(trigger.data.startsAt) - duration("24h")' },
      },
      {
        id: 'inTime',
        type: 'branch@1',
        label: 'Still to come?',
        position: { x: 770, y: 130 },
        config: {
          rules: [{ outcome: 'ahead', condition: 'timestamp(trigger.data.startsAt) > now' }],
          default: 'passed',
        },
      },
      {
        id: 'remind',
        type: 'menu@1',
        label: 'Reminder',
        position: { x: 1190, y: 220 },
        config: {
          prompt:
            'Hello{{isText(contact.name) ? " " + contact.name : ""}}, this is {{company}}. Your appointment is on {{formatDate(timestamp(trigger.data.startsAt), "EEEE, d MMMM, \'at\' H:mm", timeZone)}}, {{trigger.data.place}}. Reply 1 to confirm or 2 to cancel.',
          options: [
            { value: '1', label: 'Confirm', synonyms: ['yes', 'ok', 'I will come'] },
            { value: '2', label: 'Cancel', synonyms: ['no'] },
          ],
          buttons: true,
          timeout: '6h',
          retries: 1,
          retryPrompt:
            'Sorry, we did not understand that. Please reply 1 to confirm your appointment or 2 to cancel it.',
          timeoutPrompt:
            'Please tell us whether you will come: reply 1 to confirm your appointment or 2 to cancel it.',
        },
        onLeave: {
          '1': [
            {
              log: 'appointments',
              fields: { appointment: 'trigger.data.appointment', reply: '"confirmed"' },
            },
          ],
          timeout: [
            { log: 'appointments', fields: { appointment: 'trigger.data.appointment', reply: '"none"' } },
          ],
        },
      },
      {
        id: 'tellConfirmed',
        type: 'emit-event@1',
        label: 'Tell the calendar',
        position: { x: 1950, y: 600 },
        config: { event: 'appointment.confirmed', data: { appointment: 'trigger.data.appointment' } },
      },
      {
        id: 'seeYou',
        type: 'send-message@1',
        label: 'See you',
        position: { x: 2490, y: 590 },
        config: {
          prompt: 'Thank you, we look forward to seeing you. If anything changes, call {{helpLine}}.',
        },
      },
      {
        id: 'sure',
        type: 'menu@1',
        label: 'Really cancel?',
        position: { x: 1530, y: 460 },
        config: {
          prompt: 'Shall we cancel the appointment? Reply yes to cancel it, or no to keep it.',
          options: [
            { value: 'yes', label: 'Yes, cancel', synonyms: ['y', '2', 'cancel'] },
            { value: 'no', label: 'No, keep it', synonyms: ['n', '1', 'keep'] },
          ],
          buttons: true,
          timeout: '1h',
          retries: 1,
          retryPrompt: 'Please reply yes to cancel the appointment, or no to keep it.',
        },
      },
      {
        id: 'cancel',
        type: 'http-request@1',
        label: 'Cancel the booking',
        position: { x: 1950, y: 470 },
        config: {
          method: 'DELETE',
          url: '{{api}}/appointments/{{urlEncode(trigger.data.appointment)}}',
          headers: { accept: 'application/json', 'idempotency-key': '{{session.id}}' },
          timeout: '10s',
          attempts: 3,
        },
        onLeave: {
          success: [
            {
              log: 'appointments',
              fields: { appointment: 'trigger.data.appointment', reply: '"cancelled"' },
            },
          ],
        },
      },
      {
        id: 'isCancelled',
        type: 'send-message@1',
        label: 'Cancelled',
        position: { x: 2490, y: 470 },
        config: { prompt: 'Your appointment is cancelled. To make a new one, call {{helpLine}}.' },
      },
      {
        id: 'callUs',
        type: 'send-message@1',
        label: 'Please call',
        position: { x: 2490, y: 350 },
        config: { prompt: 'We could not cancel your appointment just now. Please call us: {{helpLine}}.' },
      },
      {
        id: 'stillStands',
        type: 'send-message@1',
        label: 'Not cancelled after all',
        position: { x: 1950, y: 365 },
        config: {
          prompt:
            'We have not heard from you again, so your appointment stands. To cancel it, call {{helpLine}}.',
        },
      },
      {
        id: 'notUnderstood',
        type: 'send-message@1',
        label: 'Not understood',
        position: { x: 1950, y: 260 },
        config: {
          prompt:
            'We could not understand your reply, and your appointment stands. If that is not right, call {{helpLine}}.',
        },
      },
      {
        id: 'confirmed',
        type: 'end@1',
        label: 'Will come',
        position: { x: 2850, y: 620 },
        config: { outcome: 'confirmed' },
      },
      {
        id: 'cancelled',
        type: 'end@1',
        label: 'Cancelled',
        position: { x: 2850, y: 500 },
        config: { outcome: 'cancelled' },
      },
      {
        id: 'notCancelled',
        type: 'end@1',
        label: 'Not cancelled',
        position: { x: 2850, y: 380 },
        config: { outcome: 'notCancelled' },
      },
      {
        id: 'noReply',
        type: 'end@1',
        label: 'No reply',
        position: { x: 1950, y: 200 },
        config: { outcome: 'noReply' },
      },
      {
        id: 'unclear',
        type: 'end@1',
        label: 'Not understood',
        position: { x: 2490, y: 290 },
        config: { outcome: 'unclear' },
      },
      {
        id: 'tooLate',
        type: 'end@1',
        label: 'Had passed',
        position: { x: 1190, y: 120 },
        config: { outcome: 'tooLate' },
      },
      {
        id: 'stopped',
        type: 'end@1',
        label: 'No messages wanted',
        position: { x: 1950, y: 100 },
        config: { outcome: 'stopped' },
      },
      {
        id: 'badAppointment',
        type: 'end@1',
        label: 'Time unreadable',
        position: { x: 770, y: 70 },
        config: { outcome: 'badAppointment' },
      },
    ],
    connectors: wire({
      start: { next: 'dayBefore' },
      dayBefore: { done: 'inTime', 'on:error': 'badAppointment', 'on:stop': 'stopped' },
      inTime: { ahead: 'remind', passed: 'tooLate' },
      remind: {
        '1': 'tellConfirmed',
        '2': 'sure',
        noMatch: 'notUnderstood',
        timeout: 'noReply',
        'on:stop': 'stopped',
      },
      tellConfirmed: { next: 'seeYou' },
      seeYou: { next: 'confirmed' },
      sure: {
        yes: 'cancel',
        no: 'tellConfirmed',
        noMatch: 'notUnderstood',
        timeout: 'stillStands',
        'on:stop': 'stopped',
      },
      cancel: { success: 'isCancelled', httpError: 'callUs', timeout: 'callUs', failed: 'callUs' },
      isCancelled: { next: 'cancelled' },
      callUs: { next: 'notCancelled' },
      stillStands: { next: 'noReply' },
      notUnderstood: { next: 'unclear' },
    }),
    notes: [
      {
        id: 'about',
        text: '**Appointment reminder.** Start it when an appointment is made, with its number, its time and its place. Until the day before, the session waits.',
        position: { x: 20, y: -180 },
      },
      {
        id: 'about-delay',
        node: 'dayBefore',
        text: 'An appointment made on short notice is reminded of at once. To remind earlier, change `24h`.',
        position: { x: 410, y: 140 },
      },
      {
        id: 'about-cancel',
        node: 'cancel',
        text: 'Put in the request that your booking system takes. Its address is the variable `api`.',
        position: { x: 1950, y: 700 },
      },
    ],
  },
}
