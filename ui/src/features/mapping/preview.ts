// What templates and conditions give, as the server says. Fields that ask at
// the same moment share one call.
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../api/http'

/** One thing read by a mapping. */
export interface Read {
  path: string[]
  label: string
  state: 'value' | 'empty' | 'missing'
  text?: string
  why?: string
}

export interface PreviewError {
  pointer: string
  offset: number
  line: number
  column: number
  code: string
  message: string
}

/** What a template gives. */
export interface FieldPreview {
  value?: unknown
  text?: string
  type?: string
  cut?: boolean
  blank?: boolean
  /** A sentence, when it is blank. */
  why?: string
  omitted?: boolean
  /** The message of stop(). */
  stops?: string
  missing?: string[]
  notes?: string[]
  reads?: Read[]
  errors?: PreviewError[]
}

/** How one row of a condition turned out; met is null while it is not complete. */
export interface RulePreview {
  pointer: string
  met: boolean | null
  value?: unknown
  to?: unknown
  note?: string
  rules?: RulePreview[]
  errors?: PreviewError[]
}

export interface ConditionPreview {
  met: boolean | null
  rules?: RulePreview[]
  errors?: PreviewError[]
}

/** Where, and with which sample. */
export interface PreviewPlace {
  ws: string
  workflowId: string
  revision: number
  /** Undefined for a trigger's own fields. */
  step?: string
  trigger?: string
  requestId?: string
  runId?: string
}

interface Waiting {
  kind: 'values' | 'conditions'
  what: unknown
  resolve: (answer: unknown) => void
  reject: (error: unknown) => void
}

/** Fields that ask within this time share a call. */
const GATHER_MS = 25
/** So many are asked for in one call. */
const MOST = 40

const queues = new Map<string, Waiting[]>()

function ask(place: PreviewPlace, kind: Waiting['kind'], what: unknown): Promise<unknown> {
  const key = JSON.stringify(place)
  return new Promise((resolve, reject) => {
    const queue = queues.get(key)
    if (queue) queue.push({ kind, what, resolve, reject })
    else {
      queues.set(key, [{ kind, what, resolve, reject }])
      setTimeout(() => {
        const waiting = queues.get(key) ?? []
        queues.delete(key)
        for (let i = 0; i < waiting.length; i += MOST) void send(place, waiting.slice(i, i + MOST))
      }, GATHER_MS)
    }
  })
}

interface Answer {
  values?: Record<string, FieldPreview>
  conditions?: Record<string, ConditionPreview>
}

async function send(place: PreviewPlace, waiting: Waiting[]): Promise<void> {
  const body: Record<string, unknown> = { step: place.step, trigger: place.trigger, request_id: place.requestId, run_id: place.runId, values: {}, conditions: {} }
  waiting.forEach((one, index) => {
    ;(body[one.kind] as Record<string, unknown>)[`p${index}`] = one.what
  })
  try {
    const answer = await call<Answer>('POST', `/workspaces/${encodeURIComponent(place.ws)}/workflows/${encodeURIComponent(place.workflowId)}/preview`, { body })
    waiting.forEach((one, index) => one.resolve(answer[one.kind]?.[`p${index}`] ?? {}))
  } catch (error) {
    for (const one of waiting) one.reject(error)
  }
}

const common = { staleTime: 60_000, gcTime: 60_000, retry: false } as const

export const fieldPreviewQuery = (place: PreviewPlace, template: string) =>
  queryOptions({
    queryKey: ['preview', place, template],
    queryFn: () => ask(place, 'values', template) as Promise<FieldPreview>,
    ...common,
  })

export const conditionPreviewQuery = (place: PreviewPlace, condition: unknown) =>
  queryOptions({
    queryKey: ['preview', place, 'condition', condition],
    queryFn: () => ask(place, 'conditions', condition) as Promise<ConditionPreview>,
    ...common,
  })
