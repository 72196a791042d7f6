// The server puts a reference in the place of each secret that it is given. The
// draft takes these over, so that a secret is sent once and shown never again.
import type { Definition, Step, Trigger } from '../../../lib/definition'
import { mapStep, sites } from '../../../lib/document/tree'

const isReference = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && '$secret' in value

/** The draft as it is now, with references where it still holds the secrets that were sent; itself when there are none. */
export function takeReferences(now: Definition, sent: Definition, stored: Definition | undefined): Definition {
  if (!stored) return now
  let next = now
  const [before, after] = [sites(sent), sites(stored)]
  for (const [id, { step }] of after) {
    const was = before.get(id)?.step
    if (!was || !hasNew(was.params, step.params)) continue
    next = { ...next, steps: mapStep(next.steps ?? [], id, (current) => taken<Step>(current, was, step)) }
  }
  for (const trigger of stored.triggers ?? []) {
    const was = sent.triggers?.find((t) => t.id === trigger.id)
    if (!was || !hasNew(was.params, trigger.params)) continue
    next = { ...next, triggers: next.triggers?.map((t) => (t.id === trigger.id ? taken<Trigger>(t, was, trigger) : t)) }
  }
  return next
}

function taken<T extends Step | Trigger>(now: T, sent: T, stored: T): T {
  return { ...now, params: merge(now.params, sent.params, stored.params) as T['params'] }
}

function hasNew(sent: unknown, stored: unknown): boolean {
  if (isReference(stored)) return !isReference(sent)
  if (Array.isArray(stored) && Array.isArray(sent)) return stored.some((v, i) => hasNew(sent[i], v))
  if (!stored || !sent || typeof stored !== 'object' || typeof sent !== 'object') return false
  return Object.entries(stored).some(([key, v]) => hasNew((sent as Record<string, unknown>)[key], v))
}

function merge(now: unknown, sent: unknown, stored: unknown): unknown {
  if (isReference(stored)) return now === sent ? stored : now
  if (Array.isArray(now) && Array.isArray(stored) && Array.isArray(sent)) return now.map((v, i) => merge(v, sent[i], stored[i]))
  if (!now || !sent || !stored || typeof now !== 'object' || Object.getPrototypeOf(now) !== Object.prototype) return now
  const [a, b] = [sent as Record<string, unknown>, stored as Record<string, unknown>]
  return Object.fromEntries(Object.entries(now).map(([key, v]) => [key, merge(v, a[key], b[key])]))
}
