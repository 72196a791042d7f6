import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { contactName, contactQuery } from '../../api/contacts'
import type { Run } from '../../api/runs'
import { Facts } from '../../components/Facts'
import { TimeAgo } from '../../components/TimeAgo'
import { text } from '../../lib/text'
import { runs as words } from '../../lib/text/en/runs'
import { duration, instant } from '../../lib/time'
import { runName } from './RunRow'

/** What is known of a run, with the ways to what it belongs to. */
export function RunFacts({ ws, run, workflow }: { ws: string; run: Run; workflow: string | undefined }) {
  return (
    <Facts
      facts={[
        [
          text.runs.workflow,
          run.workflow_id && workflow ? (
            <Anchor inherit renderRoot={(props) => <Link to="/w/$ws/workflows/$id" params={{ ws, id: run.workflow_id! }} {...props} />}>
              {workflow}
            </Anchor>
          ) : (
            runName(run, workflow)
          ),
        ],
        [text.run.version, run.version ? text.workflow.version(run.version) : text.run.draft],
        [words.what, run.mode === 'live' ? undefined : words.whats[run.mode]],
        [text.run.started, <TimeAgo key="at" at={run.started_at ?? run.created_at} />],
        [text.run.took, run.finished_at && (duration(run.started_at, run.finished_at) ?? '–')],
        [words.due, run.status === 'waiting' && instant(run.due_at) && <TimeAgo at={run.due_at} />],
        [text.run.ended, run.end_reason && text.runEnd[run.end_reason]],
        [text.run.contact, run.contact_id && <ContactLink ws={ws} id={run.contact_id} />],
        [
          text.run.request,
          run.request_id && (
            <Anchor inherit renderRoot={(props) => <Link to="/w/$ws/requests/$id" params={{ ws, id: run.request_id! }} {...props} />}>
              {words.openRequest}
            </Anchor>
          ),
        ],
        [text.run.replayOf, run.replay_of && <RunLink ws={ws} id={run.replay_of} />],
        [words.cause, run.cause_run && <RunLink ws={ws} id={run.cause_run} />],
      ]}
    />
  )
}

function RunLink({ ws, id }: { ws: string; id: string }) {
  return (
    <Anchor inherit title={id} renderRoot={(props) => <Link to="/w/$ws/runs/$id" params={{ ws, id }} {...props} />}>
      {words.causeRun}
    </Anchor>
  )
}

function ContactLink({ ws, id }: { ws: string; id: string }) {
  const { data } = useQuery({ ...contactQuery(ws, id), retry: false })
  return (
    <Anchor inherit renderRoot={(props) => <Link to="/w/$ws/contacts/$id" params={{ ws, id }} {...props} />}>
      {data ? contactName(data) : words.openContact}
    </Anchor>
  )
}
