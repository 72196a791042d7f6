// The workflow document, as far as reading it needs. See the server's
// engine/workflow for the whole rule.

export interface ConditionRule {
  value?: unknown
  is?: string
  to?: unknown
}

export interface ConditionGroup {
  match?: 'all' | 'any'
  rules?: (ConditionRule | ConditionGroup)[]
}

/** An expression, or rows built by clicks. */
export type Condition = string | ConditionGroup

export interface Branch {
  id: string
  name?: string
  /** Missing for the branch that takes everything else. */
  when?: Condition | null
  steps?: Step[] | null
}

/** How often a failed step is tried again; missing keys take the server's own plan. */
export interface Retry {
  /** All tries, the first included. */
  attempts?: number
  /** Waits before the second, third … try, such as "5m". */
  delays?: string[]
  backoff?: { initial: string; factor?: number; max?: string }
}

export interface OnError {
  do?: 'stop' | 'continue' | 'branch'
  /** Of `branch` only. */
  steps?: Step[] | null
}

export interface Step {
  id: string
  type: string
  /** The version of the node type that the params were written for. */
  v?: number
  name?: string
  note?: string
  disabled?: boolean
  params?: Record<string, unknown>
  branches?: Branch[] | null
  steps?: Step[] | null
  retry?: Retry | null
  on_error?: OnError | null
  repeatable?: boolean | null
}

export interface Trigger {
  id: string
  type: string
  v?: number
  name?: string
  note?: string
  disabled?: boolean
  params?: Record<string, unknown>
}

/** When a workflow may reach people; times are HH:MM in its zone. */
export interface Window {
  /** mon to sun; none means every day. */
  days?: string[] | null
  from: string
  to: string
}

export interface Settings {
  contact?: 'optional' | 'required'
  /** An IANA name, or "contact" for the contact's own; null takes the workspace's. */
  timezone?: string | null
  /** Whether a contact may come in again; absent means always. */
  reentry?: 'always' | 'after' | 'never'
  stop_on_reply?: boolean
  window?: Window | null
}

export interface Definition {
  schema: number
  settings?: Settings
  triggers?: Trigger[] | null
  steps?: Step[] | null
}

/** A stretch of text: either as written, or a mapping such as trigger.body.email. */
export interface Stretch {
  text: string
  mapping: boolean
}

/** Splits a template at its mappings; an escaped brace stays text. */
export function stretches(template: string): Stretch[] {
  const found: Stretch[] = []
  let from = 0
  for (const match of template.matchAll(/(?<!\\)\{\{(.*?)\}\}/gs)) {
    if (match.index > from) found.push({ text: template.slice(from, match.index), mapping: false })
    found.push({ text: (match[1] ?? '').trim(), mapping: true })
    from = match.index + match[0].length
  }
  if (from < template.length) found.push({ text: template.slice(from), mapping: false })
  return found
}

/** A mapping in plain words: "trigger.body.email | lower()" reads "email". */
export function mappingLabel(mapping: string): string {
  const path = /^[\w.[\]"'-]+/.exec(mapping)?.[0] ?? mapping
  const last = path.split('.').at(-1) ?? path
  return last.replaceAll('_', ' ') || mapping
}

/** All steps of a document with the lists inside them, in reading order. */
export function* walk(steps: Step[] | null | undefined): Generator<Step> {
  for (const step of steps ?? []) {
    yield step
    for (const branch of step.branches ?? []) yield* walk(branch.steps)
    yield* walk(step.steps)
    yield* walk(step.on_error?.steps)
  }
}

/** What a step is called: its own name, else what its type is called. */
export function stepName(step: { name?: string; type: string }, typeName: string): string {
  return step.name?.trim() || typeName
}
