import { OPERATE_REFUSALS, type OperateRefusalCode } from '../../src/interpreter/operate/refusal.ts'
import { ROUTE_REFUSALS, type RouteRefusalCode } from '../../src/releases/index.ts'
import { HOST_REFUSALS, type HostRefusalCode } from '../../src/runtime/host/refusal.ts'
import { page, paragraph, table } from './markdown.ts'

/** When a host refuses; what lifts it is said by the table of the host. */
const WHEN: { readonly [Code in HostRefusalCode]: string } = {
  'host.closed': '`close` has been called.',
  'host.busy': 'The work pool holds as much for this workspace as it may.',
  'input.bad': 'What was passed has another form than its type, or lacks something.',
  'receive.nobodyWaits': 'Keys, a signal or an event have come in, and no session there takes them.',
  'receive.noFlow': 'A message or a call has come in that no session waits for and no flow is started by.',
  'receive.ambiguous': 'A message or a call would start several flows.',
  'trigger.kind': 'The start node of the flow declares another kind of trigger.',
  'trigger.otherVersion': 'A release starts contacts of a segment, and the contact reaches another version.',
  'trigger.noStart': 'The start node of the released version was left open.',
  'trigger.data': 'What the start node declares is missing or of another type.',
  'trigger.noIdentifier': 'The identifier of the duplicate rule has no value.',
  'trigger.cannotRun': 'A node type or a stored executable of the flow is missing.',
  'trigger.test': '`from` of a trigger names a session of test mode.',
  'trigger.hops': '`from` of a trigger names a session at the end of too many that led to each other.',
  'emit.hops': 'A session at the end of too many that led to each other emits an event that starts flows.',
  'session.unknown': 'There is no session of this id, or not any more.',
  'session.quarantined': 'A node type or a stored executable of the session is missing.',
  'session.contended': 'Another host has changed the session again and again meanwhile.',
  'session.identifier':
    'A move, or a retry, would bring back a session whose identifier another one has by now.',
  'test.notTestContact': '`test` names nobody who is listed as a test contact.',
  'test.errors': '`test` names a version that has errors.',
  'version.unknown': 'There is no such version, or it was deleted.',
  'version.neverReleased': 'A session is to be moved to a version that never was live.',
  'permission.missing':
    'The member who asks may not: `operate` and dead letters want `publish`, `test` wants `edit`, `erase` wants `admin`.',
  'deadLetter.unknown': 'There is no dead letter of this number, or not any more.',
  'segment.unknown': 'The workspace has no such segment.',
  'webhook.channel': 'A request came for a channel that is not there, or takes no webhooks.',
}

/** When `operate` refuses. */
const OPERATED: { readonly [Code in OperateRefusalCode]: string } = {
  'operate.ended': 'The session is over.',
  'operate.notFailed': '`retry` was asked of a session that has not failed.',
  'operate.outcome': '`skip` names an outcome that leads nowhere.',
  'operate.variable': '`setVariable` names no declared variable, or gives a value of another type.',
  'operate.tooLarge': '`setVariable` would make the session larger than its limit.',
  'operate.notWaiting': '`move` was asked of a session that does not wait.',
  'operate.otherFlow': '`move` names a version of another flow.',
  'operate.node': '`move` names a version without the node that the session waits at.',
  'operate.heldVariable': '`move` names a version that cannot hold the value of a variable.',
}

/** When nobody is let in. */
const ROUTED: { readonly [Code in RouteRefusalCode]: string } = {
  'route.noFlow': 'The workspace has no such flow.',
  'route.notReleased': 'Neither slot of the flow holds a version.',
  'route.paused': 'The flow is paused.',
  'route.grayOnly': 'The flow has a gray version alone, and its rule does not match the contact.',
  'route.noExceptionFlow': '`routeException` was asked of a medium that has no exception flow.',
}

