import type { LossEntry } from '../../importer.ts'
import type { TranslatedNode } from '../shared/translated.ts'
import type { ConnectAction } from './connect-flow.ts'

const WORDS = ['Text', 'SSML', 'PromptId', 'Media']

/** What is read of actions that become nodes, by type. An action that the host does has all of it in its effect. */
const READ: { readonly [type: string]: readonly string[] } = {
  Compare: ['ComparisonValue'],
  DequeueContactAndTransferToQueue: ['QueueId', 'AgentId'],
  DisconnectParticipant: [],
  EndFlowExecution: [],
  EndFlowModuleExecution: [],
  GetParticipantInput: [
    ...WORDS,
    'StoreInput',
    'InputTimeLimitSeconds',
    'InputValidation',
    'InputEncryption',
    'EncryptionConfiguration',
    'DTMFConfiguration',
  ],
  InvokeFlowModule: ['FlowModuleId'],
  Loop: ['LoopCount'],
  MessageParticipant: WORDS,
  MessageParticipantIteratively: ['Messages', 'InterruptFrequencySeconds'],
  TransferContactToAgent: ['AgentId'],
  TransferContactToQueue: [],
  TransferParticipantToThirdParty: [
    'ThirdPartyPhoneNumber',
    'ThirdPartyConnectionTimeLimitSeconds',
    'ThirdPartyDTMFDigits',
    'ContinueFlowExecution',
    'CallerId',
  ],
  TransferToFlow: ['ContactFlowId'],
  UpdateContactAttributes: ['Attributes', 'TargetContact'],
  UpdateContactTargetQueue: ['QueueId', 'AgentId'],
  UpdateFlowAttributes: ['FlowAttributes'],
  Wait: ['TimeLimitSeconds', 'TimeoutSeconds', 'Events'],
}

/** Reports the parameters of an action that nothing here has looked at. */
export function reportUnread(
  { name, type, properties }: ConnectAction,
  node: TranslatedNode,
  loss: LossEntry[],
): void {
  const read = Object.hasOwn(READ, type) ? READ[type] : undefined
  if (read === undefined || node.type === 'custom-effect@1') return
  const unread = Object.entries(properties).flatMap(([key, value]) =>
    read.includes(key) || isEmpty(value) ? [] : [key.slice(0, 64)],
  )
  if (unread.length === 0) return
  const message = `Not brought along: ${unread.slice(0, 10).join(', ')}${unread.length > 10 ? ' and more' : ''}`
  loss.push({ severity: 'warning', code: 'import.dropped', where: name, message })
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    (typeof value === 'object' && Object.keys(value).length === 0)
  )
}
