import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNodeType } from '../../api/nodeTypes'
import { runQuery } from '../../api/runs'
import { JsonTree } from '../../components/JsonTree'
import type { Trigger } from '../../lib/definition'
import { samplesWords as words } from '../../lib/text/en/samples'
import { isSample, requestQuery, requestsQuery } from './api'
import { useSampleChoice } from './choice'
import { runSamplesQuery, runsOf, takesRequests } from './runs'
import { requestScope } from './scope'
import classes from './TriggerPanel.module.css'

interface Props {
  ws: string
  workflowId: string
  trigger: Trigger
}

/** What the chosen sample brought, to look into. */
export function Arrived(props: Props) {
  const ofRequests = takesRequests(props.trigger, useNodeType()(props.trigger.type))
  return ofRequests ? <FromRequest {...props} /> : <FromRun {...props} />
}

function FromRun({ ws, workflowId, trigger }: Props) {
  const choice = useSampleChoice(workflowId)
  const { data: list } = useInfiniteQuery(runSamplesQuery(ws, workflowId))
  const id = (choice.triggerId === trigger.id ? choice.runId : undefined) ?? runsOf(list?.pages, trigger.id)[0]?.id
  const { data } = useQuery({ ...runQuery(ws, id ?? ''), enabled: id !== undefined })
  return data?.input ? <Shown value={data.input} /> : null
}

function FromRequest({ ws, workflowId, trigger }: Props) {
  const choice = useSampleChoice(workflowId)
  const { data: list } = useInfiniteQuery(requestsQuery(ws, workflowId))
  const newest = (list?.pages ?? []).flatMap((page) => page.items ?? []).find((r) => r.trigger_id === trigger.id && isSample(r))
  const id = choice.triggerId === trigger.id && choice.requestId ? choice.requestId : newest?.id
  const { data } = useQuery({ ...requestQuery(ws, id ?? ''), enabled: id !== undefined })
  if (!data) return null
  const { body, query, headers } = requestScope(data, trigger)
  return <Shown value={{ body, query, headers }} />
}

function Shown({ value }: { value: unknown }) {
  return (
    <details className={classes.arrived}>
      <summary>{words.arrived}</summary>
      <JsonTree value={value} label={words.arrived} base="trigger" />
    </details>
  )
}
