import { Skeleton, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { workflowQuery } from '../../api/workflows'
import { ErrorNote } from '../../components/ErrorNote'
import { Page } from '../../components/Page'
import { WorkflowBadge } from '../../components/StatusBadge'
import { text } from '../../lib/text'
import { LatestRuns } from './LatestRuns'
import { Problems } from './Problems'
import { PublishButtons } from './PublishButtons'
import { StatusCard } from './StatusCard'
import { StepTree } from './StepTree'
import { Triggers } from './Triggers'
import { Versions } from './Versions'
import classes from './WorkflowPage.module.css'

/** One workflow to read, publish, pause and resume. */
export function WorkflowPage() {
  const { ws, id } = useParams({ from: '/w/$ws/workflows/$id' })
  const { data: workflow, error, isPending, refetch } = useQuery(workflowQuery(ws, id))
  const back = { label: text.workflow.back, to: { to: '/w/$ws/workflows', params: { ws } } as const }
  if (!workflow) {
    return (
      <Page title={text.runs.workflow} back={back}>
        {isPending ? <Skeleton height={240} radius="lg" /> : <ErrorNote error={error} onRetry={() => void refetch()} />}
      </Page>
    )
  }
  return (
    <Page
      title={workflow.name}
      back={back}
      badge={<WorkflowBadge workflow={workflow} />}
      actions={<PublishButtons ws={ws} workflow={workflow} />}
    >
      <div className={classes.columns}>
        <Stack gap="lg">
          <ErrorNote error={error} onRetry={() => void refetch()} />
          <Problems workflow={workflow} />
          <Triggers workflow={workflow} />
          <StepTree steps={workflow.definition?.steps} />
        </Stack>
        <div className={classes.side}>
          <StatusCard workflow={workflow} />
          <LatestRuns ws={ws} workflow={workflow} />
          <Versions ws={ws} workflow={workflow} />
        </div>
      </div>
    </Page>
  )
}
