import { Alert, Anchor, Button, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { IconRepeat, IconRoute } from '@tabler/icons-react'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { replayRequest, requestQuery, type RequestDetail } from '../../api/requests'
import { useAnnounce } from '../../components/Announcer'
import { ErrorNote } from '../../components/ErrorNote'
import { Facts } from '../../components/Facts'
import { HiddenNote } from '../../components/HiddenNote'
import { JsonTree } from '../../components/JsonTree'
import { Page } from '../../components/Page'
import { TimeAgo } from '../../components/TimeAgo'
import { useWorkflowNames } from '../../components/useWorkflowNames'
import { useMay } from '../../components/useMay'
import { requests as words } from '../../lib/text/en/requests'
import { RawBody } from './RawBody'
import classes from './Requests.module.css'
import { VerdictBadge } from './VerdictBadge'

/** One request: what became of it, what was sent, and its way into a run. */
export function RequestPage() {
  const { ws, id } = useParams({ from: '/w/$ws/requests/$id' })
  const { data: request, error, isPending, refetch } = useQuery(requestQuery(ws, id))
  const { names } = useWorkflowNames(ws)
  const back = { label: words.back, to: { to: '/w/$ws/requests', params: { ws } } as const }
  if (!request) {
    return (
      <Page title={words.title} back={back}>
        {isPending ? <Skeleton height={240} radius="lg" /> : <ErrorNote error={error} onRetry={() => void refetch()} />}
      </Page>
    )
  }
  const name = names.get(request.workflow_id)
  return (
    <Page
      title={name ?? words.one(request.method)}
      back={back}
      badge={<VerdictBadge verdict={request.verdict} />}
      help={words.meaning[request.verdict]}
      actions={<Actions ws={ws} request={request} />}
    >
      <div className={classes.columns}>
        <Stack gap="lg">
          {request.redacted && <HiddenNote />}
          <Problems request={request} />
          {!request.redacted && <Data request={request} />}
          {!request.redacted && <RawBody ws={ws} request={request} />}
        </Stack>
        <Stack gap="lg">
          <Facts
            stacked
            facts={[
              [
                words.facts.workflow,
                name && (
                  <Anchor inherit renderRoot={(props) => <Link to="/w/$ws/workflows/$id" params={{ ws, id: request.workflow_id }} {...props} />}>
                    {name}
                  </Anchor>
                ),
              ],
              [words.facts.received, <TimeAgo key="at" at={request.received_at} />],
              [words.facts.answered, request.status],
              [words.facts.from, request.ip],
              [words.facts.type, request.content_type],
              [words.facts.size, words.bytes(request.size)],
              [words.facts.path, !request.redacted && `${request.method} ${request.path}`],
              [words.facts.query, request.query],
              [words.facts.run(request.run_ids.length), request.run_ids.length > 0 && <Runs ws={ws} ids={request.run_ids} />],
              [
                words.facts.first,
                request.duplicate_of && (
                  <Anchor inherit renderRoot={(props) => <Link to="/w/$ws/requests/$id" params={{ ws, id: request.duplicate_of! }} {...props} />}>
                    {request.duplicate_of}
                  </Anchor>
                ),
              ],
              [words.facts.id, request.id],
            ]}
          />
          {!request.redacted && <Headers headers={request.headers} />}
        </Stack>
      </div>
    </Page>
  )
}

function Runs({ ws, ids }: { ws: string; ids: string[] }) {
  return (
    <Stack gap={2}>
      {ids.slice(0, 20).map((id) => (
        <Anchor key={id} inherit renderRoot={(props) => <Link to="/w/$ws/runs/$id" params={{ ws, id }} {...props} />}>
          {id}
        </Anchor>
      ))}
    </Stack>
  )
}

function Actions({ ws, request }: { ws: string; request: RequestDetail }) {
  const navigate = useNavigate()
  const announce = useAnnounce()
  const again = useMutation({
    mutationFn: () => replayRequest(ws, request.id),
    onSuccess: (started) => {
      announce(words.started)
      void navigate({ to: '/w/$ws/runs/$id', params: { ws, id: started.run_id } })
    },
  })
  const run = request.run_ids[0]
  const off = useMay(ws).unless('runs:write')
  return (
    <Stack gap="xs" align="flex-end">
      <div style={{ display: 'flex', gap: '0.5rem', flexWrap: 'wrap' }}>
        {readable(request) && (
          <Button title={words.againHelp} {...off} variant={run ? 'default' : 'filled'} leftSection={<IconRepeat size={17} aria-hidden />} loading={again.isPending} onClick={() => again.mutate()}>
            {words.again}
          </Button>
        )}
        {run && (
          <Button leftSection={<IconRoute size={17} aria-hidden />} renderRoot={(props) => <Link to="/w/$ws/runs/$id" params={{ ws, id: run }} {...props} />}>
            {words.toRun}
          </Button>
        )}
      </div>
      <ErrorNote error={again.error} />
    </Stack>
  )
}

/** Whether there is something that a workflow could start with. */
const readable = (request: RequestDetail) => request.body !== null && !request.body.error && request.verdict !== 'handshake'

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <Title order={2} mb="xs">
        {title}
      </Title>
      {children}
    </section>
  )
}

function Problems({ request }: { request: RequestDetail }) {
  const accepted = request.verdict === 'accepted' || request.verdict === 'held' || request.verdict === 'duplicate'
  const all = [request.reason, ...request.fields.map((f) => (f.pointer ? `${f.pointer}: ${f.detail}` : f.detail)), request.body?.error]
  const lines = accepted ? [] : Array.from(new Set(all.filter(Boolean)))
  const grey = request.verdict === 'filtered' || request.verdict === 'handshake'
  const reason = accepted ? request.reason : ''
  const notes = [reason, ...request.notes, ...(request.body?.notes ?? [])].filter(Boolean)
  if (lines.length === 0 && notes.length === 0) return null
  return (
    <>
      {lines.length > 0 && (
        <Alert color={grey ? 'gray' : 'red'} variant="outline" radius="lg" title={words.problems} styles={{ root: { background: 'var(--mantine-color-body)' }, title: { color: grey ? 'var(--mantine-color-text)' : 'var(--mantine-color-error)' } }}>
          {lines.map((line) => (
            <Text key={line} size="sm">
              {line}
            </Text>
          ))}
        </Alert>
      )}
      {notes.length > 0 && (
        <Part title={words.notes}>
          {notes.map((note) => (
            <Text key={note} size="sm">
              {note}
            </Text>
          ))}
        </Part>
      )}
    </>
  )
}

function Data({ request }: { request: RequestDetail }) {
  const body = request.body
  const empty = !body ? words.notKept : body.kind === 'empty' ? words.noData : body.error ? words.verdicts.invalid : ''
  return (
    <Part title={words.data}>
      {empty ? <Text c="dimmed">{empty}</Text> : <JsonTree value={body?.value} label={words.data} base="trigger.body" />}
      {(body?.files ?? []).length > 0 && (
        <Text size="sm" mt="xs">
          {words.files}: {(body?.files ?? []).map((f) => `${f.name} (${words.bytes(f.size)})`).join(', ')}
        </Text>
      )}
    </Part>
  )
}

function Headers({ headers }: { headers: RequestDetail['headers'] }) {
  const rows = Object.entries(headers)
  if (rows.length === 0) return null
  return (
    <Part title={words.headers}>
      <dl className={classes.headers}>
        {rows.map(([name, values]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{(values ?? []).join(', ')}</dd>
          </div>
        ))}
      </dl>
    </Part>
  )
}
