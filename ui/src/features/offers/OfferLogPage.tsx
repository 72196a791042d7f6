import { Button, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconWebhook } from '@tabler/icons-react'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { callsKey, listCalls, type OfferCall, type OfferCallFilter } from '../../api/activation'
import { offerQuery } from '../../api/offers'
import { LateSelect } from '../../components/LateSelect'
import listClasses from '../../components/List.module.css'
import { ErrorNote } from '../../components/ErrorNote'
import { NoneMatch } from '../../components/NoneMatch'
import { Empty, Page } from '../../components/Page'
import { common } from '../../lib/text/en/common'
import { offerLog as words } from '../../lib/text/en/activation'
import { useFeed } from '../../lib/useFeed'
import { LogRow } from './LogRow'
import classes from './OfferUrls.module.css'

const optionsOf = (labels: Record<string, string>) => Object.entries(labels).map(([value, label]) => ({ value, label }))
const ACTIONS = optionsOf(words.actions)
const VERDICTS = optionsOf(words.verdicts)

/** Every call of an offer's addresses, with the columns that users know. */
export function OfferLogPage() {
  const { ws, id } = useParams({ from: '/w/$ws/offers/$id/log' })
  const filter = useSearch({ from: '/w/$ws/offers/$id/log' })
  const { data: offer } = useQuery(offerQuery(ws, id))
  const feed = useFeed<OfferCall>({
    queryKey: callsKey(ws, id, filter),
    load: (cursor, signal) => listCalls(ws, id, filter, cursor, signal),
    kind: 'request',
  })
  const { list, items } = feed
  const filtered = Boolean(filter.action || filter.verdict)
  return (
    <Page
      title={offer ? words.page(offer.title) : words.title}
      help={words.help}
      back={{ label: words.back, to: { to: '/w/$ws/offers/$id', params: { ws, id } } }}
    >
      {(items.length > 0 || filtered) && <Filters ws={ws} id={id} filter={filter} />}
      <ErrorNote error={list.error} onRetry={() => void (list.isFetchNextPageError ? list.fetchNextPage() : list.refetch())} />
      {feed.waiting > 0 && (
        <div className={listClasses.more}>
          <Button mb="md" onClick={feed.showNewer}>
            {common.newer(feed.waiting)}
          </Button>
        </div>
      )}
      {items.length > 0 && <Table ws={ws} calls={items} />}
      {items.length === 0 && !list.isPending && !list.error && (filtered ? <NoneMatch title={words.none} help={words.noneHelp} clear={{ to: '/w/$ws/offers/$id/log', params: { ws, id } }} /> : <Nothing ws={ws} id={id} />)}
      {list.hasNextPage && (
        <div className={listClasses.more}>
          <Button variant="default" loading={list.isFetchingNextPage} onClick={feed.grow}>
            {common.more}
          </Button>
        </div>
      )}
    </Page>
  )
}

function Table({ ws, calls }: { ws: string; calls: OfferCall[] }) {
  const c = words.columns
  return (
    <div className={classes.logFrame}>
      <table className={classes.table} aria-label={words.title}>
        <thead>
          <tr>
            {[c.id, c.status, c.uuid, c.params, c.errors, c.created].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {calls.map((call) => (
            <LogRow key={call.id} ws={ws} call={call} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Filters({ ws, id, filter }: { ws: string; id: string; filter: OfferCallFilter }) {
  const navigate = useNavigate()
  const choose = (part: OfferCallFilter) =>
    void navigate({ to: '/w/$ws/offers/$id/log', params: { ws, id }, search: { ...filter, ...part }, replace: true })
  return (
    <div className={listClasses.tools}>
      <LateSelect
        w={190}
        aria-label={words.action}
        placeholder={words.anyAction}
        data={ACTIONS}
        value={filter.action ?? null}
        onChange={(action) => choose({ action: action ?? undefined })}
        clearable
      />
      <LateSelect
        w={210}
        aria-label={words.verdict}
        placeholder={words.anyVerdict}
        data={VERDICTS}
        value={filter.verdict ?? null}
        onChange={(verdict) => choose({ verdict: verdict ?? undefined })}
        clearable
      />
    </div>
  )
}

function Nothing({ ws, id }: { ws: string; id: string }) {
  return (
    <Empty icon={IconWebhook} title={words.empty} action={<Button renderRoot={(props) => <Link to="/w/$ws/offers/$id" params={{ ws, id }} {...props} />}>{words.back}</Button>}>
      <Text c="dimmed">{words.emptyHelp}</Text>
    </Empty>
  )
}
