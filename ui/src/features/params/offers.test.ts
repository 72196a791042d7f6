import { expect, it } from 'vitest'
import type { Suggestion } from './api'
import { askedAs, offersFor } from './offers'

const suggestion = (field: string): Suggestion => ({ field, template: `{{ trigger.body.${field} }}`, label: field, sample: 'x', by: 'name' })
const [email, phone, name] = ['email', 'phone', 'name'].map(suggestion) as [Suggestion, Suggestion, Suggestion]
const find = (params: object, ...found: Suggestion[]) => offersFor('contact.find', ['by', 'value', 'if_missing'], { ...params }, found).map((o) => ({ [o.field]: o.template, ...o.besides }))

it('offers what fits into fields that are empty', () => {
  const offers = offersFor('contact.upsert', ['email', 'name'], { name: 'Ada' }, [email, phone, name])
  expect(offers).toEqual([email])
})

it.each([
  ['by e-mail first', {}, [phone, email], [{ value: '{{ trigger.body.email }}', by: 'email' }]],
  ['by phone when there is no e-mail', {}, [name, phone], [{ value: '{{ trigger.body.phone }}', by: 'phone' }]],
  ['by what was chosen', { by: 'phone' }, [email, phone], [{ value: '{{ trigger.body.phone }}', by: 'phone' }]],
  ['not by what is not there', { by: 'phone' }, [email], []],
  ['not by a name', {}, [name], []],
  ['not over a value', { value: 'ada@example.com' }, [email], []],
])('looks a contact up %s', (_how, params, found, want) => expect(find(params, ...found)).toEqual(want))

it('asks for a lookup what a new contact would be made from', () => {
  expect(['contact.find', 'contact.upsert', 'offer.grant'].map(askedAs)).toEqual(['contact.upsert', 'contact.upsert', 'offer.grant'])
})
