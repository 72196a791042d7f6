import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import type { Run, RunStatus } from '../../api/runs'
import { aRun } from '../../lib/fixtures'
import { serve, show } from '../../lib/render'
import { RunButtons } from './RunButtons'

const run = (status: RunStatus): Run => aRun({ status })
const RETRY = 'POST /workspaces/main/runs/run_1/retry'

it('sends nothing before a person has said what became of a parked step', async () => {
  const calls = serve({ [RETRY]: { status: 202, body: {} } })
  await show(<RunButtons ws="main" run={run('parked')} />)
  await userEvent.click(await screen.findByRole('button', { name: 'Decide' }))
  const dialog = await screen.findByRole('dialog', { name: 'Did it arrive?' })
  const go = within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Go on' })
  expect(go.disabled).toBe(true)
  await userEvent.click(within(dialog).getByRole('radio', { name: /Yes, it arrived/ }))
  await userEvent.click(go)
  await waitFor(() => expect(calls).toContain(`${RETRY} {"outcome":"done"}`))
})

it('continues a failed run from its failed step', async () => {
  const calls = serve({ [RETRY]: { status: 202, body: {} } })
  await show(<RunButtons ws="main" run={run('failed')} />)
  await userEvent.click(await screen.findByRole('button', { name: 'Continue from failed step' }))
  await waitFor(() => expect(calls).toContain(`${RETRY} {}`))
})

it('says why a run could not be stopped', async () => {
  serve({ 'POST /workspaces/main/runs/run_1/cancel': { status: 409, body: { detail: 'The run has already ended.' } } })
  await show(<RunButtons ws="main" run={run('running')} />)
  await userEvent.click(await screen.findByRole('button', { name: 'Stop this run' }))
  expect(await screen.findByText('The run has already ended.')).toBeDefined()
})

it.each([
  ['succeeded', ['Run again']],
  ['failed', ['Run again', 'Continue from failed step']],
  ['running', ['Stop this run']],
  ['held', ['Stop this run']],
] as const)('a %s run offers %j', async (status, names) => {
  await show(<RunButtons ws="main" run={run(status)} />)
  await screen.findByRole('button', { name: names[0] })
  expect(screen.getAllByRole('button').map((b) => b.textContent)).toEqual(names)
})
