import { Button, Skeleton, Tabs } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { IconRoute, IconTrash } from '@tabler/icons-react'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { deleteForm, formQuery, type WebForm } from '../../api/forms'
import { createWorkflow } from '../../api/workflows'
import { useAnnounce } from '../../components/Announcer'
import { ErrorNote } from '../../components/ErrorNote'
import { Page } from '../../components/Page'
import { forms as words } from '../../lib/text/en/forms'
import { OpenBadge } from './OpenBadge'

const ConfirmDialog = lazy(() => import('../../components/ConfirmDialog').then((m) => ({ default: m.ConfirmDialog })))
// The page's frame comes first; what is worked with is loaded beside it.
const loadBuilder = () => import('./Builder')
loadBuilder().catch(() => undefined) // asked for again where it is shown
const Builder = lazy(() => loadBuilder().then((m) => ({ default: m.Builder })))
const Share = lazy(() => import('./Share').then((m) => ({ default: m.Share })))
const Submissions = lazy(() => import('./Submissions').then((m) => ({ default: m.Submissions })))

type Tab = keyof typeof words.tabs

/** One form: its questions, where it stands, and what was sent in. */
export function FormPage() {
  const { ws, id } = useParams({ from: '/w/$ws/forms/$id' })
  const { data: form, error, isPending, refetch } = useQuery(formQuery(ws, id))
  const back = { label: words.back, to: { to: '/w/$ws/forms', params: { ws } } as const }
  if (!form) {
    return (
      <Page title={words.title} back={back}>
        {isPending ? <Skeleton height={320} radius="lg" /> : <ErrorNote error={error} onRetry={() => void refetch()} />}
      </Page>
    )
  }
  return <Whole key={form.id} ws={ws} form={form} back={back} />
}

function Whole({ ws, form, back }: { ws: string; form: WebForm; back: Parameters<typeof Page>[0]['back'] }) {
  const wanted = useSearch({ from: '/w/$ws/forms/$id' }).tab as Tab
  // Not in the address: what is being built must not be left for a look at the submissions.
  const [tab, setTab] = useState<Tab>(wanted in words.tabs ? wanted : 'build')
  const [removing, setRemoving] = useState(false)
  const start = useStartWorkflow(ws, form)
  return (
    <Page
      title={form.title}
      badge={<OpenBadge open={form.open} />}
      back={back}
      actions={
        <>
          <Button variant="subtle" color="gray" leftSection={<IconTrash size={17} aria-hidden />} onClick={() => setRemoving(true)}>
            {words.remove.button}
          </Button>
          <Button variant="default" leftSection={<IconRoute size={17} aria-hidden />} loading={start.isPending} onClick={() => start.mutate()}>
            {words.workflow.start}
          </Button>
        </>
      }
    >
      <ErrorNote error={start.error} title={words.workflow.failed} />
      <Tabs value={tab} onChange={(next) => next && setTab(next as Tab)}>
        <Tabs.List aria-label={words.tabList} mb="lg">
          {(Object.keys(words.tabs) as Tab[]).map((name) => (
            <Tabs.Tab key={name} value={name}>
              {words.tabs[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="build" keepMounted>
          <Suspense fallback={<Skeleton height={320} radius="lg" />}>
            <Builder ws={ws} form={form} />
          </Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="share">
          <Suspense>{tab === 'share' && <Share ws={ws} form={form} starting={start.isPending} onStart={() => start.mutate()} />}</Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="submissions">
          <Suspense>{tab === 'submissions' && <Submissions ws={ws} form={form} onShare={() => setTab('share')} />}</Suspense>
        </Tabs.Panel>
      </Tabs>
      <Suspense>{removing && <Remove ws={ws} form={form} onClose={() => setRemoving(false)} />}</Suspense>
    </Page>
  )
}

/** Makes a workflow that starts with this form's submissions, and opens it. */
function useStartWorkflow(ws: string, form: WebForm) {
  const client = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: () =>
      createWorkflow(ws, {
        name: words.workflow.name(form.title),
        definition: {
          schema: 1,
          settings: { contact: 'required', timezone: null },
          triggers: [{ id: 'submitted', type: 'form.submitted', v: 1, params: { forms: [form.id] } }],
          steps: [],
        },
      }),
    onSuccess: async (workflow) => {
      void client.invalidateQueries({ queryKey: ['ws', ws, 'workflows'] })
      await navigate({ to: '/w/$ws/workflows/$id', params: { ws, id: workflow.id } })
    },
  })
}

function Remove({ ws, form, onClose }: { ws: string; form: WebForm; onClose: () => void }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const announce = useAnnounce()
  const remove = useMutation({
    mutationFn: () => deleteForm(ws, form.id),
    onSuccess: async () => {
      announce(words.remove.done)
      await navigate({ to: '/w/$ws/forms', params: { ws }, ignoreBlocker: true })
      client.removeQueries({ queryKey: ['ws', ws, 'forms', 'one', form.id] })
      void client.invalidateQueries({ queryKey: ['ws', ws, 'forms'] })
    },
  })
  return (
    <ConfirmDialog title={words.remove.title(form.title)} confirm={words.remove.go} pending={remove.isPending} error={remove.error} onConfirm={() => remove.mutate()} onClose={onClose}>
      {words.remove.help}
    </ConfirmDialog>
  )
}
