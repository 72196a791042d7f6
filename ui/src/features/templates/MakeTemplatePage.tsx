import { Button, Group, Skeleton } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { inspect, recipeQuery } from '../../api/clones'
import { templatesQuery } from '../../api/templates'
import { LateMultiSelect } from '../../components/LateSelect'
import { ErrorNote } from '../../components/ErrorNote'
import { Page } from '../../components/Page'
import { useWorkflowNames } from '../../components/useWorkflowNames'
import { clones as words } from '../../lib/text/en/clones'
import classes from './Clones.module.css'

const Recipe = lazy(() => import('./Recipe').then((m) => ({ default: m.Recipe })))

/** Makes a template of workflows, with what it asks for edited by hand. */
export function MakeTemplatePage() {
  const { ws } = useParams({ from: '/w/$ws/templates/new' })
  const { names } = useWorkflowNames(ws)
  const [ids, setIds] = useState<string[]>([])
  const look = useMutation({ mutationFn: () => inspect(ws, { workflow_ids: ids }) })
  return (
    <Page title={words.makeTitle} help={words.makeHelp} back={{ label: words.back, to: { to: '/w/$ws/templates', params: { ws } } }}>
      <ErrorNote error={look.error} />
      <Group align="end" mb="lg">
        <LateMultiSelect
          className={classes.wide}
          label={words.workflows}
          placeholder={ids.length === 0 ? words.chooseWorkflows : undefined}
          data={[...names].map(([value, label]) => ({ value, label: label || value }))}
          value={ids}
          onChange={setIds}
          searchable
        />
        <Button loading={look.isPending} disabled={ids.length === 0} onClick={() => look.mutate()}>
          {words.look}
        </Button>
      </Group>
      <Suspense fallback={<Skeleton h={240} />}>{look.data && <Recipe key={look.submittedAt} ws={ws} found={look.data} ids={ids} />}</Suspense>
    </Page>
  )
}

/** Makes a new version of a template of the workflows as they are now. */
export function VersionPage() {
  const { ws, id } = useParams({ from: '/w/$ws/templates/$id/version' })
  const { data, error, refetch } = useQuery(recipeQuery(ws, id))
  const all = useQuery(templatesQuery(ws))
  const name = all.data?.items?.find((t) => t.id === id)?.name ?? ''
  return (
    <Page title={words.versionTitle(name)} help={words.versionHelp} back={{ label: words.back, to: { to: '/w/$ws/templates', params: { ws } } }}>
      <ErrorNote error={error} onRetry={() => void refetch()} />
      <Suspense fallback={<Skeleton h={240} />}>{data && <Recipe ws={ws} found={data} ids={data.workflows.map((w) => w.id)} template={id} />}</Suspense>
    </Page>
  )
}
