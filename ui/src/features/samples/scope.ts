import type { Trigger } from '../../lib/definition'
import type { RequestDetail } from './api'

/** A stored request as mappings see it (the server's trigger scope). */
export function requestScope(request: RequestDetail, trigger: Pick<Trigger, 'id' | 'type'>): Record<string, unknown> {
  return {
    body: request.body?.value ?? null,
    query: queryValues(request.query),
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, values]) => [name, single(values ?? [])])),
    id: trigger.id,
    type: trigger.type,
    method: request.method,
    path: request.path,
    content_type: request.content_type,
    received_at: request.received_at,
    ip: request.ip,
  }
}

const single = (values: string[]): unknown => (values.length === 1 ? values[0] : values)

function queryValues(query: string): Record<string, unknown> {
  const values: Record<string, string[]> = {}
  for (const [name, value] of new URLSearchParams(query)) (values[name] ??= []).push(value)
  return Object.fromEntries(Object.entries(values).map(([name, list]) => [name, single(list)]))
}
