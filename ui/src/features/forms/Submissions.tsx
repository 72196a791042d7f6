import { Button, SegmentedControl, Text, UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconChevronRight, IconForms } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { contactName, contactQuery } from '../../api/contacts'
import { listSubmissions, submissionsKey, type Submission, type SubmissionState, type WebForm } from '../../api/forms'
import { ErrorNote } from '../../components/ErrorNote'
import { Facts } from '../../components/Facts'
import listClasses from '../../components/List.module.css'
import { Empty } from '../../components/Page'
import { TimeAgo } from '../../components/TimeAgo'
import { common } from '../../lib/text/en/common'
import { forms } from '../../lib/text/en/forms'
import { useFeed } from '../../lib/useFeed'
import classes from './Forms.module.css'

const words = forms.submissions
const STATES = Object.entries(words.states).map(([value, label]) => ({ value, label }))

/** What was sent in with a form, also what was refused. */
export function Submissions({ ws, form, onShare }: { ws: string; form: WebForm; onShare: () => void }) {
  const [state, setState] = useState<SubmissionState>('accepted')
  const feed = useFeed<Submission>({
    queryKey: submissionsKey(ws, form.id, state),
    load: (cursor, signal) => listSubmissions(ws, form.id, state, cursor, signal),
    kind: 'contact',
  })
  const { list, items } = feed
  return (
    <div>
      <div className={listClasses.tools}>
        <SegmentedControl aria-label={words.which} data={STATES} value={state} onChange={(next) => setState(next as SubmissionState)} />
      </div>
      <ErrorNote error={list.error} onRetry={() => void (list.isFetchNextPageError ? list.fetchNextPage() : list.refetch())} />
      {feed.waiting > 0 && (
        <div className={listClasses.more}>
          <Button mb="md" onClick={feed.showNewer}>
            {common.newer(feed.waiting)}
          </Button>
        </div>
      )}
      {items.length > 0 && (
        <ul className={listClasses.list} aria-label={forms.tabs.submissions}>
          {items.map((one) => (
            <Row key={one.id} ws={ws} form={form} one={one} />
          ))}
        </ul>
      )}
      {items.length === 0 && !list.isPending && !list.error && <Nothing state={state} onShare={onShare} />}
      {list.hasNextPage && (
        <div className={listClasses.more}>
          <Button variant="default" loading={list.isFetchingNextPage} onClick={feed.grow}>
            {common.more}
          </Button>
        </div>
      )}
    </div>
  )
}

function Nothing({ state, onShare }: { state: SubmissionState; onShare: () => void }) {
  const [title, help] =
    state === 'accepted' ? [words.empty, words.emptyHelp] : state === 'refused' ? [words.emptyRefused, words.emptyRefusedHelp] : [words.emptySpam, words.emptySpamHelp]
  return (
    <Empty icon={IconForms} title={title} action={state === 'accepted' && <Button onClick={onShare}>{words.toShare}</Button>}>
      <Text c="dimmed">{help}</Text>
    </Empty>
  )
}

function Row({ ws, form, one }: { ws: string; form: WebForm; one: Submission }) {
  const [opened, setOpened] = useState(false)
  const answers = answersOf(form, one)
  return (
    <li className={`${listClasses.row} ${classes.submission}`}>
      <UnstyledButton className={classes.number} aria-expanded={opened} onClick={() => setOpened(!opened)}>
        <IconChevronRight size={16} aria-hidden className={opened ? classes.turned : undefined} />
        {words.number(one.number)}
      </UnstyledButton>
      <div className={classes.cell}>
        {one.contact_id ? <Who ws={ws} id={one.contact_id} /> : <b>{one.reason || words.nobody}</b>}
        {!opened && <div className={`${listClasses.dim} ${listClasses.clip}`}>{answers.map(([label, value]) => `${label}: ${value}`).join(' · ') || words.noAnswers}</div>}
      </div>
      <span className={listClasses.dim}>
        <TimeAgo at={one.created_at} />
      </span>
      {opened && (
        <div className={classes.answers}>
          <Facts
            stacked
            facts={[
              ...(answers.length > 0 ? answers : [[forms.tabs.submissions, words.noAnswers] as [string, string]]),
              [words.reason, one.contact_id ? one.reason : ''],
              [words.source, one.source],
              [words.ip, one.ip],
            ]}
          />
        </div>
      )}
    </li>
  )
}

function Who({ ws, id }: { ws: string; id: string }) {
  const { data: contact, isError } = useQuery({ ...contactQuery(ws, id), retry: false })
  if (!contact) return <span className={listClasses.dim}>{isError ? words.erased : '…'}</span>
  return (
    <Link to="/w/$ws/contacts/$id" params={{ ws, id }} className={classes.who}>
      {contactName(contact)}
    </Link>
  )
}

/** Answers in the order of the questions; those of questions that are gone last. */
function answersOf(form: WebForm, one: Submission): [string, string][] {
  const answers = (one.answers ?? {}) as Record<string, unknown>
  const labels = new Map(form.fields.map((f) => [f.key ?? '', f.label]))
  const keys = [...labels.keys(), ...Object.keys(answers).filter((key) => !labels.has(key))]
  return keys.filter((key) => answers[key] !== undefined && answers[key] !== '').map((key) => [labels.get(key) ?? key, shown(answers[key])])
}

const shown = (value: unknown) => (typeof value === 'boolean' ? (value ? words.yes : words.no) : String(value))
