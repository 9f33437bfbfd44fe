/**
 * Names under which credentials travel, as headers, parameters and form fields have them; written without separators and
 * in small letters. They are told by their names, not by a declaration: it is the author of a flow who names the entries
 * of a record, so that the node type cannot know which of them is the key; and a host that forgets to declare its own
 * records must not give its customers' keys away for that.
 */
const NAMES: ReadonlySet<string> = new Set([
  'auth',
  'bearer',
  'hmac',
  'jwt',
  'key',
  'otp',
  'pass',
  'passcode',
  'passphrase',
  'passwd',
  'pin',
  'pwd',
  'secrets',
  'sessionid',
  'sig',
  'tokens',
  'xauth',
])

/** What such a name may end with, whatever stands before: `X-Shop-Api-Key`, `client_secret`, `userPassword`. */
const ENDINGS = [
  'accesskey',
  'accountkey',
  'apikey',
  'apikeys',
  'appkey',
  'applicationkey',
  'authkey',
  'authorization',
  'clientkey',
  'consumerkey',
  'cookie',
  'credential',
  'credentials',
  'encryptionkey',
  'functionskey',
  'integrationkey',
  'masterkey',
  'password',
  'passwords',
  'privatekey',
  'routingkey',
  'secret',
  'secretkey',
  'servicekey',
  'sharedkey',
  'signature',
  'signingkey',
  'subscriptionkey',
  'token',
  'webhookkey',
]

/** True for the name of a credential: `Authorization`, `api_key`, `X-Amz-Signature`. */
export function namesCredential(name: string): boolean {
  const plain = name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  return NAMES.has(plain) || ENDINGS.some((ending) => plain.endsWith(ending))
}
