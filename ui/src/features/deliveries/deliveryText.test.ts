import { expect, it } from 'vitest'
import { isOver } from '../../api/hooks'
import { hookLabel, noHook, resendOnly } from './deliveryText'

it.each([
  [{ name: 'CRM', event: 'tag.added', url: 'https://example.com/x?key=1' }, 'CRM'],
  [{ name: '', event: 'tag.added', url: 'https://example.com/x?key=1' }, 'Tag added → example.com/x'],
  [{ name: '', event: 'tag.added', url: 'https://example.com' }, 'Tag added → example.com'],
  [{ name: '', event: 'some.day', url: 'nowhere' }, 'some.day → nowhere'],
])('names a webhook without what is secret in its address', (hook, label) => {
  expect(hookLabel(hook)).toBe(label)
})

it('offers to send again what has ended', () => {
  expect((['succeeded', 'failed', 'canceled', 'parked'] as const).every(isOver)).toBe(true)
  expect((['queued', 'running', 'waiting', 'held'] as const).some(isOver)).toBe(false)
})

it('calls a hook deleted only when it was', () => {
  expect(noHook({ event: null })).toBe('Deleted webhook')
  expect(noHook({ event: 'tag.added' })).toBe('Webhook')
})

it('says of which webhook and event failures are sent again', () => {
  const hook = { name: 'Mailing list', event: 'tag.added', url: 'https://example.com' }
  expect(resendOnly('hk_1', hook, 'tag.added')).toBe('Mailing list, Tag added')
  expect(resendOnly('hk_1', undefined, undefined)).toBe('one webhook')
  expect(resendOnly(undefined, undefined, 'tag.added')).toBe('Tag added')
  expect(resendOnly(undefined, undefined, undefined)).toBe('')
})
