/** How the host does an action that has no node type of its own here. */
export interface EffectAction {
  /** True where the flow waits for what comes of it, whatever its transitions say. */
  readonly waits?: true
  /** The property that holds the seconds to wait. */
  readonly timeout?: string
}

const AT_ONCE: EffectAction = {}
const WAITS: EffectAction = { waits: true }

/** Actions that the host does, by type. */
export const EFFECT_ACTIONS: { readonly [type: string]: EffectAction } = {
  AssociateContactToCustomerProfile: WAITS,
  AuthenticateParticipant: WAITS,
  CheckHoursOfOperation: WAITS,
  CheckMetricData: WAITS,
  CheckOutboundCallStatus: WAITS,
  CheckVoiceId: WAITS,
  CompleteOutboundCall: WAITS,
  ConnectParticipantWithLexBot: WAITS,
  CreateCallbackContact: WAITS,
  CreateCase: WAITS,
  CreateCustomerProfile: WAITS,
  CreatePersistentContactAssociation: WAITS,
  CreateTask: WAITS,
  CreateWisdomSession: WAITS,
  DistributeByPercentage: WAITS,
  GetCalculatedAttributesForCustomerProfile: WAITS,
  GetCase: WAITS,
  GetCustomerProfile: WAITS,
  GetCustomerProfileObject: WAITS,
  GetMetricData: WAITS,
  InvokeFlowModule: WAITS,
  InvokeLambdaFunction: { waits: true, timeout: 'InvocationTimeLimitSeconds' },
  LoadContactContent: WAITS,
  ResumeContact: AT_ONCE,
  SendMessage: WAITS,
  ShowView: { waits: true, timeout: 'InvocationTimeLimitSeconds' },
  StartOutboundChatContact: WAITS,
  StartOutboundEmailContact: WAITS,
  StartVoiceIdStream: WAITS,
  TagContact: AT_ONCE,
  TransferToFlow: WAITS,
  UnTagContact: AT_ONCE,
  UntagContact: AT_ONCE,
  UpdateCase: WAITS,
  UpdateContactAttributes: AT_ONCE,
  UpdateContactCallbackNumber: WAITS,
  UpdateContactData: AT_ONCE,
  UpdateContactEventHooks: AT_ONCE,
  UpdateContactMediaProcessing: AT_ONCE,
  UpdateContactMediaStreamingBehavior: AT_ONCE,
  UpdateContactRecordingAndAnalyticsBehavior: AT_ONCE,
  UpdateContactRecordingBehavior: AT_ONCE,
  UpdateContactRoutingBehavior: AT_ONCE,
  UpdateContactTextToSpeechVoice: AT_ONCE,
  UpdateCustomerProfile: WAITS,
  UpdateFlowLoggingBehavior: AT_ONCE,
  UpdatePreviousContactParticipantState: AT_ONCE,
  UpdateRoutingCriteria: AT_ONCE,
  Wait: WAITS,
}

/** The effect that stands for an action, as in `connect.invoke-lambda-function`. */
export function effectOf(type: string): string {
  return `connect.${type.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase()}`
}
