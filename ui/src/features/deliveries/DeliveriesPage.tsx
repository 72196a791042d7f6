import { Button, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { IconRefresh, IconSend } from '@tabler/icons-react'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import { deliveriesKey, hooksQuery, listDeliveries, type Delivery } from '../../api/hooks'
import { FeedFrame } from '../../components/FeedFrame'
import { NoneMatch } from '../../components/NoneMatch'
import { Empty, Page } from '../../components/Page'
import { registerCommands } from '../../lib/commands'
import { deliveries as words } from '../../lib/text/en/hooks'
import { useFeed } from '../../lib/useFeed'
import { useWhole } from '../../lib/useWhole'
import { DeliveryFilters } from './DeliveryFilters'
import { DeliveryRow } from './DeliveryRow'
import type { DeliverySearch } from './deliverySearch'

const DeliveryDrawer = lazy(() => import('./DeliveryDrawer').then((m) => ({ default: m.DeliveryDrawer })))
const ResendDialog = lazy(() => import('./ResendDialog').then((m) => ({ default: m.ResendDialog })))

/** Every call of the outgoing webhooks. */
export function DeliveriesPage() {
  const { ws } = useParams({ from: '/w/$ws/deliveries' })
  const search = useSearch({ from: '/w/$ws/deliveries' })
  const navigate = useNavigate()
  const [resending, setResending] = useState(false)
  const list = useInfiniteQuery(hooksQuery(ws))
  const { data: hooks } = list
  const further = useWhole(list)
  const known = useMemo(() => new Map(hooks?.pages.flatMap((page) => page.items).map((hook) => [hook.id, hook])), [hooks])
  const { id, ...filter } = search
  // Failures are sent again for everybody: not where one contact's are shown.
  const bulk = !filter.contact_id
  useEffect(() => {
    if (!bulk) return undefined
    return registerCommands(() => [{ id: 'deliveries.resend', label: words.resendAll, group: words.title, icon: IconRefresh, run: () => setResending(true) }])
  }, [bulk])
  const feed = useFeed<Delivery>({
    queryKey: deliveriesKey(ws, filter),
    load: (cursor, signal) => listDeliveries(ws, filter, cursor, signal),
    kind: 'run',
  })
  const go = (part: DeliverySearch, replace = true) => void navigate({ to: '/w/$ws/deliveries', params: { ws }, search: { ...search, ...part }, replace })
  const filtered = Object.values(filter).some(Boolean)
  return (
    <Page
      title={words.title}
      help={words.help}
      back={{ label: words.back, to: { to: '/w/$ws/hooks', params: { ws } } }}
      actions={
        bulk &&
        (feed.items.length > 0 || filtered) && (
          <Button variant="default" leftSection={<IconRefresh size={17} aria-hidden />} onClick={() => setResending(true)}>
            {words.resendAll}
          </Button>
        )
      }
    >
      {(feed.items.length > 0 || filtered) && <DeliveryFilters filter={filter} hooks={known} whole={list.isSuccess && !further && !list.hasNextPage} onFilter={go} />}
      <FeedFrame
        feed={feed}
        label={words.title}
        heights={[64, 100]}
        empty={
          filtered ? (
            <NoneMatch title={words.none} help={words.noneHelp} clear={{ to: '/w/$ws/deliveries', params: { ws }, search: {} }} />
          ) : (
            <Empty
              icon={IconSend}
              title={words.emptyTitle}
              action={<Button renderRoot={(props) => <Link to="/w/$ws/hooks" params={{ ws }} {...props} />}>{words.toHooks}</Button>}
            >
              <Text c="dimmed">{words.emptyHelp}</Text>
            </Empty>
          )
        }
        row={(delivery) => <DeliveryRow delivery={delivery} hook={known.get(delivery.hook_id)} onOpen={(open) => go({ id: open }, false)} />}
      />
      <Suspense>
        {id && <DeliveryDrawer key={id} ws={ws} id={id} hooks={known} onOpen={(open) => go({ id: open })} onClose={() => go({ id: undefined })} />}
        {resending && <ResendDialog ws={ws} filter={filter} hooks={known} onClose={() => setResending(false)} onDone={() => feed.renew()} />}
      </Suspense>
    </Page>
  )
}
