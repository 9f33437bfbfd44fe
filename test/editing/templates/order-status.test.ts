import { orderStatus } from '../../../src/editing/templates/order-status.ts'
import { rehearse } from './rehearse.ts'

const ASK = 'What is your order number? It has eight digits; you find it in our confirmation.'
const MORE = 'Would you like to know about another order? 1 for yes, 2 for no.'
const shipped = {
  status: 200,
  body: { status: 'shipped', expectedOn: 'Monday', trackingUrl: 'https://track.example.com/7' },
}

rehearse(orderStatus, {
  begin: { trigger: 'message', contact: { name: 'Ada' } },
  scripts: {
    told: {
      'the order is on its way': (begin) =>
        begin()
          .expectSaid('Hello Ada, this is ACME. I can tell you where your order is.', ASK)
          .say('20261234')
          .answer('lookup', shipped)
          .expectSaid(
            'Order 20261234 is on its way and should arrive on Monday. Follow it here: https://track.example.com/7',
            MORE,
          )
          .say('no')
          .expectSaid('Thank you, and goodbye.'),
      'one order after another is asked for': (begin) =>
        begin()
          .say('11112222')
          .answer('lookup', { status: 200, body: { status: 'processing' } })
          .expectSaid('Order 11112222 is being prepared.', MORE)
          .say('1')
          .expectSaid(ASK)
          .say('33334444')
          .answer('lookup', { status: 200, body: { status: 'delivered', expectedOn: '2 March' } })
          .expectSaid('Order 33334444 has been delivered on 2 March.', MORE)
          .say('1')
          .say('55556666')
          .answer('lookup', { status: 200, body: { status: 'cancelled' } })
          .expectSaid(/^Order 55556666 has been cancelled/)
          .timeout()
          .timeout(),
      'the number is right the second time': (begin) =>
        begin()
          .say('7')
          .expectSaid('An order number has eight digits, such as 20261234. Please try again.')
          .say('20261234')
          .answer('lookup', { status: 404 })
          .expectSaid('I cannot find an order 20261234.', ASK)
          .say('20261235')
          .answer('lookup', shipped)
          .say('2'),
    },
    notFound: {
      'three numbers are unknown': (begin) =>
        begin()
          .say('00000001')
          .answer('lookup', { status: 404 })
          .say('00000002')
          .answer('lookup', { status: 404 })
          .say('00000003')
          .answer('lookup', { status: 404 })
          .expectSaid(
            'I cannot find an order 00000003.',
            'Please look the number up in our confirmation, or write to our team.',
          ),
    },
    abandoned: {
      'nobody gives a number': (begin) =>
        begin()
          .timeout()
          .expectSaid(/^Are you still there/)
          .timeout()
          .timeout(),
      'what is given is no number, and the contact is told so': (begin) =>
        begin()
          .say('hello?')
          .say('1234567')
          .say('abc')
          .expectSaid(/^Without its number I cannot find your order/),
      'the caller hangs up': (begin) => begin().signal('hangup'),
    },
    unavailable: {
      'the service does not answer': (begin) =>
        begin()
          .say('20261234')
          .answer('lookup', { error: 'timeout' })
          .expectSaid('I cannot look that up just now. Please try again in a few minutes.'),
      'the service is broken': (begin) => begin().say('20261234').answer('lookup', { status: 500 }),
      'the answer is no answer': (begin) =>
        begin().say('20261234').answer('lookup', { status: 200, body: 'hello' }),
      'the status is one that nobody has thought of': (begin) =>
        begin()
          .say('20261234')
          .answer('lookup', { status: 200, body: { status: 'eaten' } }),
    },
  },
})
