// A condition in few plain words, for cards and labels.
import { walk, type Condition, type ConditionGroup, type ConditionRule, type Definition } from '../../lib/definition'
import type { ConditionSummary } from '../../lib/document/panel'
import { conditionWords as words } from '../../lib/text/en/conditions'
import { mappingWords } from '../../lib/text/en/mapping'
import { asText, keyLabel, onlyMapping, parsePipe, parseTemplate, pathLabel, unescapeText } from '../mapping'
import { comparisonOf, isGroup, isRows } from './rule'

/** More rows than this make a label that nobody reads. */
const SHOWN = 2
const LONGEST = 90

export const conditionSummary: ConditionSummary = (when, definition, refName) => {
  const text = isRows(when) ? ofGroup(when, { definition, refName }) : ofFormula(when, { definition })
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line
}

/** What ids mean. */
interface Known {
  definition: Definition | undefined
  refName?: (kind: string, id: string) => string | undefined
}

function ofFormula(when: Condition | null | undefined, known: Known): string {
  if (typeof when !== 'string') return ''
  return onlyMapping(when) ?? valueText(when, known)
}

function ofGroup(group: ConditionGroup, known: Known): string {
  const rules = group.rules ?? []
  const joint = ` ${group.match === 'any' ? words.or : words.and} `
  const said = rules.slice(0, SHOWN).map((rule) => (isGroup(rule) ? inBrackets(rule, known) : ofRule(rule, known)))
  return [...said, ...(rules.length > SHOWN ? [words.more] : [])].filter(Boolean).join(joint)
}

function inBrackets(group: ConditionGroup, known: Known): string {
  const inside = ofGroup(group, known)
  return (group.rules ?? []).length > 1 ? `(${inside})` : inside
}

function ofRule(rule: ConditionRule, known: Known): string {
  const comparison = comparisonOf(rule.is)
  const value = comparison.needsValue ? valueText(rule.value, known) : words.ofContact
  const named = comparison.thing && known.refName?.(comparison.thing, asText(rule.to))
  const to = comparison.needsTo ? (named ?? toText(rule.to, known)) : ''
  return [value || '…', comparison.label, to].filter(Boolean).join(' ')
}

const toText = (to: unknown, known: Known): string =>
  Array.isArray(to) ? to.map((one) => valueText(one, known)).join(', ') : valueText(to, known)

/** A template with the labels of its mappings in their places. */
function valueText(value: unknown, known: Known): string {
  return parseTemplate(asText(value))
    .parts.map((part) => (part.kind === 'text' ? unescapeText(part.raw) : mappingText(part.source, known)))
    .join('')
}

function mappingText(source: string, known: Known): string {
  const { path, base } = parsePipe(source)
  if (!path) return base
  const [root] = path
  if (root === 'steps') {
    const step = [...walk(known.definition?.steps)].find((s) => s.id === path[1])
    const label = pathLabel(path.slice(2))
    return step?.name ? `${step.name}: ${label}` : label
  }
  if (path.length === 1) return mappingWords.roots[String(root)] ?? keyLabel(String(root))
  return pathLabel(path.slice(1))
}
