import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import type { StepResult } from '../../api/runs'
import { aResult } from '../../lib/fixtures'
import { parseJson } from '../../lib/json'
import { serve, show } from '../../lib/render'
import { StepCard } from './StepCard'

const step = (part: Partial<StepResult>): StepResult => aResult({ finished_at: '2026-03-01T12:00:00.2Z', ...part })

it('opens a failed step by itself, with every attempt', async () => {
  serve({})
  await show(
    <StepCard
      step={step({
        status: 'failed',
        error: { code: 'http_status', message: 'The server answered 500.', detail: 'HTTP 500' },
        attempts: [1, 2].map((number) => ({ number, started_at: '2026-03-01T12:00:00Z', finished_at: '2026-03-01T12:00:01Z', error: { code: 'http_status', message: 'The server answered 500.' } })),
      })}
    />,
  )
  expect((await screen.findAllByText(/The server answered 500/)).length).toBe(3)
  expect(screen.getByText('2 attempts')).toBeDefined()
})

it('shows input beside output without rounding', async () => {
  serve({})
  const { container } = await show(<StepCard step={step({ input: parseJson('{"id":820982911946154508}'), output: { ok: true }, missing: ['trigger.body.phone'] })} />)
  await userEvent.click((await screen.findByText('Send data (webhook)')).closest('summary')!)
  expect(await screen.findByText(/820982911946154508/)).toBeDefined()
  expect(container.textContent).toContain('trigger.body.phone')
})

it('shows a long value in part, the rest on request', async () => {
  serve({})
  const { container } = await show(<StepCard step={step({ status: 'failed', output: { text: 'x'.repeat(100_000) } })} />)
  await screen.findByText('Show all 100,000 characters')
  expect(container.textContent!.length).toBeLessThan(60_000)
  await userEvent.click(screen.getByText('Show all 100,000 characters'))
  expect(container.textContent!.length).toBeGreaterThan(100_000)
})
