import { expect, it } from 'vitest'
import { formatted, type Format } from './format'

/** Applies a format to what stands between the bars, and shows what is selected then the same way. */
function apply(format: Format, marked: string): string {
  const from = marked.indexOf('|')
  const to = marked.lastIndexOf('|') - 1
  const text = marked.replaceAll('|', '')
  const change = formatted(format, text, from, Math.max(from, to))
  const next = text.slice(0, change.from) + change.insert + text.slice(change.to)
  const [a, b] = change.select
  return `${next.slice(0, a)}|${next.slice(a, b)}|${next.slice(b)}`
}

it.each<[Format, string, string]>([
  ['bold', 'Hi |Ada|!', 'Hi <b>|Ada|</b>!'],
  ['bold', 'Hi <b>|Ada|</b>!', 'Hi |Ada|!'],
  ['italic', 'Hi |<i>Ada</i>|!', 'Hi |Ada|!'],
  ['italic', 'Hi ||', 'Hi <i>||</i>'],
  ['bold', '|{{ trigger.body.name }}|', '<b>|{{ trigger.body.name }}|</b>'],
  ['link', 'See |our page|', 'See <a href="|https://|">our page</a>'],
  ['link', '|https://example.com/a|', '<a href="https://example.com/a">https://example.com/a</a>||'],
  ['list', '|one\n\n two|', '<ul>\n<li>one</li>\n<li>two||</li>\n</ul>'],
  ['list', '||', '<ul>\n<li>||</li>\n</ul>'],
])('%s of %s', (format, before, after) => expect(apply(format, before)).toBe(after))
