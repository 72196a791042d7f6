// Ids of steps, triggers and branches. Mappings name a step by its id, so ids
// read like words: "contact", "send_2".
import type { Definition } from '../definition'
import { sites } from './tree'

const LIMIT = 40

/** Words that say nothing without the one before them: "contact.upsert" is best called "contact". */
const VERBS = new Set(['upsert', 'find', 'set', 'catch', 'start', 'tick', 'created', 'updated'])

/** Every id that steps and triggers of the document have. */
export function takenIds(definition: Definition): Set<string> {
  return new Set([...sites(definition).keys(), ...(definition.triggers ?? []).map((t) => t.id)])
}

/** The word that an id of this node type begins with: "flow.branch" gives "branch". */
export function idStem(type: string): string {
  const [first = '', last = ''] = [type.split('.')[0], type.split('.').at(-1)]
  return asId(VERBS.has(last) ? first : last) || 'step'
}

/** Letters, digits and underscores of a text, in lower case; empty text when nothing is left. */
export function asId(words: string): string {
  const plain = words.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_').replaceAll(/^[_0-9]+|_+$/g, '')
  return plain.slice(0, LIMIT - 5)
}

/** An id that none of the taken ones is, and takes it. */
export function freshId(stem: string, taken: Set<string>): string {
  const base = stem.replace(/_\d+$/, '') || 'step'
  let id = base
  for (let n = 2; taken.has(id); n++) id = `${base}_${n}`
  taken.add(id)
  return id
}
