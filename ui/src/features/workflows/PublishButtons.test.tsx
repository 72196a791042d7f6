import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import type { Workflow } from '../../api/workflows'
import { serve, show } from '../../lib/render'
import { PublishButtons } from './PublishButtons'

const workflow = (part: Partial<Workflow>): Workflow => ({
  id: 'wf_1',
  name: 'W',
  revision: 1,
  status: 'draft',
  has_changes: true,
  held_count: 0,
  definition: { schema: 1, steps: [{ id: 'buyer', type: 'contact.upsert', name: 'Create contact' }] },
  ...part,
})

const PUBLISH = 'POST /workspaces/main/workflows/wf_1/publish'
const RESUME = 'POST /workspaces/main/workflows/wf_1/resume'

it('publishes a draft without asking when nothing was kept', async () => {
  const calls = serve({ [PUBLISH]: { body: { version: 1 } } })
  await show(<PublishButtons ws="main" workflow={workflow({})} />)
  await userEvent.click(await screen.findByRole('button', { name: 'Publish' }))
  expect(await screen.findByText('Published as v1.')).toBeDefined()
  expect(calls).toContain(`${PUBLISH} {}`)
})

it('asks what becomes of kept events before resuming', async () => {
  const calls = serve({ [RESUME]: { body: {} } })
  await show(<PublishButtons ws="main" workflow={workflow({ status: 'paused', has_changes: false, held_count: 12 })} />)
  await userEvent.click(await screen.findByRole('button', { name: 'Resume' }))
  const dialog = await screen.findByRole('dialog', { name: 'What about the 12 events kept so far?' })
  expect(calls).toEqual([])
  await userEvent.click(within(dialog).getByRole('radio', { name: /Throw them away/ }))
  await userEvent.click(within(dialog).getByRole('button', { name: 'Resume' }))
  await waitFor(() => expect(calls).toContain(`${RESUME} {"held":"discard"}`))
})

it('lists every problem that stands in the way', async () => {
  const errors = [
    { pointer: '/definition/steps/0/params/email', step: 'buyer', code: 'required', detail: 'The e-mail is empty.' },
    { pointer: '/definition/triggers', code: 'required', detail: 'Nothing starts this workflow.' },
  ]
  serve({ [PUBLISH]: { status: 422, body: { title: 'Not ready', errors } }, 'GET /node-types': { body: { items: [] } } })
  await show(<PublishButtons ws="main" workflow={workflow({})} />)
  await userEvent.click(await screen.findByRole('button', { name: 'Publish' }))
  const dialog = await screen.findByRole('dialog')
  expect(within(dialog).getByText(/The e-mail is empty/)).toBeDefined()
  expect(within(dialog).getByText(/Nothing starts this workflow/)).toBeDefined()
  expect(within(dialog).getByRole('link', { name: 'In “Create contact”' }).getAttribute('href')).toBe('#step-buyer')
})

it('offers only what the status allows', async () => {
  await show(<PublishButtons ws="main" workflow={workflow({ status: 'live', has_changes: false })} />)
  expect(await screen.findByRole('button', { name: 'Pause' })).toBeDefined()
  expect(screen.queryByRole('button', { name: /Publish/ })).toBeNull()
})
