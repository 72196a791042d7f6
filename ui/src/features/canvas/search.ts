// Finding steps by name, type or value.
import type { Definition, Step, Trigger } from '../../lib/definition'
import type { NodeType } from '../../api/nodeTypes'
import { sites } from '../../lib/document/tree'

export interface Found {
  id: string
  subject: Step | Trigger
  /** Where it was found; undefined for the name or type. */
  in?: string
}

const MOST = 100

/** Triggers and steps that hold the words, in reading order. */
export function search(definition: Definition, wanted: string, nodeType: (type: string) => NodeType): Found[] {
  const needle = wanted.trim().toLocaleLowerCase()
  if (needle === '') return []
  const found: Found[] = []
  const holds = (text: unknown) => typeof text === 'string' && text.toLocaleLowerCase().includes(needle)
  const look = (subject: Step | Trigger) => {
    const type = nodeType(subject.type)
    if (holds(subject.name) || holds(type.name) || holds(subject.id) || holds(subject.type)) found.push({ id: subject.id, subject })
    else {
      const at = fieldWith(subject, type, holds)
      if (at !== undefined) found.push({ id: subject.id, subject, in: at })
    }
  }
  for (const trigger of definition.triggers ?? []) look(trigger)
  for (const { step } of sites(definition).values()) look(step)
  return found.slice(0, MOST)
}

/** The label of the field that holds the words. */
function fieldWith(subject: Step | Trigger, type: NodeType, holds: (text: unknown) => boolean): string | undefined {
  const inside = (value: unknown): boolean =>
    holds(typeof value === 'number' ? String(value) : value) ||
    (typeof value === 'object' && value !== null && Object.entries(value).some(([key, v]) => holds(key) || inside(v)))
  for (const [key, value] of Object.entries(subject.params ?? {})) {
    if (inside(value)) return type.fields?.find((f) => f.key === key)?.label ?? key
  }
  const branches = 'branches' in subject ? (subject.branches ?? []) : []
  const branch = branches.find((b) => holds(b.name) || inside(b.when))
  if (branch) return branch.name ?? branch.id
  return holds(subject.note) ? 'note' : undefined
}
