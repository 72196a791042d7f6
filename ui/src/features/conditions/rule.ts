// Conditions as documents hold them: an expression, or groups of rows.
import type { Condition, ConditionGroup, ConditionRule } from '../../lib/definition'
import { conditionWords as words } from '../../lib/text/en/conditions'

export type Entry = ConditionRule | ConditionGroup

export const isGroup = (entry: Entry): entry is ConditionGroup => 'rules' in entry
export const isRows = (condition: Condition | null | undefined): condition is ConditionGroup => typeof condition === 'object' && condition !== null

/** A comparison; the server's list says the same (GET /mapping). */
export interface Comparison {
  name: string
  label: string
  /** Compares a value of its own; false for what is about the contact. */
  needsValue: boolean
  /** Compares with something. */
  needsTo: boolean
  many: boolean
  /** What of the contact it is about. */
  thing?: 'tag' | 'offer'
}

const ASKS = new Set(['is_empty', 'is_not_empty', 'exists', 'not_exists'])
const OF_CONTACT = new Set(['has_tag', 'has_no_tag', 'has_offer', 'has_no_offer'])
const MANY = new Set(['is_one_of', 'is_not_one_of'])

export const comparisons: Comparison[] = Object.entries(words.operators).map(([name, label]) => ({
  name,
  label,
  needsValue: !OF_CONTACT.has(name),
  needsTo: !ASKS.has(name),
  many: MANY.has(name),
  ...(OF_CONTACT.has(name) && { thing: name.endsWith('tag') ? ('tag' as const) : ('offer' as const) }),
}))

const byName = new Map(comparisons.map((c) => [c.name, c]))

/** A comparison by its name; one that is not known is shown by its name. */
export const comparisonOf = (name: string | undefined): Comparison =>
  byName.get(name ?? 'is') ?? { name: name ?? 'is', label: name ?? 'is', needsValue: true, needsTo: true, many: false }

export const newRule = (): ConditionRule => ({ value: '', is: 'is', to: '' })
export const newGroup = (): ConditionGroup => ({ match: 'all', rules: [newRule()] })

/** Changes the comparison; what the new one does not need is dropped. */
export function withComparison(rule: ConditionRule, is: string): ConditionRule {
  const { needsValue, needsTo, thing } = comparisonOf(is)
  const before = comparisonOf(rule.is).thing
  const to = before === undefined || before === thing ? (rule.to ?? '') : '' // a tag is no offer
  return { ...(needsValue && { value: rule.value ?? '' }), is, ...(needsTo && { to }) }
}

/** The entries of a group with one changed; null takes it out. */
export function withEntry(group: ConditionGroup, index: number, entry: Entry | null): ConditionGroup {
  const rules = (group.rules ?? []).flatMap((e, i) => (i === index ? (entry ?? []) : e))
  return { ...group, match: group.match ?? 'all', rules }
}
