import { expect, it } from 'vitest'
import type { StepResult, StepStatus } from '../../api/runs'
import type { Step } from '../../lib/definition'
import { aResult } from '../../lib/fixtures'
import { replayPlan } from './replayPlan'

const row = (step_id: string, type: string, status: StepStatus, path = step_id): StepResult => aResult({ step_id, type, path, status })
const journal = [row('branch', 'flow.branch', 'succeeded'), row('grant', 'offer.grant', 'succeeded'), row('send', 'webhook.send', 'failed')]
const steps: Step[] = [
  { id: 'branch', type: 'flow.branch', branches: [{ id: 'vip', steps: [{ id: 'grant', type: 'offer.grant' }] }] },
  { id: 'send', type: 'webhook.send' },
  { id: 'tag', type: 'contact.add_tag' },
  { id: 'off', type: 'contact.add_tag', disabled: true },
]
const effects = (type: string) => !type.startsWith('flow.')
const fates = (asNew: boolean) => replayPlan(journal, steps, asNew, effects).map((p) => `${p.key}:${p.fate}`)

it('leaves out what was done, does what was not, and names what is new', () => {
  expect(fates(false)).toEqual(['grant:done', 'send:again', 'tag:fresh'])
})

it('does everything once more when asked to', () => {
  expect(fates(true)).toEqual(['grant:again', 'send:again', 'tag:fresh'])
})

it('plans by the journal alone when the workflow is gone', () => {
  expect(replayPlan(journal, undefined, false, effects)).toHaveLength(2)
})
