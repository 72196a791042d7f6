// Formatting as HTML: what a button of the toolbar does to the selected text.
import type { Change } from '../../mapping'

export type Format = 'bold' | 'italic' | 'link' | 'list'

const TAGS = { bold: 'b', italic: 'i' } as const

/** What takes the place of the selection. Bold and italic text becomes plain again. */
export function formatted(format: Format, text: string, from: number, to: number): Change {
  const chosen = text.slice(from, to)
  if (format === 'link') return link(chosen, from, to)
  if (format === 'list') return list(chosen, from, to)
  return toggled(TAGS[format], text, from, to)
}

function toggled(tag: string, text: string, from: number, to: number): Change {
  const [open, close] = [`<${tag}>`, `</${tag}>`]
  const chosen = text.slice(from, to)
  if (text.slice(0, from).endsWith(open) && text.slice(to).startsWith(close)) {
    const start = from - open.length
    return { from: start, to: to + close.length, insert: chosen, select: [start, start + chosen.length] }
  }
  if (chosen.startsWith(open) && chosen.endsWith(close) && chosen.length >= open.length + close.length) {
    const inner = chosen.slice(open.length, -close.length)
    return { from, to, insert: inner, select: [from, from + inner.length] }
  }
  const start = from + open.length
  return { from, to, insert: open + chosen + close, select: [start, start + chosen.length] }
}

/** A web address becomes a link to itself; of other text the address is asked for next. */
function link(chosen: string, from: number, to: number): Change {
  const isAddress = /^https?:\/\/[^\s"<>]+$/.test(chosen)
  const [address, words] = isAddress ? [chosen, chosen] : ['https://', chosen]
  const insert = `<a href="${address}">${words}</a>`
  const start = from + '<a href="'.length
  // Words are there: type the address. None are: type them after the address.
  return { from, to, insert, select: isAddress ? [from + insert.length, from + insert.length] : [start, start + address.length] }
}

/** Each line becomes an entry. */
function list(chosen: string, from: number, to: number): Change {
  const entries = chosen.split('\n').filter((line) => line.trim() !== '')
  const lines = (entries.length === 0 ? [''] : entries).map((line) => `<li>${line.trim()}</li>`)
  const insert = `<ul>\n${lines.join('\n')}\n</ul>`
  const end = from + insert.length - '</li>\n</ul>'.length
  return { from, to, insert, select: [end, end] }
}
