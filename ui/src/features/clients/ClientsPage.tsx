import { Button, Group, SegmentedControl, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconMail, IconPlus } from '@tabler/icons-react'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { clientsQuery } from '../../api/agency'
import { meQuery } from '../../api/session'
import { ErrorNote } from '../../components/ErrorNote'
import { Page } from '../../components/Page'
import { SearchBox } from '../../components/SearchBox'
import { agency as words } from '../../lib/text/en/agency'
import { Board } from './Board'
import classes from './Clients.module.css'

const NewClient = lazy(() => import('./NewClient').then((m) => ({ default: m.NewClient })))
const Digest = lazy(() => import('./Digest').then((m) => ({ default: m.Digest })))
const Usage = lazy(() => import('./Usage').then((m) => ({ default: m.Usage })))
const Found = lazy(() => import('./Found').then((m) => ({ default: m.Found })))

/** How all clients fare, what they used, and one search over them. */
export function ClientsPage() {
  const { ws } = useParams({ from: '/w/$ws/clients' })
  const { q = '', view = 'health' } = useSearch({ from: '/w/$ws/clients' })
  const navigate = useNavigate()
  const { data: me } = useQuery(meQuery)
  const { data, error, isPending, refetch } = useQuery(clientsQuery)
  const [opened, setOpened] = useState<'new' | 'digest'>()
  const clients = data?.items ?? []
  const failing = clients.filter((c) => c.failed_24h > 0).length
  const go = (search: { q?: string; view?: string }) => void navigate({ to: '/w/$ws/clients', params: { ws }, search, replace: true })
  return (
    <Page
      title={words.title}
      help={data ? words.summary(clients.length, failing) : words.help}
      actions={
        <>
          <SearchBox label={words.search} value={q} onChange={(next) => go({ q: next || undefined, view })} width={340} />
          {me?.agency && (
            <>
              <Button variant="default" leftSection={<IconMail size={17} aria-hidden />} onClick={() => setOpened('digest')}>
                {words.digest.open}
              </Button>
              <Button leftSection={<IconPlus size={17} aria-hidden />} onClick={() => setOpened('new')}>
                {words.create}
              </Button>
            </>
          )}
        </>
      }
    >
      <Suspense fallback={<Skeleton height={300} radius="lg" />}>
        {q ? (
          <Found q={q} />
        ) : (
          <>
            <Group className={classes.views}>
              <SegmentedControl
                size="xs"
                data={[
                  { value: 'health', label: words.tabs.health },
                  { value: 'usage', label: words.tabs.usage },
                ]}
                value={view}
                onChange={(next) => go({ view: next === 'health' ? undefined : next })}
              />
            </Group>
            <ErrorNote error={error} onRetry={() => void refetch()} />
            {isPending && <Skeleton height={500} radius="lg" />}
            {data && (view === 'usage' ? <Usage agency={me?.agency === true} /> : <Board clients={clients} />)}
          </>
        )}
        {opened === 'new' && <NewClient onClose={() => setOpened(undefined)} />}
        {opened === 'digest' && <Digest onClose={() => setOpened(undefined)} />}
      </Suspense>
    </Page>
  )
}
