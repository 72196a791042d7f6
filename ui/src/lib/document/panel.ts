// What the canvas and the forms of its panel agree on. The canvas owns the
// document and mounts the tabs; the forms own everything inside them.
import type { ComponentType, ReactNode } from 'react'
import type { Problem } from '../../api/http'
import type { NodeType } from '../../api/nodeTypes'
import type { Workflow } from '../../api/workflows'
import type { Condition, Definition, Step, Trigger } from '../definition'

/** Where in a workflow something stands: what a form needs to offer and check mappings. */
export interface Scope {
  ws: string
  /** As the server last told it: addresses, status, revision. Its definition may be older than the one below. */
  workflow: Workflow
  /** As it is being edited. */
  definition: Definition
  /** Id of the step or trigger that the panel shows. */
  stepId: string
}

/** What each tab of the panel gets: `SetUpTab`, `FieldsTab`, `TestTab`, `FailsTab`. */
export interface TabProps extends Scope {
  /** Of unknown types: words only, no fields. */
  nodeType: NodeType
  value: Step | Trigger
  /**
   * Takes the whole changed step or trigger (same id). Changes in a row with
   * the same label are undone together: give a field's key while it is typed in.
   */
  onChange: (next: Step | Trigger, label?: string) => void
  /** Of this step or trigger only; `pointer` is within it, as in "/params/email". */
  problems: Problem[]
  readOnly: boolean
  /** The field to bring into view and focus, as a pointer within the step; a new object for each request. FIRST_EMPTY is the first that asks for a value. */
  goTo?: { pointer: string }
  /** Asks the test tab to run its test at once; a new object for each request. */
  testNow?: object
  /** Stores the draft as it is shown; resolves once it is stored, rejects with an ApiError. Tests run on the stored draft. */
  save: () => Promise<void>
  /** Shows a run on the cards while it runs, such as a test just started. */
  showRun: (runId: string) => void
  /** Opens the field of a step that a failure names; "" as the pointer opens the step. */
  jump?: (stepId: string, pointer: string) => void
}

/** Stands in goTo for the first field of the open tab that has no value yet. */
export const FIRST_EMPTY = '/params'

/** A tab of the panel; `features/params/index.ts` exports the four. */
export type Tab = ComponentType<TabProps>

/** The rows of a condition; `features/conditions/index.ts` exports `ConditionEditor`. */
export interface ConditionEditorProps extends Scope {
  /** null or undefined: no condition yet. */
  value: Condition | null | undefined
  onChange: (next: Condition | null, label?: string) => void
  /** `pointer` is within the condition, as in "/rules/0/value". */
  problems?: Problem[]
  readOnly?: boolean
  label?: ReactNode
}

/**
 * A condition in few plain words, for the label of a branch: "Amount is more
 * than 100 and …". Empty text when there is none. `refName` tells what an offer is called.
 */
export type ConditionSummary = (when: Condition | null | undefined, definition?: Definition, refName?: (kind: string, id: string) => string | undefined) => string
