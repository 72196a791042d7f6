// First pass of the layout: how much room each list and each step needs. Every
// step is looked at once, so 500 steps take a millisecond or two.
import type { Branch, Step } from '../../../lib/definition'
import { endsHere } from '../../../lib/document/edit'
import type { ListRef } from '../../../lib/document/tree'
import { CARD, COLUMN_GAP, FOLDED, FRAME, GAP, JOIN, LABEL, NONE_OF, NOTE_H, SPLIT, TAIL } from './size'
import type { View } from './shape'

/** Room to the left and right of the middle line, and downwards. */
export interface Room {
  l: number
  r: number
  h: number
}

export interface Chain extends Room {
  list: ListRef
  blocks: Block[]
  ends: boolean
}

/** One branch, or the path of a failure. */
export interface Column extends Room {
  list: ListRef
  branch?: Branch
  /** Missing while folded. */
  chain?: Chain
  steps: Step[]
  ends: boolean
}

export interface Block extends Room {
  step: Step
  /** Height of the card with its note. */
  card: number
  columns?: Column[]
  /** Whether no branch takes what is left over. */
  open?: boolean
  loop?: Chain
  error?: Column
  /** Height of all above the point where the error path comes back. */
  main: number
}

export function measureChain(list: ListRef, steps: Step[], view: View): Chain {
  const blocks = steps.map((step) => measureStep(step, view))
  const ends = endsHere(steps)
  const room = { l: CARD.w / 2, r: CARD.w / 2, h: GAP }
  blocks.forEach((block, i) => {
    room.l = Math.max(room.l, block.l)
    room.r = Math.max(room.r, block.r)
    // Nothing can follow a step that ends the run, so there is no + below it.
    room.h += block.h + (ends && i === blocks.length - 1 ? SPLIT / 2 : GAP)
  })
  return { list, blocks, ends, ...room }
}

function measureStep(step: Step, view: View): Block {
  const card = CARD.h + (step.note ? NOTE_H : 0)
  const block: Block = { step, card, l: CARD.w / 2, r: CARD.w / 2, h: card, main: card }
  if (step.branches && step.branches.length > 0) withBranches(block, step.branches, view)
  else if (step.steps) withLoop(block, step.steps, view)
  block.main = block.h
  if (step.on_error?.do === 'branch') withErrorPath(block, step.on_error.steps ?? [], view)
  return block
}

function measureColumn(list: ListRef, steps: Step[], position: number, count: number, view: View): Column {
  const ends = endsHere(steps)
  if (view.folded(list, position, count)) {
    return { list, steps, ends, l: FOLDED.w / 2, r: FOLDED.w / 2, h: FOLDED.h }
  }
  const chain = measureChain(list, steps, view)
  return { list, steps, ends, chain, l: chain.l, r: chain.r, h: LABEL.h + chain.h + TAIL.h }
}

/** The width of columns side by side. */
export const widthOf = (columns: Room[]): number =>
  columns.reduce((sum, c) => sum + c.l + c.r, 0) + COLUMN_GAP * Math.max(0, columns.length - 1)

function withBranches(block: Block, branches: Branch[], view: View) {
  const { step } = block
  const columns = branches.map((branch, i): Column => {
    const list: ListRef = { of: 'branch', step: step.id, branch: branch.id }
    return { ...measureColumn(list, branch.steps ?? [], i, branches.length, view), branch }
  })
  block.columns = columns
  block.open = branches.every((b) => b.when)
  const width = widthOf(block.open ? [...columns, { l: NONE_OF.w / 2, r: NONE_OF.w / 2, h: 0 }] : columns)
  block.l = Math.max(block.l, width / 2)
  block.r = Math.max(block.r, width / 2)
  block.h = block.card + SPLIT + Math.max(...columns.map((c) => c.h)) + SPLIT + JOIN.h
}

function withLoop(block: Block, steps: Step[], view: View) {
  const loop = measureChain({ of: 'loop', step: block.step.id }, steps, view)
  block.loop = loop
  block.l = loop.l + FRAME.side
  block.r = loop.r + FRAME.side
  block.h = FRAME.top + block.card + loop.h + TAIL.h + FRAME.bottom
}

function withErrorPath(block: Block, steps: Step[], view: View) {
  const error = measureColumn({ of: 'error', step: block.step.id }, steps, 0, 1, view)
  block.error = error
  block.r += COLUMN_GAP + error.l + error.r
  block.h = Math.max(block.main, block.card + SPLIT + error.h) + SPLIT + JOIN.h
}
