import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { show } from '../../lib/render'
import { WatchNote } from './WatchNote'

const inAnHour = () => new Date(Date.now() + 5_400_000 - 60_000).toISOString()
const watch = (more: object) => ({ kind: 'poll' as const, active: true, next_at: inAnHour(), done_at: null, failures: 0, error: '', ...more })

it('says when a trigger acts next', async () => {
  await show(<WatchNote watch={watch({ kind: 'schedule' })} />)
  expect(screen.getByText(/Starts next/).textContent).toMatch(/Starts next in \d hours?\./)
})

it('says why a service could not be asked, and when it is again', async () => {
  await show(<WatchNote watch={watch({ failures: 3, error: 'The service answered 401.' })} />)
  const note = screen.getByText(/could not be asked/).closest('[role=status]')
  expect(note?.textContent).toMatch(/could not be asked.*The service answered 401\. 3 tries failed\. Asked again in \d hours?\./)
})

it('is silent while the workflow is not live', async () => {
  await show(<WatchNote watch={watch({ active: false, failures: 3, error: 'The service answered 401.' })} />)
  expect(screen.queryByText(/401/)).toBeNull()
})
