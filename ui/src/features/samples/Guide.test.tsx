import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import type { Workflow } from '../../api/workflows'
import type { Trigger } from '../../lib/definition'
import { serve, show } from '../../lib/render'
import { Guide } from './Guide'

const workflow = { id: 'wf_1', status: 'draft' } as Workflow
const trigger = { id: 'tr_1', params: {} } as unknown as Trigger

const guide = async (items: object[]) => {
  serve({
    'GET /senders': { body: { items: [] } },
    'GET /workspaces/shop/requests?workflow_id=wf_1&limit=25': { body: { items, next_cursor: '' } },
  })
  await show(<Guide ws="shop" workflow={workflow} trigger={trigger} url="https://example.com/in" />)
  return waitFor(() => screen.getByRole<HTMLDetailsElement>('group'))
}

it('is open until an event has come, and does as it is told then', async () => {
  const details = await guide([])
  expect(details.open).toBe(true)
  // What a browser tells of one that is put in open.
  details.dispatchEvent(new Event('toggle'))
  expect(details.open).toBe(true)
  const summary = details.querySelector('summary')!
  await userEvent.click(summary)
  await waitFor(() => expect(details.open).toBe(false))
  await userEvent.click(summary)
  await waitFor(() => expect(details.open).toBe(true))
})

it('is folded once an event has come', async () => {
  const details = await guide([{ id: 'req_1', trigger_id: 'tr_1', verdict: 'accepted' }])
  expect(details.open).toBe(false)
})
