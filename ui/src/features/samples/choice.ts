// Which sample a workflow's fields show. It is the reader's own choice: kept
// while the app is open, never stored.
import { create } from 'zustand'

export interface SampleChoice {
  /** Trigger whose samples are shown; undefined for the first one. */
  triggerId?: string
  /** A stored request; undefined for the newest. */
  requestId?: string
  /** An earlier run, of a trigger that takes no requests; undefined for the newest. */
  runId?: string
}

interface Choices {
  of: Record<string, SampleChoice>
  choose: (workflowId: string, choice: SampleChoice) => void
}

export const useSampleChoices = create<Choices>((set) => ({
  of: {},
  choose: (workflowId, choice) => set((state) => ({ of: { ...state.of, [workflowId]: choice } })),
}))

const NONE: SampleChoice = {}

/** The choice for one workflow. */
export const useSampleChoice = (workflowId: string) => useSampleChoices((state) => state.of[workflowId] ?? NONE)
