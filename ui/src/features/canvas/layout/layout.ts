// Second pass of the layout: where everything stands. One guided flow from top
// to bottom; nothing is ever placed by hand.
import type { Definition, Trigger } from '../../../lib/definition'
import { placeKey } from '../../../lib/document/edit'
import { listKey, ROOT, type ListRef } from '../../../lib/document/tree'
import { down, way } from './line'
import { measureChain, widthOf, type Block, type Chain, type Column } from './measure'
import type { Box, Item, Layout, Line, Thing, View } from './shape'
import { CARD, COLUMN_GAP, FOLDED, FRAME, GAP, JOIN, LABEL, NONE_OF, PLUS, SPLIT, TAIL, TRIGGERS } from './size'

/** Width of the pill from which a loop goes back. */
const NEXT_ITEM = 92

/** Computes where everything of a document stands. */
export function layout(definition: Definition, view: View): Layout {
  const pen = new Pen()
  const bottom = placeTriggers(pen, definition.triggers ?? [], view)
  const chain = measureChain(ROOT, definition.steps ?? [], view)
  const end = placeChain(pen, chain, 0, bottom, undefined)
  tail(pen, ROOT, 'end', 0, end)
  return pen.drawn()
}

/** Collects what was placed. */
class Pen {
  private readonly items: Item[] = []
  private readonly lines: Line[] = []

  /** Places a thing with the middle of its upper edge at x, y. */
  put(thing: Thing, x: number, y: number, size: { w: number; h: number }) {
    this.items.push({ ...thing, x: x - size.w / 2, y, w: size.w, h: size.h })
  }

  line(d: string, more: Omit<Line, 'd' | 'kind'> & { kind?: Line['kind'] } = {}) {
    this.lines.push({ kind: 'plain', ...more, d })
  }

  drawn(): Layout {
    let [left, right, bottom] = [0, 0, 0]
    for (const i of this.items) {
      left = Math.min(left, i.x)
      right = Math.max(right, i.x + i.w)
      bottom = Math.max(bottom, i.y + i.h)
    }
    const bounds: Box = { x: left, y: 0, w: right - left, h: bottom }
    return { items: this.items, lines: this.lines, bounds }
  }
}

/** The triggers in rows under their title; returns where the frame ends. */
function placeTriggers(pen: Pen, triggers: Trigger[], view: View): number {
  const folds = triggers.length > TRIGGERS.shown
  const shown = folds && !view.allTriggers ? triggers.slice(0, TRIGGERS.shown) : triggers
  const cells: [Thing, number][] = shown.map((trigger) => [{ kind: 'trigger', id: trigger.id, trigger }, CARD.w])
  if (folds) cells.push([{ kind: 'moreTriggers', id: '#more', hidden: triggers.length - shown.length }, TRIGGERS.more])
  cells.push([{ kind: 'addTrigger', id: '#addTrigger', count: triggers.length }, triggers.length === 0 ? CARD.w : TRIGGERS.add])
  const rows: [Thing, number][][] = []
  for (let i = 0; i < cells.length; i += TRIGGERS.perRow + 1) rows.push(cells.slice(i, i + TRIGGERS.perRow + 1))
  const widths = rows.map((row) => row.reduce((sum, [, w]) => sum + w, 0) + TRIGGERS.gap * (row.length - 1))
  const frame = { w: Math.max(...widths) + 2 * TRIGGERS.side, h: TRIGGERS.title + rows.length * (CARD.h + TRIGGERS.gap) - TRIGGERS.gap + TRIGGERS.bottom }
  pen.put({ kind: 'triggers', id: '#triggers', count: triggers.length }, 0, 0, frame)
  rows.forEach((row, n) => {
    let x = -frame.w / 2 + TRIGGERS.side
    for (const [thing, w] of row) {
      pen.put(thing, x + w / 2, TRIGGERS.title + n * (CARD.h + TRIGGERS.gap), { w, h: CARD.h })
      x += w + TRIGGERS.gap
    }
  })
  return frame.h
}

/** Places the steps of a list from y on; returns where the list ends. */
function placeChain(pen: Pen, chain: Chain, x: number, y: number, above: string | undefined): number {
  const key = listKey(chain.list)
  let from = above
  let at = y
  chain.blocks.forEach((block, index) => {
    const into = block.step.id
    pen.line(way([x, at], [x, at + GAP]), index === 0 ? { into, list: key } : { into, from })
    plus(pen, chain.list, index, from, x, at + (GAP - PLUS) / 2)
    at = placeBlock(pen, block, x, at + GAP)
    from = into
  })
  if (chain.ends) {
    pen.line(way([x, at], [x, at + SPLIT / 2]), { from })
    return at + SPLIT / 2
  }
  pen.line(way([x, at], [x, at + GAP]), chain.blocks.length === 0 ? { list: key } : { from })
  plus(pen, chain.list, chain.blocks.length, from, x, at + (GAP - PLUS) / 2)
  return at + GAP
}

function plus(pen: Pen, list: ListRef, index: number, after: string | undefined, x: number, y: number) {
  const place = { list, index }
  pen.put({ kind: 'plus', id: `+${placeKey(place)}`, place, after }, x, y, { w: PLUS, h: PLUS })
}

function tail(pen: Pen, list: ListRef, says: Extract<Thing, { kind: 'tail' }>['says'], x: number, y: number) {
  pen.put({ kind: 'tail', id: `=${listKey(list)}`, list, says }, x, y, TAIL)
}

