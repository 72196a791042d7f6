import { expect, it } from 'vitest'
import { events } from '../../lib/text/en/hooks'
import { aboutOf, changed, stateOf } from './hookAbout'

it.each([
  ['purchase.created', 'offer'],
  ['offer.granted', 'offer'],
  ['tag.removed', 'tag'],
  ['form.submitted', 'form'],
  ['run.failed', 'workflow'],
  ['contact.created', undefined],
  ['course.completed', undefined],
])('%s can be narrowed to one %s', (event, about) => {
  expect(aboutOf(event)).toBe(about)
})

it('says what stops a hook before what its last answer was', () => {
  expect(stateOf({ status: 'paused', health: 'failing' })).toBe('paused')
  expect(stateOf({ status: 'disabled', health: 'good' })).toBe('disabled')
  expect(stateOf({ status: 'active', health: 'failing' })).toBe('failing')
})

it('names every event once', () => {
  const all = events.flatMap(([, of]) => Object.keys(of))
  expect(new Set(all).size).toBe(all.length)
  expect(all).toHaveLength(26)
})

it('tells what was changed, and what was emptied', () => {
  expect(changed({ event: 'tag.added', name: 'New', resource_id: '' }, { event: 'tag.added', name: '', resource_id: 'tag_1' })).toEqual({ name: 'New', resource_id: '' })
})
