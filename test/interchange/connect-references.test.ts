import { describe, expect, it, test } from 'vitest'
import { isDynamic, piecesOf } from '../../src/interchange/importers/amazon-connect/paths.ts'
import { action, bring, bye, connect, play, say } from './connect.ts'

const lambda = (name: string, next: string) =>
  action(name, 'InvokeLambdaFunction', { LambdaFunctionARN: 'arn:aws:lambda:x' }, { next })
const ask = action(
  'ask',
  'GetParticipantInput',
  { Text: '?', StoreInput: 'True', InputValidation: { CustomValidation: { MaximumLength: '4' } } },
  { next: 'look' },
)

const read = (reference: string) => bring(connect(ask, lambda('look', 'tell'), say('tell', reference), bye))

describe('a path', () => {
  test.each([
    ['$.External.name', '{{default(nodes.look.body.name, "")}}'],
    ["$.External['first name']", '{{default(nodes.look.body["first name"], "")}}'],
    ['$.External.order.lines', '{{default(nodes.look.body.order.lines, "")}}'],
    ['$.Attributes.tier', '{{tier}}'],
    ["$.Attributes['tier']", '{{tier}}'],
    ["$['Attributes']['tier']", '{{tier}}'],
    ['$.StoredCustomerInput', '{{StoredCustomerInput}}'],
    ['$.CustomerCallbackNumber', '{{CustomerCallbackNumber}}'],
    ['$.FlowAttributes.x', '{{FlowAttributes_x}}'],
    ['$.CustomerEndpoint.Address', '{{trigger.from}}'],
    ['$.SystemEndpoint.Address', '{{trigger.to}}'],
    ['$.ContactId', '{{session.id}}'],
    ['$.Channel', '{{trigger.channel}}'],
    ['$.LanguageCode', '{{session.language}}'],
    ['$.Queue.Name', '{{default(trigger.data.Queue_Name, "")}}'],
    ['$.Agent.UserName', '{{default(trigger.data.Agent_UserName, "")}}'],
    ['Hello $.Attributes.tier.', 'Hello {{tier}}.'],
    ['Costs $5 or $.50, {{not ours}}', 'Costs $5 or $.50, {{ "{{" }}not ours}}'],
  ])('%s is %s', (reference, template) => {
    const { config, errors } = read(reference)
    expect(errors).toEqual([])
    expect(config('tell')?.prompt).toBe(template)
  })

  it('of a position in a list is asked for with care', () => {
    const { config, errors } = read('$.External.list[0].name')
    expect(errors).toEqual([])
    expect(config('tell')?.prompt).toContain('isList(default(nodes.look.body.list, null))')
  })

  it('that names no single value reads as nothing, and is reported', () => {
    for (const reference of ['$.Attributes', '$.External', '$.Queue']) {
      const { config, errors, loss } = read(`a${reference}`)
      expect(errors).toEqual([])
      expect(loss.filter(({ severity }) => severity === 'warning')).toMatchObject([
        { code: 'import.effect' },
        { code: 'import.reference', where: 'tell.Text' },
      ])
      expect(config('tell')?.prompt).toBe('a')
    }
  })

  it('with a name that is no key gets another one, which is reported', () => {
    const { config, lost } = read("$.Attributes['first-name'] $.Attributes.in")
    expect(config('tell')?.prompt).toBe('{{first_name}} {{in_2}}')
    expect(lost).toContain('import.renamed first-name')
    expect(lost).toContain('import.renamed in')
  })

  it('takes texts apart at paths alone', () => {
    expect(piecesOf('$. $.1 $ $a')).toEqual([{ words: '$. $.1 $ $a' }])
    expect(isDynamic('$["__proto__"]')).toBe(true)
    const begun = performance.now()
    piecesOf('$.a['.repeat(100_000))
    piecesOf(`$.${'a-'.repeat(100_000)}`)
    expect(performance.now() - begun).toBeLessThan(2_000)
  })
})

describe('what several invocations bring', () => {
  const again = connect(lambda('one', 'two'), lambda('two', 'tell'), say('tell', 'Hi $.External.name'), bye)

  it('stands in a variable, as the last of them left it', () => {
    const { config, flow } = bring(again)
    expect(config('tell')?.prompt).toBe('Hi {{default(External.name, "")}}')
    expect(flow.settings.variables?.slice(1)).toMatchObject([{ name: 'External', type: 'any' }])
    play(again)
      .answer('one', { body: { outcome: 'done', name: 'Ada' } })
      .answer('two', { body: { outcome: 'done', name: 'Bob' } })
      .expectSaid('Hi Bob')
  })

  it('comes from outside where it is read before', () => {
    const early = connect(say('tell', 'Hi $.External.name', 'one'), lambda('one', 'bye'), bye)
    expect(bring(early).lost).toContain('import.reference StartAction')
    play(early, { data: { External: { name: 'Cy' } } }).expectSaid('Hi Cy')
  })

  it('goes along into another flow, with the attributes', () => {
    const transfer = action('go', 'TransferToFlow', {
      ContactFlowId: 'arn:aws:connect:x:1:i/2/contact-flow/f-9',
    })
    const set = action('set', 'UpdateContactAttributes', { Attributes: { a: '1' } }, { next: 'look' })
    const { config } = bring(connect(set, lambda('look', 'go'), transfer))
    expect(config('go')).toEqual({
      flow: 'f-9',
      inputs: { HandedOver: '[{"$.External": External, "a": a}]' },
    })
  })

  it('may be longer than an operator row, and of any kind', () => {
    const text = Array.from({ length: 40 }, (_, i) => `$.Attributes.a${i}`).join(' ')
    const set = action('set', 'UpdateContactAttributes', { Attributes: { all: text } }, { next: 'tell' })
    expect(bring(connect(set, say('tell', '$.Attributes.all'), bye)).errors).toEqual([])
  })
})
