import { Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { nodeTypesQuery } from '../../api/nodeTypes'
import { workflowQuery } from '../../api/workflows'
import { ErrorNote } from '../../components/ErrorNote'
import { Page } from '../../components/Page'
import { text } from '../../lib/text'
import { canvas as words } from '../../lib/text/en/canvas'
import { Editor } from './Editor'
import classes from './Editor.module.css'

/** One workflow, open to be edited. */
export function EditorPage() {
  const { ws, id } = useParams({ from: '/w/$ws/workflows/$id' })
  const { run, step } = useSearch({ from: '/w/$ws/workflows/$id' })
  const workflow = useQuery(workflowQuery(ws, id))
  const types = useQuery(nodeTypesQuery)
  const failed = (workflow.data ? undefined : workflow) ?? (types.data ? undefined : types)
  if (workflow.data && types.data) {
    return <Editor key={`${ws}/${id}`} ws={ws} workflow={workflow.data} types={types.data} run={run} step={step} />
  }
  if (failed?.error) {
    return (
      <Page title={text.runs.workflow} back={{ label: text.workflow.back, to: { to: '/w/$ws/workflows', params: { ws } } }}>
        <ErrorNote error={failed.error} onRetry={() => void failed.refetch()} />
      </Page>
    )
  }
  return (
    <div className={classes.loading} role="status">
      <Loader size="sm" aria-hidden />
      {words.loading}
    </div>
  )
}
