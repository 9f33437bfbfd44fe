import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/index.ts'
import { paletteType } from './node-fixtures.ts'

const OPTIONS = [{ value: '1' }, {}, null, { value: '' }, { value: 2 }]

describe('the outcomes of a node that is half filled in', () => {
  it.each<[string, JsonObject, string[]]>([
    ['menu', {}, ['noMatch']],
    ['menu', { options: 'none yet' }, ['noMatch']],
    ['menu', { options: OPTIONS, timeout: '' }, ['1', 'noMatch']],
    ['menu', { options: OPTIONS, timeout: null }, ['1', 'noMatch']],
    ['menu', { options: OPTIONS, timeout: '1s' }, ['1', 'noMatch', 'timeout']],
    ['menu', { countFailures: true }, ['strikeOut']],
    ['menu', { countFailures: true, retries: 2 }, ['noMatch1', 'noMatch2', 'strikeOut']],
    ['menu', { countFailures: true, retries: 1, timeout: '1s' }, ['noMatch1', 'timeout1', 'strikeOut']],
    ['menu', { countFailures: true, retries: 'many' }, ['strikeOut']],
    ['menu', { countFailures: true, retries: -1 }, ['strikeOut']],
    ['collect-input', {}, ['valid']],
    ['collect-input', { accept: '', pattern: '', minLength: null, timeout: '' }, ['valid']],
    ['collect-input', { min: 1, max: 2 }, ['valid']],
    ['collect-input', { countFailures: true, retries: 3 }, ['valid']],
    ['collect-input', { accept: 'text', pattern: 'a' }, ['valid', 'invalid']],
    ['collect-input', { minLength: 0 }, ['valid', 'invalid']],
    ['collect-input', { maxLength: 3 }, ['valid', 'invalid']],
    ['collect-input', { accept: 'number' }, ['valid', 'invalid']],
    ['collect-input', { timeout: '1s' }, ['valid', 'timeout']],
    ['branch', {}, ['else']],
    ['branch', { rules: [{ outcome: 'a' }, {}, null, { outcome: '' }], default: 'b' }, ['a', 'b']],
    ['branch', { rules: 7, default: 7 }, ['else']],
    ['call-subflow', {}, ['done']],
    ['call-subflow', { outcomes: ['paid', '', 7, 'done', 'paid'] }, ['paid', 'done']],
    ['wait-for-event', { timeout: '' }, ['received']],
    ['send-message', {}, ['next']],
    ['evaluate', {}, ['next']],
    ['evaluate', { choices: [] }, ['next']],
    ['evaluate', { choices: OPTIONS }, ['1', 'other']],
    ['jump', {}, ['jump', 'exceeded']],
    ['jump', { flow: '' }, ['jump', 'exceeded']],
    ['jump', { flow: 'other' }, []],
    ['loop', { list: 7 }, ['each', 'done']],
    ['receive-message', {}, ['received']],
    ['receive-message', { channels: ['sms'], timeout: '1s' }, ['received', 'timeout']],
    ['receive-message', { byChannel: true }, ['received']],
    ['receive-message', { byChannel: true, channels: 'sms' }, ['received']],
    ['receive-message', { byChannel: true, channels: ['', null] }, ['received']],
    ['receive-message', { byChannel: true, channels: ['sms', '', 5, 'web'] }, ['sms', 'web']],
    ['send-card', {}, ['next']],
    ['send-card', { expiry: '1h' }, ['next']],
    ['send-card', { buttons: OPTIONS }, ['1', 'failed']],
    ['send-card', { buttons: OPTIONS, expiry: '1h' }, ['1', 'expired', 'failed']],
    ['push-notification', { await: '' }, ['next']],
    ['push-notification', { await: 'accepted' }, ['sent', 'failed', 'timeout']],
    ['parse-data', { values: 'none' }, ['parsed', 'failed']],
    ['script', {}, ['done', 'failed', 'timeout']],
  ])('%s with %j', (type, config, outcomes) => {
    expect(paletteType(type).runtime.outcomes(config)).toEqual(outcomes)
  })
})
