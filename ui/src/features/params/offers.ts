// Which of the server's suggestions a form offers.
import { isBlank } from '../mapping'
import type { Suggestion } from './api'
import type { Params } from './field'

/** A value for one empty field. */
export interface Offer extends Suggestion {
  /** Fields that only fit together with it. */
  besides?: Params
}

const FIND = 'contact.find'

/** By what a contact is looked up, the surest first. */
const LOOKED_UP_BY = ['email', 'phone', 'external_user_id']

/** The type whose form the server is asked about: a contact is found by what it would be created from. */
export const askedAs = (type: string): string => (type === FIND ? 'contact.upsert' : type)

/** Whether a form is filled in with what a sample says of a person. */
export const isAboutSomebody = (type: string, keys: string[]): boolean => type === FIND || keys.includes('email') || keys.includes('phone')

/** What fits into the empty fields of a form with these keys; nothing ever replaces a value. */
export function offersFor(type: string, keys: string[], params: Params, found: Suggestion[]): Offer[] {
  const isOpen = (key: string) => keys.includes(key) && isBlank(params[key])
  if (type !== FIND) return found.filter((s) => isOpen(s.field))
  if (!isOpen('value')) return []
  const by = LOOKED_UP_BY.filter((key) => isBlank(params.by) || params.by === key)
  const one = by.map((key) => found.find((s) => s.field === key)).find((s) => s !== undefined)
  return one ? [{ ...one, field: 'value', besides: { by: one.field } }] : []
}
