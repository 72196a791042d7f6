import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { JsonTree } from '../../components/JsonTree'
import type { Trigger } from '../../lib/definition'
import { samplesWords as words } from '../../lib/text/en/samples'
import { isSample, requestQuery, requestsQuery } from './api'
import { useSampleChoice } from './choice'
import { requestScope } from './scope'
import classes from './TriggerPanel.module.css'

/** What the chosen sample brought, to look into. */
export function Arrived({ ws, workflowId, trigger }: { ws: string; workflowId: string; trigger: Trigger }) {
  const choice = useSampleChoice(workflowId)
  const { data: list } = useInfiniteQuery(requestsQuery(ws, workflowId))
  const newest = (list?.pages ?? []).flatMap((page) => page.items ?? []).find((r) => r.trigger_id === trigger.id && isSample(r))
  const id = choice.triggerId === trigger.id && choice.requestId ? choice.requestId : newest?.id
  const { data } = useQuery({ ...requestQuery(ws, id ?? ''), enabled: id !== undefined })
  if (!data) return null
  const { body, query, headers } = requestScope(data, trigger)
  return (
    <details className={classes.arrived}>
      <summary>{words.arrived}</summary>
      <JsonTree value={{ body, query, headers }} label={words.arrived} base="trigger" />
    </details>
  )
}
