// Sizes of what stands on the canvas, in pixels. The style sheets draw things
// as large as these say.

export const CARD = { w: 272, h: 84 }
/** The strip under a card that shows its note. */
export const NOTE_H = 34
/** Between two cards; holds the line and its +. */
export const GAP = 56
export const PLUS = 28
export const LABEL = { w: 232, h: 34 }
export const TAIL = { w: 256, h: 28 }
export const JOIN = { w: 208, h: 28 }
export const FOLDED = { w: 232, h: 44 }
export const NONE_OF = { w: 132, h: 34 }
/** From a branching card to the labels of its branches, and from the last tail to the join. */
export const SPLIT = 40
export const COLUMN_GAP = 36
export const FRAME = { side: 28, top: 20, bottom: 16 }
export const TRIGGERS = { side: 16, title: 36, bottom: 16, gap: 14, shown: 3, more: 64, add: 44, perRow: 4 }
