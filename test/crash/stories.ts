import { NUMBERS } from './flows.ts'
import type { Question } from './messages.ts'

/** What somebody does in a story, and how much they have heard in all before they do the next thing. */
export interface StoryStep {
  readonly does: 'writes' | 'chooses' | 'orders' | 'orders again' | 'ships'
  /** What they write or choose. */
  readonly what?: string
  readonly heard: number
}

/** One session as it is played, with the sessions that it leads to. */
export interface Story {
  readonly name: string
  /** The number that they write to. */
  readonly to?: string
  readonly steps: readonly StoryStep[]
}

/** Everything that is played, in turn: the three rows of the support flow, then what else a host has to do. */
export const STORIES: readonly Story[] = [
  conversation('support: ticket', NUMBERS.support, [
    ['hello', 2],
    ['1', 4],
    ['2', 5],
    ['9', 7],
    ['1', 9],
    ['3', 10],
    ['AB-1234', 11],
  ]),
  conversation('support: abandoned', NUMBERS.support, [
    ['hello', 2],
    ['9', 4],
    ['3', 5],
    ['nope', 7],
    ['x', 8],
  ]),
  conversation('support: looped', NUMBERS.support, [
    ['hello', 2],
    ['2', 3],
    ['2', 4],
    ['2', 4],
  ]),
  {
    name: 'order',
    steps: [
      { does: 'orders', heard: 2 },
      { does: 'orders again', heard: 2 },
      { does: 'ships', heard: 3 },
    ],
  },
  conversation('reminder', NUMBERS.reminder, [['remind me', 3]]),
  {
    name: 'survey',
    to: NUMBERS.survey,
    steps: [
      { does: 'writes', what: 'I have a minute', heard: 1 },
      { does: 'chooses', what: 'yes', heard: 2 },
      { does: 'writes', what: 'the colour', heard: 3 },
    ],
  },
]

export function storyOf(number: number): Story {
  return STORIES[number % STORIES.length]!
}

export function contactOf(number: number): string {
  return `ada-${number}`
}

export function addressOf(number: number): string {
  return `+49151${String(number).padStart(7, '0')}`
}

/** The order of somebody; texts that hold it are held against those of others, see `withoutNumber`. */
export function orderOf(number: number): string {
  return `order-${number}`
}

/** A text as it reads for everybody who plays the same story. */
export function withoutNumber(text: string, number: number): string {
  return text.replaceAll(orderOf(number), 'order-#')
}

/** What a step of a story is for the child. `card` is the wait of the card that was shown last. */
export function questionOf(number: number, index: number, card: string | undefined): Question {
  const { to, steps } = storyOf(number)
  const { does, what = '' } = steps[index]!
  const id = `${number}/${index}`
  const inbound = { channel: 'sms', from: addressOf(number), ...(to === undefined ? {} : { to }), id }
  const contact = contactOf(number)
  switch (does) {
    case 'writes':
      return { type: 'webhook', inbound: { ...inbound, text: what } }
    case 'chooses':
      return { type: 'webhook', inbound: { ...inbound, button: { waitId: String(card), value: what } } }
    case 'orders':
    case 'orders again':
      return {
        type: 'trigger',
        request: { flow: 'order', contact, channel: 'sms', data: { order: orderOf(number) }, id },
      }
    case 'ships':
      return {
        type: 'emit',
        request: { name: 'order.shipped', contact, data: { carrier: 'a pigeon' }, id },
      }
  }
}

function conversation(name: string, to: string, said: readonly (readonly [string, number])[]): Story {
  return { name, to, steps: said.map(([what, heard]) => ({ does: 'writes', what, heard })) }
}
