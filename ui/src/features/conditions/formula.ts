// Rows written out as a formula, for people who go on from there by hand.
import type { ConditionGroup, ConditionRule } from '../../lib/definition'
import { asText, onlyMapping, parseTemplate, quote, unescapeText } from '../mapping'
import { isGroup } from './rule'

/** The formula of a group, without braces; "true" for an empty one. */
export function formulaOf(group: ConditionGroup): string {
  const parts = (group.rules ?? []).map((rule) => (isGroup(rule) ? `(${formulaOf(rule)})` : ofRule(rule)))
  return parts.length === 0 ? 'true' : parts.join(group.match === 'any' ? ' || ' : ' && ')
}

const isNumber = (value: unknown) => /^-?\d+(\.\d+)?$/.test(asText(value).trim())

/** A template as an expression: a lone mapping as it is, text in quotes, a mix joined. */
function expression(value: unknown): string {
  const text = asText(value)
  const only = onlyMapping(text)
  if (only !== undefined) return only.includes('|') || /[?<>=&]/.test(only) ? `(${only})` : only
  const { parts, fault } = parseTemplate(text)
  if (fault) return quote(text)
  const pieces = parts.map((part) => (part.kind === 'mapping' ? `text(${part.source.trim()})` : quote(unescapeText(part.raw))))
  return pieces.length === 0 ? '""' : pieces.join(' + ')
}

/** As rows compare text: without regard to case and blanks around it. */
const folded = (value: unknown): string =>
  onlyMapping(asText(value)) === undefined && !asText(value).includes('{{') ? quote(asText(value).trim().toLowerCase()) : `lower(trim(text(${expression(value)})))`

const numeric = (value: unknown): string => (isNumber(value) ? asText(value).trim() : `number(${expression(value)})`)

const choices = (to: unknown): unknown[] =>
  Array.isArray(to)
    ? to
    : asText(to)
        .split(/[,\n]/)
        .map((one) => one.trim())
        .filter(Boolean)

function ofRule(rule: ConditionRule): string {
  const { value, to } = rule
  const v = expression(value)
  const equal = () => (isNumber(to) ? `(number(${v}) ?? ${quote('')}) == ${asText(to).trim()}` : `${folded(value)} == ${folded(to)}`)
  const contains = () => `includes(${folded(value)}, ${folded(to)})`
  const oneOf = () => `${folded(value)} in [${choices(to).map(folded).join(', ')}]`
  const date = (sign: string) => `date_diff(${v}, ${expression(to)}, "seconds") ${sign} 0`
  const tag = () => `any(contact.tags ?? [], lower(text(#)) == ${folded(to)})`
  const offer = () => `any(contact.offers ?? [], #.id == ${expression(to)} || lower(text(#.title)) == ${folded(to)})`
  const not = (inner: string) => `!(${inner})`
  const written: Record<string, () => string> = {
    is: equal,
    is_not: () => not(equal()),
    contains,
    not_contains: () => not(contains()),
    starts_with: () => `starts_with(${folded(value)}, ${folded(to)})`,
    ends_with: () => `ends_with(${folded(value)}, ${folded(to)})`,
    is_one_of: oneOf,
    is_not_one_of: () => not(oneOf()),
    is_empty: () => `is_empty(${v})`,
    is_not_empty: () => not(`is_empty(${v})`),
    exists: () => `${v} != nil`,
    not_exists: () => `${v} == nil`,
    more_than: () => `${numeric(value)} > ${numeric(to)}`,
    at_least: () => `${numeric(value)} >= ${numeric(to)}`,
    less_than: () => `${numeric(value)} < ${numeric(to)}`,
    at_most: () => `${numeric(value)} <= ${numeric(to)}`,
    before: () => date('>'),
    after: () => date('<'),
    has_tag: tag,
    has_no_tag: () => not(tag()),
    has_offer: offer,
    has_no_offer: () => not(offer()),
  }
  return (written[rule.is ?? 'is'] ?? equal)()
}
