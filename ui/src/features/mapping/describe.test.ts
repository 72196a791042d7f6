import { expect, it } from 'vitest'
import { parseJson } from '../../lib/json'
import { requestScope, type RequestDetail } from '../samples'
import { describe, type Knowledge } from './describe'
import { lookUp, sourcesOf, type Material } from './sources'

const body = parseJson('{"id":820982911946154508,"data":{"object":{"customer_details":{"email":"ada@example.com"}}},"Your e-mail?":"x","a.b":{"ü":[1,2]}}')
const request: RequestDetail = {
  id: 'req_1', workflow_id: 'wf', trigger_id: 'sale', verdict: 'accepted', reason: '', method: 'POST', path: '/', query: 'utm=x&tag=a&tag=b',
  content_type: 'application/json', size: 1, ip: '203.0.113.7', test: false, fields: [], status: 200, run_ids: [], duplicate_of: null, notes: [], count: 1, received_at: '2026-01-31T09:00:00Z',
  headers: { 'user-agent': ['Example/1.0'], accept: ['a', 'b'] }, body: { kind: 'json', value: body },
}
const definition: Material['definition'] = {
  schema: 1,
  triggers: [{ id: 'sale', type: 'webhook.catch', name: 'New sale' }, { id: 'form', type: 'webhook.catch', name: 'Sign-up form' }],
  steps: [
    { id: 'buyer', type: 'contact.upsert', name: 'Create contact' },
    { id: 'each', type: 'flow.loop', params: { items: '{{ trigger.body["a.b"]["ü"] }}' }, steps: [{ id: 'inner', type: 'x' }] },
    { id: 'last', type: 'x' },
  ],
}
const material: Material = {
  definition, stepId: 'last', trigger: definition.triggers?.[0], request, runs: [], customValues: [{ id: 'v', key: 'support', name: 'Support', value: 'help@example.com', updated_at: '2026-01-31T09:00:00Z' }],
  contactFields: [], nodeType: (type) => ({ type, kind: '', name: type, group: '', icon: '', summary: '', sample: type === 'contact.upsert' ? { created: true } : undefined }),
}
const known = (more: Partial<Material> = {}, rest: Partial<Knowledge> = {}): Knowledge => ({
  sources: sourcesOf({ ...material, ...more }), definition, recent: [], others: [], ...rest,
})

it('shows the step, a friendly label and the sample value', () => {
  expect(describe('trigger.body.data.object.customer_details.email | lower()', known())).toMatchObject({
    source: 'New sale', label: 'Customer e-mail', sample: 'ada@example.com', state: 'fine', calls: ['lower'],
  })
  expect(describe('steps.buyer.created', known())).toMatchObject({ source: '1. Create contact', label: 'Created', sample: 'true' })
  expect(describe('custom_values.support', known())).toMatchObject({ source: 'Custom values', sample: 'help@example.com' })
})

it('shows big integers exactly, and reads every kind of key', () => {
  expect(describe('trigger.body.id', known()).sample).toBe('820982911946154508')
  expect(describe('trigger.body["Your e-mail?"]', known())).toMatchObject({ label: 'Your e-mail?', sample: 'x' })
  expect(describe('trigger.body["a.b"]["ü"][1]', known()).sample).toBe('2')
  expect(describe('trigger.query.tag', known()).sample).toBe('2 entries')
})

it('is red when the sample lacks the value, and when the step is gone or comes later', () => {
  expect(describe('trigger.body.gone', known())).toMatchObject({ state: 'missing' })
  expect(describe('trigger.body.gone | default("x")', known())).toMatchObject({ state: 'fine' })
  expect(describe('steps.nobody.x', known())).toMatchObject({ state: 'missing', why: expect.stringContaining('not in the workflow') })
  expect(describe('steps.last.x', known())).toMatchObject({ state: 'missing', why: expect.stringContaining('later') })
})

it('is amber when recent events lacked it, or another trigger does', () => {
  const scope = requestScope(request, { id: 'sale', type: 'webhook.catch' })
  expect(describe('trigger.body.id', known({}, { recent: [scope, { body: {} }] }))).toMatchObject({ state: 'drifted', why: expect.stringContaining('1 of the last 2 events') })
  const others = [{ id: 'form', name: 'Sign-up form', value: { body: { other: 1 } } }]
  expect(describe('trigger.body.id', known({}, { others }))).toMatchObject({ state: 'drifted', why: 'Empty when started by Sign-up form.', lackedBy: ['form'] })
  expect(describe('first(trigger.body.id, trigger.body.other)', known({}, { others }))).toMatchObject({ state: 'fine', lackedBy: [], label: 'ID or 1 other' })
})

it('gives the first item of the list to what is inside a loop', () => {
  expect(lookUp(sourcesOf({ ...material, stepId: 'inner' }), ['loop', 'item'])?.value).toBe(1)
  expect(describe('steps.inner.x', known({ stepId: 'last' })).state).toBe('drifted')
})

it('knows the names that other tools use', () => {
  expect(describe('inboundWebhookRequest["Your e-mail?"]', known()).sample).toBe('x')
  expect(describe('inboundWebhookRequest.utm', known()).sample).toBe('x')
  expect(describe('location.name', known({ workspace: { name: 'Acme' } })).sample).toBe('Acme')
})
