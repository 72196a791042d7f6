import { Button, Text, UnstyledButton } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { IconMail, IconWebhook } from '@tabler/icons-react'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { outboxQuery, type Message } from '../../api/outbox'
import { LateSelect } from '../../components/LateSelect'
import listClasses from '../../components/List.module.css'
import { ListFrame } from '../../components/ListFrame'
import { NoneMatch } from '../../components/NoneMatch'
import { Empty, Page } from '../../components/Page'
import { TimeAgo } from '../../components/TimeAgo'
import { outbox as words } from '../../lib/text/en/outbox'
import { MessageBadge } from './MessageBadge'
import classes from './Outbox.module.css'
import type { OutboxSearch } from './outboxSearch'

const MessageDrawer = lazy(() => import('./MessageDrawer').then((m) => ({ default: m.MessageDrawer })))
const STATUSES = Object.entries(words.statuses).map(([value, label]) => ({ value, label }))

/** What was sent to people, or kept because it could not be sent. */
export function OutboxPage() {
  const { ws } = useParams({ from: '/w/$ws/outbox' })
  const search = useSearch({ from: '/w/$ws/outbox' })
  const navigate = useNavigate()
  const list = useInfiniteQuery(outboxQuery(ws, search.status))
  const go = (part: OutboxSearch, replace = true) => void navigate({ to: '/w/$ws/outbox', params: { ws }, search: { ...search, ...part }, replace })
  const some = (list.data?.pages[0]?.items.length ?? 0) > 0
  return (
    <Page title={words.title} help={words.help}>
      {(some || search.status) && (
        <div className={listClasses.tools}>
          <LateSelect
            w={200}
            aria-label={words.status}
            placeholder={words.anyStatus}
            data={STATUSES}
            value={search.status ?? null}
            onChange={(status) => go({ status: status ?? undefined })}
            clearable
          />
        </div>
      )}
      <ListFrame
        list={list}
        label={words.title}
        empty={
          search.status ? (
            <NoneMatch title={words.none} help={words.noneHelp} clear={{ to: '/w/$ws/outbox', params: { ws }, search: {} }} />
          ) : (
            <Empty
              icon={IconMail}
              title={words.emptyTitle}
              action={
                <Button variant="default" renderRoot={(props) => <Link to="/w/$ws/settings" params={{ ws }} {...props} />}>
                  {words.toSettings}
                </Button>
              }
            >
              <Text c="dimmed">{words.emptyHelp}</Text>
            </Empty>
          )
        }
        row={(message) => <Row key={message.id} message={message} onOpen={(id) => go({ id }, false)} />}
      />
      <Suspense>{search.id && <MessageDrawer key={search.id} ws={ws} id={search.id} onClose={() => go({ id: undefined })} />}</Suspense>
    </Page>
  )
}

function Row({ message, onOpen }: { message: Message; onOpen: (id: string) => void }) {
  const Channel = message.channel === 'webhook' ? IconWebhook : IconMail
  return (
    <li className={`${listClasses.row} ${classes.row}`}>
      <Channel size={20} aria-hidden />
      <div className={classes.what}>
        <UnstyledButton className={`${listClasses.name} ${listClasses.clip} ${classes.subject}`} onClick={() => onOpen(message.id)}>
          {message.subject || (words.kinds[message.kind] ?? message.kind)}
        </UnstyledButton>
        <div className={`${listClasses.dim} ${listClasses.clip}`}>
          {message.target ? `${words.to} ${message.target}` : words.hidden}
          {message.error && ` · ${message.error}`}
        </div>
      </div>
      <div>
        <MessageBadge status={message.status} />
      </div>
      <span className={`${listClasses.dim} ${listClasses.above} ${classes.when}`}>
        <TimeAgo at={message.sent_at ?? message.created_at} />
      </span>
    </li>
  )
}
