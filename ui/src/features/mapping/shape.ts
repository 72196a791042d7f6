// The two choices of a pill's menu, read from and written to its functions:
// how the value is written, and what happens when it is empty.
import { parsePipe, quote, readQuoted, withCall, withoutCalls, type Call } from './expression'

export type EmptyRule = 'keep' | 'text' | 'omit' | 'null' | 'stop'
export type Format = 'plain' | 'lower' | 'upper' | 'title' | 'capitalize' | 'trim' | 'date' | 'number' | 'money'

const EMPTY_CALLS = ['default', 'omit', 'as_null', 'stop'] as const
const FORMAT_CALLS: Record<Exclude<Format, 'plain'>, string> = {
  lower: 'lower',
  upper: 'upper',
  title: 'title',
  capitalize: 'capitalize',
  trim: 'trim',
  date: 'date_format',
  number: 'format_number',
  money: 'money',
}

export interface Shape {
  empty: EmptyRule
  /** The text instead, or the message of the stop. */
  emptyText: string
  format: Format
  /** The pattern, decimals or currency of the format. */
  detail: string
}

const text = (arg: string | undefined): string => (arg === undefined ? '' : (readQuoted(arg) ?? arg))

/** What a mapping's functions say; functions of other kinds are left alone. */
export function shapeOf(source: string): Shape {
  const { calls } = parsePipe(source)
  const find = (names: readonly string[]) => calls.find((call) => names.includes(call.name))
  const empty = find(EMPTY_CALLS)
  const rules: Record<string, EmptyRule> = { default: 'text', omit: 'omit', as_null: 'null', stop: 'stop' }
  const format = (Object.keys(FORMAT_CALLS) as (keyof typeof FORMAT_CALLS)[]).find((f) => find([FORMAT_CALLS[f]]))
  const formatCall = format && find([FORMAT_CALLS[format]])
  return {
    empty: empty ? (rules[empty.name] ?? 'keep') : 'keep',
    emptyText: text(empty?.args[0]),
    format: format ?? 'plain',
    detail: text(formatCall?.args[0]),
  }
}

/** Writes what happens with an empty value; always the last function, behind any format. */
export function withEmpty(source: string, rule: EmptyRule, words: string): string {
  const bare = withoutCalls(source, EMPTY_CALLS)
  if (rule === 'keep') return bare
  const calls: Record<Exclude<EmptyRule, 'keep'>, Call> = {
    text: { name: 'default', args: [quote(words)] },
    omit: { name: 'omit', args: [] },
    null: { name: 'as_null', args: [] },
    stop: { name: 'stop', args: words === '' ? [] : [quote(words)] },
  }
  return withCall(bare, calls[rule])
}

/** Writes how a value looks; it comes before what happens with an empty one. */
export function withFormat(source: string, format: Format, detail: string): string {
  const shape = shapeOf(source)
  const all = Object.values(FORMAT_CALLS)
  const bare = withoutCalls(source, [...all, ...EMPTY_CALLS])
  const args = format === 'number' ? (detail === '' ? [] : [String(Math.trunc(Number(detail)) || 0)]) : detail === '' ? [] : [quote(detail)]
  const takesDetail = format === 'date' || format === 'number' || format === 'money'
  const formatted = format === 'plain' ? bare : withCall(bare, { name: FORMAT_CALLS[format], args: takesDetail ? args : [] })
  return withEmpty(formatted, shape.empty, shape.emptyText)
}
