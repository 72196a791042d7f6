// What could not be stored yet, kept in this browser: a crash, a closed tab or
// a server that is away for hours loses nothing.
import type { Definition } from '../../../lib/definition'
import { normal } from '../../../lib/document/normal'
import type { Draft } from '../../../lib/document/op'
import { sites } from '../../../lib/document/tree'
import { parseJson, printJson } from '../../../lib/json'

export interface Backup {
  /** Revision of the stored draft that it grew from. */
  revision: number
  draft: Draft
}

/** Names of the params of a node type that hold secrets. */
export type SecretsOf = (type: string) => readonly string[]

const key = (ws: string, id: string) => `hookloom.draft.${ws}.${id}`

export function keepBackup(ws: string, id: string, backup: Backup, secrets: SecretsOf): void {
  try {
    const { name, definition } = backup.draft
    localStorage.setItem(key(ws, id), printJson({ revision: backup.revision, name, definition: withoutSecrets(definition, secrets) }))
  } catch {
    // Storage is full or forbidden: the draft still stands in the page, and its state says that it is not stored.
  }
}

export function dropBackup(ws: string, id: string): void {
  try {
    localStorage.removeItem(key(ws, id))
  } catch {
    // As above.
  }
}

/** What was kept; undefined when there is nothing, or nothing that can be read. */
export function readBackup(ws: string, id: string): Backup | undefined {
  try {
    const kept = parseJson(localStorage.getItem(key(ws, id)) ?? 'null') as { revision?: unknown; name?: unknown; definition?: unknown } | null
    if (typeof kept?.revision !== 'number' || typeof kept.name !== 'string' || typeof kept.definition !== 'object') return undefined
    return { revision: kept.revision, draft: { name: kept.name, definition: normal(kept.definition as Definition) } }
  } catch {
    return undefined
  }
}

/** Secrets as typed never lie in the browser's storage; they are to be typed again. */
function withoutSecrets(definition: Definition, secrets: SecretsOf): Definition {
  const names = new Set([...typesOf(definition)].flatMap((type) => secrets(type)))
  if (names.size === 0) return definition
  const clean = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(clean)
    if (!value || Object.getPrototypeOf(value) !== Object.prototype) return value
    return Object.fromEntries(
      Object.entries(value).map(([k, v]) => [k, names.has(k) && typeof v === 'string' ? '' : clean(v)]),
    )
  }
  return clean(definition) as Definition
}

function typesOf(definition: Definition): Set<string> {
  const steps = [...sites(definition).values()].map((site) => site.step.type)
  return new Set([...steps, ...(definition.triggers ?? []).map((t) => t.type)])
}
