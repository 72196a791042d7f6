import { Button, Tabs, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconPlus, IconReceipt } from '@tabler/icons-react'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useMemo, useState } from 'react'
import { listSales, salesKey, type Sale, type SaleKind } from '../../api/sales'
import { targetsQuery } from '../../api/targets'
import { FeedFrame } from '../../components/FeedFrame'
import listClasses from '../../components/List.module.css'
import { NoneMatch } from '../../components/NoneMatch'
import { Empty, Page } from '../../components/Page'
import { sales as words } from '../../lib/text/en/sales'
import { useFeed } from '../../lib/useFeed'
import { SaleRow } from './SaleRow'
import type { SaleSearch } from './saleSearch'
import type { Titles } from './saleText'

const RecordSale = lazy(() => import('./RecordSale').then((m) => ({ default: m.RecordSale })))
// The list comes first: what narrows it is loaded behind it.
const SaleFilters = lazy(() => import('./SaleFilters').then((m) => ({ default: m.SaleFilters })))
const SaleDrawer = lazy(() => import('./SaleDrawer').then((m) => ({ default: m.SaleDrawer })))

const TABS = Object.keys(words.tabs) as SaleKind[]

/** The states by which each kind can be narrowed down. */
const STATES: Partial<Record<SaleKind, string[]>> = {
  payments: ['succeeded', 'failed', 'part_refunded', 'refunded', 'charged_back'],
  orders: ['completed', 'part_refunded', 'refunded', 'charged_back'],
  subscriptions: ['trialing', 'active', 'canceled'],
}

/** What was sold, in four lists. */
export function SalesPage() {
  const { ws } = useParams({ from: '/w/$ws/sales' })
  const search = useSearch({ from: '/w/$ws/sales' })
  const navigate = useNavigate()
  const [recording, setRecording] = useState(false)
  const { data: offers } = useQuery(targetsQuery(ws, 'offer'))
  const titles = useMemo(() => offers && new Map(offers.map((o) => [o.id, o.label])), [offers])
  const kind = TABS.find((tab) => tab === search.tab) ?? 'purchases'
  const go = (part: SaleSearch, replace = true) => void navigate({ to: '/w/$ws/sales', params: { ws }, search: { ...search, ...part }, replace })
  return (
    <Page
      title={words.title}
      help={words.help}
      actions={
        <Button leftSection={<IconPlus size={17} aria-hidden />} onClick={() => setRecording(true)}>
          {words.record}
        </Button>
      }
    >
      <Tabs value={kind} onChange={(tab) => tab && go({ tab, state: undefined, id: undefined }, false)} keepMounted={false}>
        <Tabs.List aria-label={words.tabList} mb="md">
          {TABS.map((tab) => (
            <Tabs.Tab key={tab} value={tab}>
              {words.tabs[tab]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {TABS.map((tab) => (
          <Tabs.Panel key={tab} value={tab}>
            <List
              key={tab}
              ws={ws}
              kind={tab}
              search={search}
              titles={titles}
              onFilter={go}
              onOpen={(id) => go({ tab, id }, false)}
              onRecord={() => setRecording(true)}
            />
          </Tabs.Panel>
        ))}
      </Tabs>
      <Suspense>
        {recording && <RecordSale ws={ws} onClose={() => setRecording(false)} onDone={(tab) => go({ tab, state: undefined, id: undefined })} />}
        {search.id && <SaleDrawer key={search.id} ws={ws} kind={kind} id={search.id} titles={titles} onClose={() => go({ id: undefined })} />}
      </Suspense>
    </Page>
  )
}

interface ListProps {
  ws: string
  kind: SaleKind
  search: SaleSearch
  titles: Titles
  onFilter: (part: SaleSearch) => void
  onOpen: (id: string) => void
  onRecord: () => void
}

function List({ ws, kind, search, titles, onFilter, onOpen, onRecord }: ListProps) {
  const filter = { contact_id: search.contact_id, offer_id: search.offer_id, state: search.state }
  const feed = useFeed<Sale>({
    queryKey: salesKey(ws, kind, filter),
    load: (cursor, signal) => listSales(ws, kind, filter, cursor, signal),
    kind: 'contact',
  })
  const filtered = Object.values(filter).some(Boolean)
  const [title, help] = words.empty[kind] as [string, string]
  return (
    <>
      {(feed.items.length > 0 || filtered) && (
        <Suspense fallback={<div className={listClasses.toolsWait} />}>
          <SaleFilters ws={ws} filter={filter} states={STATES[kind]} titles={titles} onFilter={onFilter} />
        </Suspense>
      )}
      <FeedFrame
        feed={feed}
        label={words.tabs[kind]}
        heights={[60, 92]}
        empty={
          filtered ? (
            <NoneMatch title={words.none} help={words.noneHelp} clear={{ to: '/w/$ws/sales', params: { ws }, search: { tab: kind } }} />
          ) : (
            <Empty icon={IconReceipt} title={title} action={<Button onClick={onRecord}>{words.record}</Button>}>
              <Text c="dimmed">{help}</Text>
            </Empty>
          )
        }
        row={(sale) => <SaleRow ws={ws} kind={kind} sale={sale} titles={titles} onOpen={onOpen} />}
      />
    </>
  )
}