/** Places a step with all that belongs to it; returns where the next line begins. */
function placeBlock(pen: Pen, block: Block, x: number, y: number): number {
  const { step } = block
  const frame = block.loop ? FRAME.top : 0
  if (block.loop) placeLoop(pen, block, block.loop, x, y)
  pen.put({ kind: 'step', id: step.id, step }, x, y + frame, { w: CARD.w, h: block.card })
  if (block.columns) placeColumns(pen, block, block.columns, x, y)
  if (!block.error) return y + block.h
  placeErrorPath(pen, block, block.error, x, y)
  return y + block.h
}

function placeLoop(pen: Pen, block: Block, loop: Chain, x: number, y: number) {
  const { step } = block
  const [left, w] = [x - loop.l - FRAME.side, loop.l + loop.r + 2 * FRAME.side]
  pen.put({ kind: 'frame', id: `[${step.id}`, step: step.id }, left + w / 2, y, { w, h: block.main })
  const top = y + FRAME.top + block.card
  const end = placeChain(pen, loop, x, top, undefined)
  tail(pen, loop.list, loop.ends ? 'ends' : 'nextItem', x, end)
  if (loop.ends) return
  const side = x - Math.max(loop.l, CARD.w / 2) - FRAME.side / 2
  const [low, high] = [end + TAIL.h / 2, y + FRAME.top + CARD.h / 2]
  pen.line(way([x - NEXT_ITEM / 2, low], [side, low], [side, high], [x - CARD.w / 2, high]), { kind: 'loop', list: listKey(loop.list) })
}

function placeColumns(pen: Pen, block: Block, columns: Column[], x: number, y: number) {
  const { step } = block
  const none = { l: NONE_OF.w / 2, r: NONE_OF.w / 2, h: 0 }
  const card = y + block.card
  const top = card + SPLIT
  const join = y + block.main - JOIN.h
  let left = x - widthOf(block.open ? [...columns, none] : columns) / 2
  columns.forEach((column, position) => {
    const at = left + column.l
    const list = listKey(column.list)
    pen.line(down([x, card], [at, top], card + SPLIT / 2), { list, from: step.id })
    const end = placeColumn(pen, column, at, top, position, position === columns.length - 1)
    if (!column.ends) pen.line(down([at, end], [x, join], join - SPLIT / 2), { list })
    left += column.l + column.r + COLUMN_GAP
  })
  const edge = left - COLUMN_GAP
  if (block.open) {
    const at = left + none.l
    pen.line(down([x, card], [at, top], card + SPLIT / 2), { list: `${step.id}/` })
    pen.line(down([at, top], [x, join], join - SPLIT / 2), { list: `${step.id}/` })
    pen.put({ kind: 'noneOf', id: `?${step.id}`, step: step.id }, at, top, NONE_OF)
  }
  pen.put({ kind: 'addBranch', id: `*${step.id}`, step: step.id }, Math.max(x + CARD.w / 2 + 70, Math.min(edge, x + CARD.w / 2 + 70)), card - CARD.h / 2 - 15, { w: 112, h: 30 })
  const going = columns.filter((c) => !c.ends).length + (block.open ? 1 : 0)
  const says = going === 0 ? 'none' : going === columns.length + (block.open ? 1 : 0) ? 'all' : 'some'
  pen.put({ kind: 'join', id: `~${step.id}`, step: step.id, says }, x, join, JOIN)
}

/** A label with the steps below it, or the one line that it folds to. */
function placeColumn(pen: Pen, column: Column, x: number, y: number, position: number, last: boolean): number {
  const list = column.list as Exclude<ListRef, { of: 'root' | 'loop' }>
  const key = listKey(list)
  if (!column.chain) {
    pen.put({ kind: 'folded', id: `-${key}`, list, name: column.branch?.name ?? '', steps: column.steps }, x, y, FOLDED)
    return y + FOLDED.h
  }
  if (column.branch) pen.put({ kind: 'branch', id: key, step: list.step, branch: column.branch, position, last }, x, y, LABEL)
  else pen.put({ kind: 'errorPath', id: key, step: list.step }, x, y, LABEL)
  const end = placeChain(pen, column.chain, x, y + LABEL.h, undefined)
  tail(pen, list, column.ends ? 'ends' : column.steps.length === 0 ? 'nothing' : 'continues', x, end)
  return end + TAIL.h
}

function placeErrorPath(pen: Pen, block: Block, error: Column, x: number, y: number) {
  const { step } = block
  const frame = block.loop ? FRAME.top : 0
  const list = listKey(error.list)
  const at = x + block.r - error.r
  const card = y + frame + CARD.h / 2
  const top = y + block.card + SPLIT
  const join = y + block.h - JOIN.h
  // Beside a loop or branches the failure leaves above them, so that it crosses nothing.
  pen.line(way([x + CARD.w / 2, card], [at, card], [at, top]), { kind: 'error', list })
  const end = placeColumn(pen, error, at, top, 0, true)
  pen.line(way([x, y + block.main], [x, join]), { from: step.id })
  if (!error.ends) pen.line(way([at, end], [at, join - SPLIT / 2], [x, join - SPLIT / 2], [x, join]), { kind: 'error', list })
  pen.put({ kind: 'join', id: `!${step.id}`, step: step.id, says: error.ends ? 'some' : 'error' }, x, join, JOIN)
}
