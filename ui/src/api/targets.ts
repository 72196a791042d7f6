// Things of the workspace that fields point to, and making them on the spot.
import { queryOptions } from '@tanstack/react-query'
import { all } from './all'
import { at, once } from './at'
import { text } from '../lib/text'
import { call } from './http'

/** Something that a field can point to. */
export interface Target {
  id: string
  label: string
  /** The type of a connection. */
  type?: string
}

interface RefKind {
  /** Below the workspace's address. */
  path: string
  labelOf: (item: Record<string, unknown>) => string
  /** Makes one of a name; undefined when more is needed than that. */
  body?: (name: string) => unknown
}

const REFS: Record<string, RefKind> = {
  offer: { path: 'offers', labelOf: (o) => String(o.title ?? ''), body: (title) => ({ title }) },
  tag: { path: 'tags', labelOf: (t) => String(t.name ?? ''), body: (name) => ({ name }) },
  connection: { path: 'connections', labelOf: (c) => String(c.name ?? '') + (c.waiting_since ? ` (${text.waitingForClient})` : '') },
}

export const isKnownRef = (ref: string): boolean => ref in REFS
export const canMakeByName = (ref: string): boolean => REFS[ref]?.body !== undefined

const refOf = (ref: string): RefKind => REFS[ref] ?? { path: `${ref}s`, labelOf: (item) => String(item.name ?? item.title ?? item.id) }

const target = (kind: RefKind, item: Record<string, unknown>): Target => ({
  id: String(item.id),
  label: kind.labelOf(item) || String(item.id),
  ...(typeof item.type === 'string' && { type: item.type }),
})

export const targetsQuery = (ws: string, ref: string) =>
  queryOptions({
    queryKey: ['ws', ws, refOf(ref).path, 'choices'],
    queryFn: async ({ signal }) => {
      const kind = refOf(ref)
      const items = await all<Record<string, unknown>>(at(ws, kind.path), signal)
      return items.map((item) => target(kind, item))
    },
  })

export async function makeTarget(ws: string, ref: string, name: string): Promise<Target> {
  const kind = refOf(ref)
  const made = await call<Record<string, unknown>>('POST', at(ws, kind.path), { body: kind.body?.(name) ?? { name }, headers: once() })
  return target(kind, made)
}
