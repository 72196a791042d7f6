import { Button, Skeleton } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { checkClones, startClones, type CloneRows } from '../../api/clones'
import { templatesQuery } from '../../api/templates'
import { ErrorNote } from '../../components/ErrorNote'
import { Page } from '../../components/Page'
import { clones as words } from '../../lib/text/en/clones'

const Who = lazy(() => import('./WizardWho').then((m) => ({ default: m.Who })))
const Rows = lazy(() => import('./WizardRows').then((m) => ({ default: m.Rows })))
const Report = lazy(() => import('./WizardReport').then((m) => ({ default: m.Report })))

/** Puts a template into the workspaces of clients: who, what is wrong, progress, report. */
export function WizardPage() {
  const { ws, id } = useParams({ from: '/w/$ws/templates/$id/clone' })
  const { data, error } = useQuery(templatesQuery(ws))
  const template = data?.items?.find((t) => t.id === id)
  const [rows, setRows] = useState<CloneRows>()
  const [job, setJob] = useState<string>()
  const check = useMutation({ mutationFn: (body: CloneRows) => checkClones(ws, id, body), onSuccess: (_, body) => setRows(body) })
  const start = useMutation({ mutationFn: (body: CloneRows) => startClones(ws, id, body), onSuccess: (started) => setJob(started.job_id) })
  const restart = () => {
    setJob(undefined)
    setRows(undefined)
  }
  return (
    <Page title={words.wizard(template?.name ?? '')} help={words.wizardHelp} back={{ label: words.back, to: { to: '/w/$ws/templates', params: { ws } } }}
      actions={
        <Button variant="default" renderRoot={(props) => <Link to="/w/$ws/templates/$id/clients" params={{ ws, id }} {...props} />}>
          {words.standing}
        </Button>
      }
    >
      <ErrorNote error={error ?? check.error ?? start.error} />
      <Suspense fallback={<Skeleton h={160} />}>
      {template && !rows && !job && <Who ws={ws} template={template} pending={check.isPending} onCheck={(body) => check.mutate(body)} />}
      {rows && check.data && !job && (
        <Rows checked={check.data} again={rows.again === true} pending={start.isPending} onBack={() => setRows(undefined)} onGo={() => start.mutate(rows)} />
      )}
      {job && <Report ws={ws} job={job} onAgain={restart} />}
      </Suspense>
    </Page>
  )
}
