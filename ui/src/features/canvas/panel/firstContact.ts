// When the panel of the first trigger offers to go on with a contact.
import type { Definition } from '../../../lib/definition'

const CATCH = 'webhook.catch'

interface Place {
  definition: Definition
  readOnly: boolean
  /** Id of what the panel shows. */
  subject: string
  /** Whether somebody took or declined the offer before. */
  answered: boolean
}

/**
 * Whether a contact may be offered next: at the first trigger, if requests come
 * in there and no step follows yet. What came from a template has steps.
 */
export function mayOffer({ definition, readOnly, subject, answered }: Place): boolean {
  const first = definition.triggers?.[0]
  const isFirst = first?.id === subject && first.type === CATCH && !first.disabled
  return isFirst && !readOnly && !answered && (definition.steps ?? []).length === 0
}

/** What the sample calls somebody, e-mail before phone; undefined when nobody could be made a contact of it. */
export function personIn(found: readonly { field: string; sample: string; label: string }[]): string | undefined {
  const one = found.find((s) => s.field === 'email') ?? found.find((s) => s.field === 'phone')
  return one && (one.sample || one.label)
}

const ANSWERED = 'hookloom.contactOffer'
const KEPT = 100

/** Workflows whose offer was answered, newest first; this browser remembers the last of them. */
function answeredIn(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(ANSWERED) ?? '[]')
    return Array.isArray(kept) ? kept.filter((id): id is string => typeof id === 'string') : []
  } catch {
    return []
  }
}

export const wasAnswered = (workflow: string): boolean => answeredIn().includes(workflow)

/** Keeps an offer from coming twice, such as after its step was undone. */
export function rememberAnswer(workflow: string): void {
  try {
    localStorage.setItem(ANSWERED, JSON.stringify([workflow, ...answeredIn().filter((id) => id !== workflow)].slice(0, KEPT)))
  } catch {
    // Not remembered then.
  }
}
