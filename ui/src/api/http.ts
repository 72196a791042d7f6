// Calls to the server. Every failure is an ApiError with words that a person
// can act on; answers are parsed without rounding numbers.
import { parseJson, printJson } from '../lib/json'
import { text } from '../lib/text'
import { lost } from './lost'
import type { components } from './schema'

/**
 * One problem with what was sent: a JSON pointer to the value, as in "/email",
 * or the workflow step that it is in, and a sentence. The pages make some too.
 */
export type Problem = Partial<components['schemas']['Item']>

export class ApiError extends Error {
  constructor(
    message: string,
    /** HTTP status; 0 when the server could not be reached. */
    readonly status: number,
    readonly code = '',
    readonly problems: Problem[] = [],
    /** What to quote when asking for help; empty when the server gave none. */
    readonly traceId = '',
  ) {
    super(message)
    this.name = 'ApiError'
  }

  /** The problem with one field of the form, by its key; undefined when it is fine. */
  field(key: string): string | undefined {
    return this.problems.find((p) => p.pointer === `/${key}` || p.pointer === `/body/${key}`)?.detail
  }
}

interface Options {
  body?: unknown
  /** Sent as it is, with its own type, in the place of body. */
  raw?: Blob
  /** What tells a raw body from others, where calls must be done once only. */
  rawName?: string
  headers?: Record<string, string>
  signal?: AbortSignal
}

/** Calls /api/v1 and returns the parsed answer; undefined when it has no body. */
export async function call<T>(method: string, path: string, options: Options = {}): Promise<T> {
  const { response, body } = await answered(method, path, options)
  if (!response.ok) throw problemFrom(response.status, body)
  if (body === '') return undefined as T
  try {
    return parseJson(body) as T
  } catch {
    throw new ApiError(text.errors.unreadable, response.status)
  }
}

/**
 * Sends, and reads the answer to its end. A call that must be done once only
 * keeps its key until somebody knows what became of it: pressed again after an
 * answer was lost, the server gives the first one.
 */
async function answered(method: string, path: string, options: Options): Promise<{ response: Response; body: string }> {
  const { [KEY]: fresh, ...others } = options.headers ?? {}
  if (fresh === undefined) return send(method, path, options)
  const what = `${method} ${path} ${options.body === undefined ? (options.rawName ?? '') : printJson(options.body, 0)}`
  const key = lost.take(what) ?? fresh
  const keep = () => lost.keep(what, key)
  try {
    const answer = await send(method, path, { ...options, headers: { ...others, [KEY]: key } })
    if (isUnclear(answer.response.status, answer.body)) keep()
    return answer
  } catch (cause) {
    keep()
    throw cause
  }
}

const KEY = 'Idempotency-Key'

/** Whether the call may have been done although this says otherwise: a proxy's word, or that it is still under way. */
const isUnclear = (status: number, body: string): boolean =>
  status === 502 || status === 503 || status === 504 || (status === 409 && problemFrom(status, body).code === 'repeated')

async function send(method: string, path: string, options: Options): Promise<{ response: Response; body: string }> {
  const headers: Record<string, string> = { Accept: 'application/json', ...options.headers }
  if (options.body !== undefined) headers['Content-Type'] = 'application/json'
  if (options.raw) headers['Content-Type'] = options.raw.type
  try {
    const response = await fetch(`/api/v1${path}`, {
      method,
      headers,
      body: options.raw ?? (options.body === undefined ? undefined : printJson(options.body, 0)), // numbers as they came
      signal: options.signal,
      credentials: 'same-origin',
    })
    return { response, body: await response.text() }
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new ApiError(text.errors.unreachable, 0)
  }
}

/** Reads application/problem+json; anything else gets words by its status. */
export function problemFrom(status: number, body: string): ApiError {
  let problem: Partial<components['schemas']['Problem']> = {}
  try {
    problem = (JSON.parse(body) ?? {}) as typeof problem
  } catch {
    // A proxy's page, for example: the status is all there is.
  }
  const message = problem.detail || problem.title || text.errors.status(status)
  return new ApiError(message, status, problem.code, problem.errors ?? [], problem.trace_id)
}

/** Query text from values; empty and missing ones are left out. */
export function query(values: Record<string, string | number | boolean | undefined>): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(values)) {
    if (value !== undefined && value !== '') params.set(key, String(value))
  }
  const encoded = params.toString()
  return encoded === '' ? '' : `?${encoded}`
}

/** One page of a list, as every list of the document has them; no cursor on the last. */
export type Page<T> = Partial<Omit<components['schemas']['PageRunView'], 'items'>> & { items: T[] }
