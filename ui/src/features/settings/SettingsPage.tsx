import { Skeleton, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { meQuery } from '../../api/session'
import { workspaceQuery } from '../../api/settings'
import { ErrorNote } from '../../components/ErrorNote'
import { Page } from '../../components/Page'
import { settings as words } from '../../lib/text/en/setup'
import { Backup } from './Backup'
import { Danger } from './Danger'
import { Limits } from './Limits'
import { WorkspaceForm } from './WorkspaceForm'

const AlertsForm = lazy(() => import('./AlertsForm').then((m) => ({ default: m.AlertsForm })))
const BrandForm = lazy(() => import('./BrandForm').then((m) => ({ default: m.BrandForm })))
const Switches = lazy(() => import('./Switches').then((m) => ({ default: m.Switches })))
const CheckoutForm = lazy(() => import('./CheckoutForm').then((m) => ({ default: m.CheckoutForm })))
const Files = lazy(() => import('./Files').then((m) => ({ default: m.Files })))
const MemberForm = lazy(() => import('./MemberForm').then((m) => ({ default: m.MemberForm })))

/** What the workspace is set up with. */
export function SettingsPage() {
  const { ws } = useParams({ from: '/w/$ws/settings' })
  const { data: workspace, error, isPending, refetch } = useQuery(workspaceQuery(ws))
  const { data: me } = useQuery(meQuery)
  return (
    <Page title={words.title} help={words.help}>
      {isPending && <Skeleton height={320} radius="lg" />}
      <ErrorNote error={error} onRetry={() => void refetch()} />
      {workspace && (
        <Stack gap="xl" maw={760}>
          <WorkspaceForm key={workspace.id} ws={ws} workspace={workspace} />
          <Suspense fallback={<Skeleton height={420} radius="lg" />}>
            <BrandForm ws={ws} />
            {me?.agency && <BrandForm />}
          </Suspense>
          <Suspense fallback={<Skeleton height={260} radius="lg" />}>
            <Switches ws={ws} workspace={workspace} />
          </Suspense>
          <Suspense fallback={<Skeleton height={180} radius="lg" />}>
            <CheckoutForm ws={ws} />
          </Suspense>
          <Suspense fallback={<Skeleton height={220} radius="lg" />}>
            <AlertsForm ws={ws} />
          </Suspense>
          <Suspense fallback={<Skeleton height={180} radius="lg" />}>
            <MemberForm />
          </Suspense>
          <Limits workspace={workspace} />
          <Suspense fallback={<Skeleton height={220} radius="lg" />}>
            <Files ws={ws} />
          </Suspense>
          <Backup />
          <Danger ws={ws} workspace={workspace} />
        </Stack>
      )}
    </Page>
  )
}
