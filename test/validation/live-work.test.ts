import { describe, expect, it } from 'vitest'
import type { EditCommand } from '../../src/editing/index.ts'
import { type Work, workFor } from './live-work.ts'

/*
 * What an edit costs: after it only what it can touch is checked again. That what is found is right is for the laws of
 * editing to prove; here is written down that nothing else was looked at.
 */

const ALL = 'ask count done hello lost pick start tier typo'
const CASES: readonly (readonly [string, EditCommand, Work])[] = [
  ['a move', { type: 'move', nodes: { ask: { x: 1, y: 1 } } }, { read: [], flow: [], nodes: {} }],
  ['a label', { type: 'label', node: 'ask', label: 'x' }, { read: [], flow: [], nodes: {} }],
  ['a name', { type: 'describe', name: 'New' }, { read: [], flow: [], nodes: {} }],
  ['a note', { type: 'addNote', note: { text: 'x' } }, { read: [], flow: [], nodes: {} }],
  [
    'another role',
    { type: 'describe', role: 'subflow' },
    {
      read: [],
      flow: ['settings', 'settings-sources', 'flow-outcomes'],
      nodes: { names: ALL, 'read-before-set': ALL, 'sensitive-values': ALL },
    },
  ],
  [
    'typing',
    { type: 'configure', node: 'hello', path: ['prompt'], value: 'Hi {{name}}, {{nodes.ask.value}}' },
    {
      read: ['Hi {{name}}, {{nodes.ask.value}}'],
      flow: [],
      nodes: {
        'node-type': 'hello',
        config: 'hello',
        names: 'hello',
        sources: 'hello',
        outcomes: 'hello',
        connectors: 'hello',
        reachability: 'hello',
        'read-before-set': 'hello',
        'sensitive-values': 'hello',
      },
    },
  ],
  [
    'typing that no longer reads a variable',
    { type: 'configure', node: 'hello', path: ['prompt'], value: 'Hi' },
    {
      read: ['Hi'],
      flow: [],
      nodes: {
        'node-type': 'hello',
        config: 'hello',
        names: 'hello',
        sources: 'hello',
        outcomes: 'hello',
        connectors: 'hello',
        reachability: 'hello',
        'read-before-set': ALL,
        'sensitive-values': 'hello',
      },
    },
  ],
  [
    'actions',
    { type: 'setActions', node: 'tier', onEnter: [{ set: 'name', to: '"x"' }] },
    {
      read: ['"x"', 'You are {{contact.tier}} {{trigger.data.order}}'],
      flow: [],
      nodes: {
        'node-type': 'tier',
        config: 'tier',
        names: 'tier',
        sources: 'tier',
        outcomes: 'tier',
        connectors: 'tier',
        reachability: 'tier',
        'read-before-set': 'tier',
        'sensitive-values': 'tier',
      },
    },
  ],
  [
    'a connector that comes',
    { type: 'connect', from: { node: 'hello', outcome: 'on:error' }, to: 'lost' },
    {
      read: [],
      flow: ['start', 'completion', 'endless-cycles'],
      nodes: { outcomes: 'hello', connectors: 'hello', reachability: 'lost tier', 'read-before-set': 'lost' },
    },
  ],
  [
    'a connector that goes',
    { type: 'disconnect', connector: 'hello:next' },
    {
      read: [],
      flow: ['start', 'completion', 'endless-cycles'],
      nodes: {
        outcomes: 'hello',
        connectors: 'hello',
        reachability: 'ask count done hello pick start tier typo',
        'read-before-set': 'done tier typo',
      },
    },
  ],
  [
    'a node that puts out nothing',
    { type: 'add', node: { type: 'send-message@1', config: { prompt: 'x' } } },
    {
      read: ['x'],
      flow: ['start', 'stray-connectors', 'completion', 'endless-cycles'],
      nodes: {
        'node-type': 'send_message',
        config: 'send_message',
        names: 'send_message',
        sources: 'send_message',
        outcomes: 'send_message',
        connectors: 'send_message',
        reachability: 'send_message',
        'read-before-set': 'send_message',
        'sensitive-values': 'send_message',
      },
    },
  ],
  [
    'a node that puts something out',
    { type: 'add', node: { type: 'collect-input@1', config: { prompt: 'x' } } },
    {
      read: ['x', '{{nobody}}'],
      flow: ['start', 'settings-sources', 'stray-connectors', 'completion', 'endless-cycles'],
      nodes: {
        'node-type': 'collect_input',
        config: 'collect_input',
        names: 'collect_input typo',
        sources: 'collect_input typo',
        outcomes: 'collect_input',
        connectors: 'collect_input',
        reachability: 'collect_input',
        'read-before-set': 'collect_input typo',
        'sensitive-values': 'collect_input typo',
      },
    },
  ],
  [
    'a node that goes',
    { type: 'remove', node: 'tier' },
    {
      read: [],
      flow: ['start', 'stray-connectors', 'completion', 'endless-cycles'],
      nodes: {
        outcomes: 'hello',
        connectors: 'hello',
        reachability: 'ask count done hello pick start typo',
        'read-before-set': 'done typo',
      },
    },
  ],
  [
    'a node that goes and was read',
    { type: 'remove', node: 'ask' },
    {
      read: ['Hello {{name}}, {{nodes.ask.value}}', '{{nobody}}'],
      flow: ['start', 'settings-sources', 'stray-connectors', 'completion', 'endless-cycles'],
      nodes: {
        names: 'hello typo',
        sources: 'hello typo',
        outcomes: 'start',
        connectors: 'start',
        reachability: 'count done hello pick start tier typo',
        'read-before-set': 'count done hello lost pick start tier typo',
        'sensitive-values': 'hello typo',
      },
    },
  ],
  [
    'another type',
    { type: 'changeType', node: 'tier', to: 'delay@1' },
    {
      read: [],
      flow: ['start', 'stray-connectors', 'completion', 'endless-cycles'],
      nodes: {
        'node-type': 'tier',
        config: 'tier',
        names: 'tier',
        sources: 'tier',
        outcomes: 'tier',
        connectors: 'hello tier',
        reachability: 'tier',
        'read-before-set': 'tier',
        'sensitive-values': 'tier',
      },
    },
  ],
  [
    'another flow outcome of an end',
    { type: 'configure', node: 'done', path: ['outcome'], value: 'lost' },
    {
      read: [],
      flow: ['flow-outcomes'],
      nodes: {
        'node-type': 'done',
        config: 'done',
        names: 'done',
        sources: 'done',
        outcomes: 'done',
        connectors: 'done',
        reachability: 'done',
        'read-before-set': 'done',
        'sensitive-values': 'done',
      },
    },
  ],
  [
    'other data of the trigger',
    { type: 'configure', node: 'start', path: ['data', 0, 'type'], value: 'number' },
    {
      read: ['You are {{contact.tier}} {{trigger.data.order}}', '{{nobody}}'],
      flow: ['settings-sources'],
      nodes: {
        'node-type': 'start',
        config: 'start',
        names: 'start tier typo',
        sources: 'start tier typo',
        outcomes: 'start',
        connectors: 'start',
        reachability: 'start',
        'read-before-set': 'start tier typo',
        'sensitive-values': 'start tier typo',
      },
    },
  ],
  [
    'a variable that comes',
    { type: 'addVariable', variable: { name: 'fresh', type: 'text' } },
    {
      read: ['{{nobody}}'],
      flow: ['settings', 'settings-sources', 'flow-outcomes'],
      nodes: { names: ALL, sources: 'typo', 'read-before-set': 'typo', 'sensitive-values': ALL },
    },
  ],
  [
    'another type of a variable',
    { type: 'changeVariable', name: 'count', changes: { type: 'text' } },
    {
      read: ['count + 1', 'count + string(1)', 'count < 3', '{{nobody}}'],
      flow: ['settings', 'settings-sources', 'flow-outcomes'],
      nodes: {
        names: ALL,
        sources: 'count pick typo',
        'read-before-set': 'count pick typo',
        'sensitive-values': ALL,
      },
    },
  ],
  [
    'a variable that becomes secret',
    { type: 'changeVariable', name: 'name', changes: { sensitive: true } },
    {
      read: ['Hello {{name}}, {{nodes.ask.value}}', 'Name?', '{{nobody}}'],
      flow: ['settings', 'settings-sources', 'flow-outcomes'],
      nodes: {
        names: ALL,
        sources: 'ask hello typo',
        'read-before-set': 'ask hello typo',
        'sensitive-values': ALL,
      },
    },
  ],
  [
    'a label of a variable',
    { type: 'changeVariable', name: 'count', changes: { label: 'n' } },
    {
      read: [],
      flow: ['settings', 'settings-sources', 'flow-outcomes'],
      nodes: { names: ALL, 'sensitive-values': ALL },
    },
  ],
  [
    'another type of a field of the contact',
    { type: 'changeSettings', path: ['contact', 0, 'type'], value: 'number' },
    {
      read: ['You are {{contact.tier}} {{trigger.data.order}}', '{{nobody}}'],
      flow: ['settings', 'settings-sources', 'flow-outcomes'],
      nodes: { names: ALL, sources: 'tier typo', 'read-before-set': 'tier typo', 'sensitive-values': ALL },
    },
  ],
  [
    'a setting that no expression knows',
    { type: 'changeSettings', path: ['mediaFolder'], value: 'x' },
    {
      read: [],
      flow: ['settings', 'settings-sources', 'flow-outcomes'],
      nodes: { names: ALL, 'sensitive-values': ALL },
    },
  ],
]

describe('[VAL-15] after an edit only what it can touch is checked again', () => {
  it.each(CASES)('%s', (_, command, work) => {
    expect(workFor(command)).toEqual(work)
  })
})
