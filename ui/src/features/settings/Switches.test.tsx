import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import type { WorkspaceDetail } from '../../api/settings'
import { serve, show } from '../../lib/render'
import { Switches } from './Switches'

const workspace = { slug: 'shop', sandbox: false, features: {} } as WorkspaceDetail

it('asks before deliveries are ended, and not before they are let through', async () => {
  const calls = serve({ 'PATCH /workspaces/shop': { body: workspace } })
  const outgoing = () => screen.getByRole('switch', { name: /Send webhooks/ })
  const view = await show(<Switches ws="shop" workspace={workspace} />)
  await userEvent.click(outgoing())
  await screen.findByRole('dialog', { name: 'Stop sending webhooks?' })
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(calls).toEqual([])
  await userEvent.click(outgoing())
  await userEvent.click(await screen.findByRole('button', { name: 'Stop sending webhooks' }))
  await waitFor(() => expect(calls).toEqual(['PATCH /workspaces/shop {"features":{"outgoing_webhooks":false}}']))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  view.unmount()
  await show(<Switches ws="shop" workspace={{ ...workspace, features: { outgoing_webhooks: false } }} />)
  await userEvent.click(outgoing())
  await waitFor(() => expect(calls).toHaveLength(2))
  expect(calls[1]).toContain('true')
  expect(screen.queryByRole('dialog')).toBeNull()
})
