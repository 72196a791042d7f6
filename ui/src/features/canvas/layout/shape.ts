// What the layout gives: things with a place and a size, and the lines between
// them. Coordinates are pixels; x = 0 is the middle line of the flow.
import type { Branch, Step, Trigger } from '../../../lib/definition'
import type { ListRef, Place } from '../../../lib/document/tree'

export interface Box {
  x: number
  y: number
  w: number
  h: number
}

export type Thing =
  | { kind: 'step'; id: string; step: Step }
  | { kind: 'trigger'; id: string; trigger: Trigger }
  /** The frame around the triggers, with its title. */
  | { kind: 'triggers'; id: string; count: number }
  | { kind: 'addTrigger'; id: string; count: number }
  /** Stands for the triggers that are folded away; 0 folds them again. */
  | { kind: 'moreTriggers'; id: string; hidden: number }
  | { kind: 'plus'; id: string; place: Place; after: string | undefined }
  | { kind: 'branch'; id: string; step: string; branch: Branch; position: number; last: boolean }
  /** A branch folded to one line. */
  | { kind: 'folded'; id: string; list: ListRef; name: string; steps: Step[] }
  | { kind: 'addBranch'; id: string; step: string }
  /** What happens when no condition is met and no branch takes the rest. */
  | { kind: 'noneOf'; id: string; step: string }
  | { kind: 'errorPath'; id: string; step: string }
  /** Where a list of steps ends. */
  | { kind: 'tail'; id: string; list: ListRef; says: 'continues' | 'ends' | 'nothing' | 'nextItem' | 'end' }
  | { kind: 'join'; id: string; step: string; says: 'all' | 'some' | 'none' | 'error' }
  /** The frame of a loop. */
  | { kind: 'frame'; id: string; step: string }

export type Item = Thing & Box

export interface Line {
  /** An SVG path. */
  d: string
  kind: 'plain' | 'error' | 'loop'
  /** Id of the step that the line leads into, when it leads into one. */
  into?: string
  /** Key of the list that the line begins or ends, as of `listKey`. */
  list?: string
  /** Id of the step that the line leaves downwards. */
  from?: string
}

export interface Layout {
  items: Item[]
  lines: Line[]
  bounds: Box
}

/** Which lists are folded; asked once for each list that can fold. */
export interface View {
  folded: (list: ListRef, position: number, count: number) => boolean
  /** Whether all triggers are shown although there are many. */
  allTriggers: boolean
}
