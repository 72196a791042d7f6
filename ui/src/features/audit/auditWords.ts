// Entries of the audit log as sentences.
import type { AuditEntry } from '../../api/members'
import { actions, roleNames } from '../../lib/text/en/members'

/** What was done: "Published a workflow"; an action that has no words yet reads as its name. */
export function didWhat(action: string): string {
  const known = actions[action]
  if (known) return known
  const plain = action.replace(/[._]/g, ' ')
  return plain.charAt(0).toUpperCase() + plain.slice(1)
}

/** Further facts of an entry in one line, such as "role: Builder, version: 3". */
export function details(entry: AuditEntry): string {
  return Object.entries(entry.detail ?? {})
    .map(([name, value]) => `${name.replace(/_/g, ' ')}: ${roleNames[String(value)] ?? (typeof value === 'object' ? JSON.stringify(value) : String(value))}`)
    .join(', ')
}
