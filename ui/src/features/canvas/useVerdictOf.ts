import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { statsQuery } from '../../api/draft'
import { call, type Page, type Problem } from '../../api/http'
import type { Workflow } from '../../api/workflows'
import type { Desk, Verdict } from './desk'

/** Where the names of what a reference points to come from. */
const REFS: Record<string, string> = { offer: 'offers', connection: 'connections' }

interface Named {
  id: string
  name?: string
  title?: string
}

function useRefNames(ws: string, kind: string, wanted: boolean): Map<string, string> {
  const path = REFS[kind] ?? ''
  const { data } = useQuery({
    queryKey: ['ws', ws, 'refs', kind],
    queryFn: ({ signal }) => call<Page<Named>>('GET', `/workspaces/${encodeURIComponent(ws)}/${path}?limit=200`, { signal }),
    enabled: wanted,
  })
  return useMemo(() => new Map((data?.items ?? []).map((i) => [i.id, i.title ?? i.name ?? i.id])), [data])
}

/** What the server says about the draft, as the cards need it. */
export function useVerdictOf({ ws, id }: Desk, workflow: Workflow): Verdict {
  const document = useMemo(() => JSON.stringify(workflow.definition ?? {}), [workflow.definition])
  const offers = useRefNames(ws, 'offer', document.includes('offer'))
  const connections = useRefNames(ws, 'connection', document.includes('"connection'))
  const { data: stats } = useQuery({ ...statsQuery(ws, id), enabled: (workflow.live_version ?? 0) > 0 })
  return useMemo<Verdict>(() => {
    const problems = new Map<string, Problem[]>()
    for (const problem of workflow.problems ?? []) {
      const step = problem.step ?? ''
      problems.set(step, [...(problems.get(step) ?? []), problem])
    }
    const waiting = new Map((stats?.steps ?? []).filter((s) => s.waiting > 0).map((s) => [s.step_id, s.waiting]))
    const names: Record<string, Map<string, string>> = { offer: offers, connection: connections }
    return { workflow, problems, waiting, refName: (kind, ref) => names[kind]?.get(ref) }
  }, [workflow, stats, offers, connections])
}
