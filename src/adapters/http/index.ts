export type { AddressOptions } from './address-guard.ts'
export { type HttpChannelOptions, httpChannel } from './http-channel.ts'
export { type HttpRequestsOptions, httpRequests } from './http-requests.ts'
export type { WebhookSecret } from './webhook-keys.ts'
export {
  signWebhook,
  verifyWebhook,
  type WebhookHeaders,
  type WebhookToSign,
  type WebhookToVerify,
  type WebhookVerdict,
  type WebhookVerdictCode,
} from './webhook-signature.ts'
