import { useQuery } from '@tanstack/react-query'
import { liveQuery } from '../../../api/draft'
import { WorkflowBadge } from '../../../components/StatusBadge'
import { normal } from '../../../lib/document/normal'
import { differences } from '../../../lib/document/diff'
import { canvas as words } from '../../../lib/text/en/canvas'
import toneClasses from '../../../components/Tone.module.css'
import { IconCheck } from '@tabler/icons-react'
import { useDesk, useVerdict } from '../desk'
import { useEditor } from '../store'

/** How many things of the draft differ from what is live; undefined while unknown, or when nothing is live. */
export function useChangeCount(): number | undefined {
  const { ws, id, types } = useDesk()
  const { workflow } = useVerdict()
  const definition = useEditor((s) => s.draft.definition)
  const version = workflow.live_version ?? 0
  const { data: live } = useQuery({ ...liveQuery(ws, id, version), enabled: version > 0 })
  if (!live?.definition) return undefined
  return differences(normal(live.definition, (type) => types.get(type)?.lists), definition).length
}

/** The status in words: "Live: v7, your draft has 2 changes". */
export function Status() {
  const { workflow } = useVerdict()
  const changes = useChangeCount()
  if (workflow.status !== 'live' || !changes) {
    return <WorkflowBadge workflow={changes === 0 ? { ...workflow, has_changes: false } : workflow} />
  }
  return (
    <span className={`${toneClasses.badge} ${toneClasses.good}`}>
      <IconCheck size={15} stroke={2.2} aria-hidden />
      {words.header.liveChanges(workflow.live_version ?? 0, changes)}
    </span>
  )
}
