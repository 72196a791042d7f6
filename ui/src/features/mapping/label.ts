// Names of values in plain words: "Customer e-mail" for
// data.object.customer_details.email, "Your email?" for a form's answer.
import { mappingWords as words } from '../../lib/text/en/mapping'
import type { Key, Path } from './expression'
import { follow, isObject } from './value'

/** Wrappers that say nothing to people. */
const NOISE = new Set(['body', 'data', 'object', 'attributes', 'payload', 'fields', 'properties', 'form_response', 'values', 'result', 'results', 'record', 'resource'])

/** Names that only mean something together with what they belong to. */
const SHORT = new Set(['id', 'name', 'email', 'phone', 'type', 'status', 'value', 'amount', 'total', 'currency', 'title', 'label', 'key', 'url', 'number', 'code', 'date', 'created', 'first_name', 'last_name', 'city', 'country', 'state', 'line1', 'line2', 'postal_code', 'price', 'quantity', 'description'])

const TAILS = /[_\s-](details|detail|info|data|object|obj)$/i

/** Siblings that hold the question of an answer. */
const QUESTIONS = ['question', 'label', 'title', 'name']
const ANSWERS = new Set(['answer', 'value', 'text', 'email', 'number', 'phone_number', 'boolean', 'date', 'url', 'choice', 'choices', 'file_url'])

/** One key in plain words: "first_name" and "firstName" read "First name". */
export function keyLabel(key: Key): string {
  if (typeof key === 'number') return words.entry(key + 1)
  const known = words.known[key.toLowerCase()]
  if (known) return known
  if (/[^\w-]/.test(key) || key === '') return key || words.noName // written for people already
  const spaced = key
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .trim()
    .toLowerCase()
  return capital(words.spelling(spaced)) || key
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
const small = (text: string) => (/^[A-Z](?:[a-z]|-[a-z])/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text)

/**
 * A path below a source in plain words; root is the source's value, in which a
 * form's questions are looked up.
 */
export function pathLabel(path: Path, root?: unknown): string {
  const last = path.at(-1)
  if (last === undefined) return words.all
  const question = questionOf(path, root)
  if (question) return question
  const owner = ownerOf(path.slice(0, -1))
  const own = keyLabel(last)
  if (owner === undefined) return own
  if (typeof last === 'number') return `${keyLabel(owner.key)} ${last + 1}`
  if (!SHORT.has(last.toLowerCase()) && owner.index === undefined) return own
  const name = keyLabel(String(owner.key).replace(TAILS, ''))
  const place = owner.index === undefined ? '' : ` ${owner.index + 1}`
  return name.toLowerCase() === own.toLowerCase() ? name + place : `${name}${place} ${small(own)}`
}

/** The nearest name above that says something, and the place in its list. */
function ownerOf(path: Path): { key: string; index?: number } | undefined {
  let index: number | undefined
  for (let i = path.length - 1; i >= 0; i--) {
    const key = path[i]
    if (typeof key === 'number') index ??= key
    else if (key !== undefined && !NOISE.has(key.toLowerCase())) return { key, index }
  }
  return undefined
}

function questionOf(path: Path, root: unknown): string | undefined {
  for (let i = path.length - 1; i >= 1; i--) {
    if (typeof path[i] !== 'number') continue
    const below = path.slice(i + 1)
    const item = follow(root, path.slice(0, i + 1)).value
    if (!isObject(item) || below.length === 0 || !ANSWERS.has(String(below[0]).toLowerCase())) return undefined
    return titleOf(item, root, path.slice(0, i))
  }
  return undefined
}

function titleOf(item: Record<string, unknown>, root: unknown, list: Path): string | undefined {
  for (const key of QUESTIONS) {
    const title = item[key]
    if (typeof title === 'string' && title.trim() !== '') return title.trim()
  }
  return isObject(item.field) ? typeformTitle(item.field, follow(root, list.slice(0, -1)).value) : undefined
}

/** Typeform keeps questions apart from answers: definition.fields, joined by id or ref. */
function typeformTitle(field: Record<string, unknown>, response: unknown): string | undefined {
  const fields = follow(response, ['definition', 'fields']).value
  if (!Array.isArray(fields)) return undefined
  const found: unknown = fields.find(
    (f) => isObject(f) && ((field.id !== undefined && f.id === field.id) || (field.ref !== undefined && f.ref === field.ref)),
  )
  return isObject(found) && typeof found.title === 'string' ? found.title.trim() || undefined : undefined
}
