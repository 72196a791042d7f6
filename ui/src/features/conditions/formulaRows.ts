// Formulas read back as rows, where rows can say the same.
import type { ConditionGroup, ConditionRule } from '../../lib/definition'
import { mappingOf, parsePath, readQuoted } from '../mapping'
import { formulaOf } from './formula'
import { comparisons, isGroup, type Entry } from './rule'

/** The rows that a formula came from or could have come from; undefined when rows cannot say it. */
export function rowsOf(formula: string): ConditionGroup | undefined {
  const entry = entryOf(flat(formula))
  if (!entry) return undefined
  return isGroup(entry) ? entry : { match: 'all', rules: [entry] }
}

/** Blanks outside of quotes as single ones. */
const flat = (text: string): string => text.replace(/("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`)|\s+/g, (_all, quoted?: string) => quoted ?? ' ').trim()

function entryOf(text: string): Entry | undefined {
  const inner = unwrapped(text)
  if (inner !== undefined) {
    const entry = entryOf(inner)
    return entry && (isGroup(entry) ? entry : { match: 'all', rules: [entry] })
  }
  // || binds less than &&, so it joins the outer rows.
  for (const [sign, match] of [['||', 'any'], ['&&', 'all']] as const) {
    const parts = splitAt(text, sign)
    if (!parts) return undefined
    if (parts.length === 1) continue
    const rules = parts.map(entryOf)
    return rules.every((rule) => rule !== undefined) ? { match, rules } : undefined
  }
  return ruleOf(text)
}

/** Parts of a text between signs that stand outside of quotes and brackets; undefined when those do not match up. */
function splitAt(text: string, sign: string): string[] | undefined {
  const parts: string[] = []
  let [depth, from] = [0, 0]
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i)
    if ('"\'`'.includes(c)) {
      i = closing(text, i)
      if (i === -1) return undefined
    } else if ('([{'.includes(c)) depth++
    else if (')]}'.includes(c)) depth--
    else if (depth === 0 && text.startsWith(sign, i)) {
      parts.push(text.slice(from, i).trim())
      i += sign.length - 1
      from = i + 1
    }
    if (depth < 0) return undefined
  }
  return depth === 0 ? [...parts, text.slice(from).trim()] : undefined
}

/** Where the quotes that open at a place close; -1 when they do not. */
function closing(text: string, at: number): number {
  const quote = text.charAt(at)
  for (let i = at + 1; i < text.length; i++) {
    if (text.charAt(i) === '\\' && quote !== '`') i++
    else if (text.charAt(i) === quote) return i
  }
  return -1
}

const isWhole = (text: string): boolean => text !== '' && splitAt(text, '\u0000') !== undefined

/** What stands in one pair of brackets around the whole text. */
function unwrapped(text: string): string | undefined {
  if (!text.startsWith('(') || !text.endsWith(')')) return undefined
  const inner = text.slice(1, -1).trim()
  return isWhole(inner) ? inner : undefined
}

const VALUE = 'zzvalue'
const TO = 'zzto'

/** How the second side of a row can be written: the row's own text, how it looks in the formula, and back again. */
const SIDES: { to: unknown; find: RegExp; shape: string; read: (found: string) => unknown }[] = [
  { to: mappingOf(TO), find: /zzto/, shape: '(.+?)', read: (found) => mappingOf(unwrapped(found) ?? found) },
  { to: '424242', find: /424242/, shape: '(-?\\d+(?:\\.\\d+)?)', read: (found) => found },
  { to: TO, find: /"zzto"/, shape: '("(?:[^"\\\\]|\\\\.)*")', read: readQuoted },
  { to: [TO], find: /"zzto"/, shape: '(.*)', read: choicesIn },
]

/** The choices of a list; undefined when one is not a plain text. */
function choicesIn(list: string): string[] | undefined {
  const found = (splitAt(list, ',') ?? ['']).map((one) => readQuoted(one))
  return found.every((one) => one !== undefined) ? found : undefined
}

/** Each comparison as the formula that its row becomes, with places for both sides. */
const PATTERNS = comparisons.flatMap(({ name, needsTo, many }) =>
  SIDES.filter((side) => (needsTo ? Array.isArray(side.to) === many : side === SIDES[0])).map((side) => ({
    name,
    needsTo,
    side,
    pattern: patternOf(writtenAs({ value: mappingOf(VALUE), is: name, to: side.to }), side),
  })),
)

function writtenAs(rule: ConditionRule): string {
  return formulaOf({ match: 'all', rules: [rule] })
}

function patternOf(written: string, side: (typeof SIDES)[number]): RegExp {
  const source = written.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const [first, ...rest] = source.split(side.find)
  // Where a side stands twice, the first tells it whole; the check of what it becomes sees to the other.
  const sided = rest.length === 0 ? source : `${first}${side.shape.replace('(', '(?<to>')}${rest.join('.+')}`
  return new RegExp(`^${sided.replace(VALUE, '(?<value>.+?)').replaceAll(VALUE, '.+')}$`)
}

/** A row by the formula that it becomes: what does not become the very same is another condition. */
function ruleOf(text: string): ConditionRule | undefined {
  for (const { name, needsTo, side, pattern } of PATTERNS) {
    const found = pattern.exec(text)?.groups
    if (!found) continue
    const { value = '', to = '' } = found
    if ((value !== '' && !isWhole(value)) || (to !== '' && !isWhole(to))) continue
    const read = needsTo ? side.read(to) : undefined
    if (needsTo && read === undefined) continue
    const rule: ConditionRule = {
      ...(found.value !== undefined && { value: mappingOf(unwrapped(value) ?? value) }),
      is: name,
      ...(needsTo && { to: Array.isArray(read) ? read.join(', ') : read }),
    }
    if (flat(writtenAs(rule)) === text) return rule
  }
  return byHand(text)
}

const SIGNS: Record<string, string> = { '>': 'more_than', '>=': 'at_least', '<': 'less_than', '<=': 'at_most', '==': 'is', '!=': 'is_not' }

/** "trigger.body.amount > 100" as people write it: of a number, a row says the same. */
function byHand(text: string): ConditionRule | undefined {
  const [, path = '', sign = '', to = ''] = /^(.+?) ?(>=|<=|==|!=|>|<) ?(-?\d+(?:\.\d+)?)$/.exec(text) ?? []
  return parsePath(path) && sign in SIGNS ? { value: mappingOf(path), is: SIGNS[sign], to } : undefined
}
