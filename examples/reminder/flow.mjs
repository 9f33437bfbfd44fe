import { createBuilder } from 'sluice/builder'
import { palette } from 'sluice/palette'

const { buildFlow } = createBuilder({ nodes: palette })

export default buildFlow({
  id: 'reminder',
  name: 'Reminder of a visit',
  settings: {
    contact: [{ name: 'name', type: 'text' }],
    outcomes: [
      { code: 'confirmed', kind: 'completed' },
      { code: 'open', kind: 'incomplete' },
    ],
  },
  nodes: {
    start: { type: 'start', to: { next: 'remind' } },
    remind: {
      type: 'menu',
      config: {
        prompt: '{{contact.name}}, will you come tomorrow at nine?',
        options: [{ value: 'yes' }, { value: 'no' }],
        timeout: '4h',
      },
      to: { yes: 'confirmed', no: 'call', noMatch: 'call', timeout: 'call' },
    },
    call: { type: 'send-message', config: { prompt: 'We will call you.' }, to: { next: 'open' } },
    confirmed: { type: 'end', config: { outcome: 'confirmed' } },
    open: { type: 'end', config: { outcome: 'open' } },
  },
})
