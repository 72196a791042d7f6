// The last test of each step, so that switching between tabs keeps its result.
import { create } from 'zustand'

interface Tests {
  of: Record<string, string>
  keep: (key: string, runId: string) => void
}

const useTests = create<Tests>((set) => ({
  of: {},
  keep: (key, runId) => set((state) => ({ of: { ...state.of, [key]: runId } })),
}))

export function useLastTest(workflowId: string, stepId: string): [string | undefined, (runId: string) => void] {
  const key = `${workflowId}/${stepId}`
  const runId = useTests((state) => state.of[key])
  const keep = useTests((state) => state.keep)
  return [runId, (id) => keep(key, id)]
}