/** What the host tells a session instead of an answer of a handler. */
const ANSWERS = [
  ['failed', 'All tries have failed, and the last error said nothing for the session.'],
  ['timeout', 'The last try has taken too long.'],
  ['effect.noHandler', 'No handler and no channel does effects of this type.'],
  ['effect.badAnswer', 'A handler has answered with what is no answer.'],
  ['flow.notReleased', 'A flow is called that follows its official version, and there is none.'],
  ['test.notTestContact', 'In test mode: the effect could reach somebody who is no test contact.'],
]

/** What is thrown: mistakes of whoever makes a host, and stores that have lost something. */
const THROWN = [
  ['host.workspace', '`createHost` was given no workspace.', 'Pass what `openWorkspace` returns.'],
  ['host.nodes', '`createHost` was given no node types.', 'Pass `palette` of `sluice/palette`.'],
  ['host.channels', 'Two channels have one name.', 'Give each a name of its own.'],
  ['host.options', 'An option has a value that it cannot have.', 'Pass one as the message says.'],
  ['host.ids', '`ids` has given an id for the second time.', 'Never give one twice, after a restart either.'],
  [
    'codec.key',
    'A key of `aesCodec` is missing, or has not 32 bytes.',
    'List every key that was written with.',
  ],
  [
    'codec.unreadable',
    'A stored text was changed, or written with another codec or key.',
    'Open the database with the codec and the keys that it was written with.',
  ],
  [
    'session.unreadable',
    'What is stored of a session is no JSON; with a codec that was left out it never is.',
    'Pass the codec that it was written with, or restore the store from a copy.',
  ],
  [
    'session.executableMissing',
    'What a session is pinned to is not in the content store.',
    'Restore the content store from a copy.',
  ],
]

/** What a host can refuse or throw, and what it tells sessions. */
export function hostPage(): string {
  return page(
    '# While a host runs',
    'Part of the [index of codes](README.md).',
    '## Refusals',
    paragraph(
      'What a [host](../guide/embed-a-host.md) does not do it answers with `ok: false`, a code, a reason and what would lift',
      'it. Nothing has changed then. `HOST_REFUSALS` of `sluice/runtime` holds the wording of each code. Beside these there are',
      'those of the next two sections, and those of [events that a session refuses](running.md#refused-events).',
    ),
    refusals(WHEN, HOST_REFUSALS),
    '## Refused by routing',
    paragraph(
      'Before a flow starts, [`route`](../gray-release.md) says which version a contact reaches. `ROUTE_REFUSALS` of',
      '`sluice/releases` holds the wording.',
    ),
    refusals(ROUTED, ROUTE_REFUSALS),
    '## Refused operations',
    paragraph(
      '`operate` refuses what cannot be done to a session. `OPERATE_REFUSALS` of `sluice/interpreter` holds the wording.',
    ),
    refusals(OPERATED, OPERATE_REFUSALS),
    '## Errors of effects',
    paragraph(
      'A session that waits for an effect is told `error` where it was given up; the node takes its outcome for that. An effect',
      'that nobody waits for becomes a dead letter, whose `reason` begins with the code or names the error. Handlers and',
      'channels bring codes of their own; those of requests are listed with [`sluice/http`](../../src/adapters/http/README.md).',
    ),
    table(
      ['code', 'when'],
      ANSWERS.map(([code, when]) => [`\`${code}\``, when!]),
    ),
    '## Thrown',
    paragraph(
      'Codes of a `SluiceError`. Those of stores are listed with each: [SQLite](../../src/adapters/sqlite/README.md),',
      '[IndexedDB](../../src/adapters/indexeddb/README.md).',
    ),
    table(
      ['code', 'when', 'what to do'],
      THROWN.map(([code, when, mend]) => [`\`${code}\``, when!, mend!]),
    ),
  )
}

function refusals(
  when: { readonly [code: string]: string },
  entries: { readonly [code: string]: { readonly lift: string } },
): string {
  return table(
    ['code', 'when', 'what lifts it'],
    Object.entries(entries).map(([code, { lift }]) => [`\`${code}\``, when[code]!, lift]),
  )
}
