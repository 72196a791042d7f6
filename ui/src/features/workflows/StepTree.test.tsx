import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { serve, show } from '../../lib/render'
import { StepTree } from './StepTree'

it('reads a document with branches, loop, error path and a secret', async () => {
  serve({ 'GET /node-types': { body: { items: [{ type: 'contact.upsert', name: 'x', fields: [{ key: 'email', label: 'E-mail' }] }] } } })
  const { container } = await show(
    <StepTree
      steps={[
        { id: 'a', type: 'contact.upsert', params: { email: 'To {{ trigger.body.email | lower() }}', key: { $secret: 'sec_1' }, blank: '' } },
        {
          id: 'b',
          type: 'flow.branch',
          branches: [
            { id: 'vip', name: 'VIP', when: { match: 'any', rules: [{ value: '{{ contact.tags }}', is: 'has_tag', to: 'vip' }, { value: '{{ x.sum }}', is: 'more_than', to: 100 }] }, steps: [] },
            { id: 'rest', steps: [{ id: 'c', type: 'webhook.send', on_error: { do: 'branch', steps: [{ id: 'd', type: 'flow.stop' }] } }] },
          ],
        },
      ]}
    />,
  )
  await screen.findByText('E-mail')
  const words = container.textContent ?? ''
  for (const part of ['Create or update contact', 'To email', '••••••', 'VIP', 'tags has the tag vip or sum is more than 100', 'Nothing happens, continues below', 'Otherwise', 'Send data (webhook)', 'If this step fails', 'Stop here']) {
    expect(words).toContain(part)
  }
  expect(words).not.toContain('sec_1')
  expect(words).not.toContain('blank')
})

it('shows hostile values as text', async () => {
  serve({})
  const evil = '<img src=x onerror=alert(1)>'
  const { container } = await show(<StepTree steps={[{ id: 'a', type: 'x.y', name: evil, params: { a: evil } }]} />)
  await screen.findAllByText(evil)
  expect(container.querySelector('img')).toBeNull()
})
