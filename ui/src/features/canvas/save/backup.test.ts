import { afterEach, expect, it } from 'vitest'
import type { Definition } from '../../../lib/definition'
import { dropBackup, keepBackup, readBackup } from './backup'

const definition: Definition = {
  schema: 1,
  triggers: [{ id: 't', type: 'webhook.catch', params: { signature: { scheme: 'stripe', secret: 'whsec_plain' } } }],
  steps: [{ id: 'a', type: 'x.y', params: { n: 1, token: { $secret: 'sec_1' } } }],
}
const secrets = (type: string) => (type === 'webhook.catch' ? ['secret'] : ['token'])

afterEach(() => localStorage.clear())

it('gives back what was kept, but for secrets as typed', () => {
  keepBackup('main', 'wf_1', { revision: 3, draft: { name: 'W', definition } }, secrets)
  expect(JSON.stringify({ ...localStorage })).not.toContain('whsec_plain')
  const kept = readBackup('main', 'wf_1')
  expect([kept?.revision, kept?.draft.name]).toEqual([3, 'W'])
  expect(kept?.draft.definition.steps?.[0]?.params).toEqual({ n: 1, token: { $secret: 'sec_1' } })
  expect(readBackup('main', 'wf_2')).toBeUndefined()
  dropBackup('main', 'wf_1')
  expect(readBackup('main', 'wf_1')).toBeUndefined()
})

it.each(['', '{', '[]', 'null', '{"revision":"1"}', '{"revision":1,"name":"W"}'])('takes %j as nothing', (text) => {
  localStorage.setItem('hookloom.draft.main.wf_1', text)
  expect(readBackup('main', 'wf_1')).toBeUndefined()
})
