import { Button, Text } from '@mantine/core'
import { IconInbox } from '@tabler/icons-react'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { listRequests, requestsKey, type RequestFilter } from '../../api/requests'
import { LateSelect } from '../../components/LateSelect'
import { FeedFrame } from '../../components/FeedFrame'
import listClasses from '../../components/List.module.css'
import { NoneMatch } from '../../components/NoneMatch'
import { Empty, Page } from '../../components/Page'
import { SearchBox } from '../../components/SearchBox'
import { useWorkflowNames } from '../../components/useWorkflowNames'
import { requests as words } from '../../lib/text/en/requests'
import { useFeed } from '../../lib/useFeed'
import { RequestRow } from './RequestRow'
import classes from './Requests.module.css'

const VERDICTS = Object.entries(words.verdicts).map(([value, label]) => ({ value, label }))

/** The inbox: every request of every sender, live. */
export function RequestsPage() {
  const { ws } = useParams({ from: '/w/$ws/requests' })
  const filter = useSearch({ from: '/w/$ws/requests' })
  const { names, ready } = useWorkflowNames(ws)
  const feed = useFeed({
    queryKey: requestsKey(ws, filter),
    load: (cursor, signal) => listRequests(ws, filter, cursor, signal),
    kind: 'request',
  })
  const filtered = Boolean(filter.q || filter.verdict || filter.workflow_id)
  return (
    <Page title={words.title} help={words.help}>
      {(feed.items.length > 0 || filtered) && <Filters ws={ws} filter={filter} names={names} />}
      <FeedFrame
        feed={feed}
        label={words.title}
        heights={[64, 100]}
        head={
          <div className={classes.head} aria-hidden>
            <span>{words.head.result}</span>
            <span>{words.head.what}</span>
            <span>{words.head.when}</span>
            <span>{words.head.size}</span>
          </div>
        }
        empty={filtered ? <NoneMatch title={words.none} help={words.noneHelp} clear={{ to: '/w/$ws/requests', params: { ws } }} /> : <Nothing ws={ws} />}
        row={(request) => <RequestRow ws={ws} request={request} name={names.get(request.workflow_id) ?? (ready ? words.deleted : '')} />}
      />
    </Page>
  )
}

function Filters({ ws, filter, names }: { ws: string; filter: RequestFilter; names: Map<string, string> }) {
  const navigate = useNavigate()
  const choose = (part: RequestFilter) =>
    void navigate({ to: '/w/$ws/requests', params: { ws }, search: { ...filter, ...part }, replace: true })
  return (
    <div className={listClasses.tools}>
      <SearchBox label={words.search} value={filter.q ?? ''} onChange={(q) => choose({ q: q || undefined })} width={300} />
      <LateSelect
        w={210}
        aria-label={words.verdict}
        placeholder={words.anyVerdict}
        data={VERDICTS}
        value={filter.verdict ?? null}
        onChange={(verdict) => choose({ verdict: verdict ?? undefined })}
        clearable
      />
      <LateSelect
        w={260}
        aria-label={words.workflow}
        placeholder={words.anyWorkflow}
        data={Array.from(names, ([value, label]) => ({ value, label }))}
        value={filter.workflow_id ?? null}
        onChange={(id) => choose({ workflow_id: id ?? undefined })}
        clearable
        searchable
      />
    </div>
  )
}

function Nothing({ ws }: { ws: string }) {
  return (
    <Empty
      icon={IconInbox}
      title={words.emptyTitle}
      action={<Button renderRoot={(props) => <Link to="/w/$ws/workflows" params={{ ws }} {...props} />}>{words.toWorkflows}</Button>}
    >
      <Text c="dimmed">{words.emptyHelp}</Text>
    </Empty>
  )
}
