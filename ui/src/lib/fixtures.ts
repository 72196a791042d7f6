// Whole answers of the API for tests, which name only what they are about.
import type { Run, StepResult } from '../api/runs'
import type { Workflow } from '../api/workflows'

const START = '2026-03-01T12:00:00Z'

/** A live run of a workflow that succeeded. */
export const aRun = (part: Partial<Run> = {}): Run => ({
  id: 'run_1',
  kind: 'workflow',
  mode: 'live',
  workflow_id: 'wf_1',
  version: 1,
  status: 'succeeded',
  end_reason: '',
  trigger_id: 'start',
  request_id: null,
  event_id: null,
  contact_id: null,
  replay_of: null,
  cause_run: null,
  due_at: null,
  error: null,
  created_at: START,
  started_at: START,
  finished_at: null,
  ...part,
})

/** A step of a run that succeeded at once. */
export const aResult = (part: Partial<StepResult> = {}): StepResult => ({
  step_id: 'a',
  type: 'webhook.send',
  name: '',
  path: part.step_id ?? 'a',
  execution: 1,
  status: 'succeeded',
  attempts: [],
  port: '',
  input: null,
  output: null,
  missing: [],
  error: null,
  notes: [],
  simulated: false,
  due_at: null,
  started_at: START,
  finished_at: START,
  ...part,
})

/** A draft that was never live. */
export const aWorkflow = (part: Partial<Workflow> = {}): Workflow => ({
  id: 'wf_1',
  name: 'W',
  revision: 1,
  folder: '',
  status: 'draft',
  live_version: null,
  has_changes: false,
  held_count: 0,
  triggers: [],
  created_at: START,
  updated_at: START,
  deleted_at: null,
  ...part,
})
