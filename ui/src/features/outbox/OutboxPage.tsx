import { Button, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { IconCheck, IconClock, IconInbox, IconMail, IconMailOff, IconSend, IconWebhook, IconX, type Icon } from '@tabler/icons-react'
import { Link, useParams } from '@tanstack/react-router'
import { outboxQuery, type Message } from '../../api/alerts'
import listClasses from '../../components/List.module.css'
import { ListFrame } from '../../components/ListFrame'
import { Empty, Page } from '../../components/Page'
import type { Tone } from '../../components/StatusBadge'
import { TimeAgo } from '../../components/TimeAgo'
import tones from '../../components/Tone.module.css'
import { outbox as words } from '../../lib/text/en/alerts'
import classes from './Outbox.module.css'

const LOOKS: Record<Message['status'], [Tone, Icon]> = {
  queued: ['calm', IconClock],
  sending: ['busy', IconSend],
  sent: ['good', IconCheck],
  kept: ['warn', IconInbox],
  failed: ['bad', IconX],
  skipped: ['calm', IconMailOff],
}

/** What was told to people, or kept because it could not be sent. */
export function OutboxPage() {
  const { ws } = useParams({ from: '/w/$ws/outbox' })
  const list = useInfiniteQuery(outboxQuery(ws))
  return (
    <Page title={words.title} help={words.help}>
      <ListFrame
        list={list}
        label={words.title}
        empty={
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
        }
        row={(message) => <Row key={message.id} message={message} />}
      />
    </Page>
  )
}

function Row({ message }: { message: Message }) {
  const [tone, Sign] = LOOKS[message.status] ?? LOOKS.queued
  const Channel = message.channel === 'webhook' ? IconWebhook : IconMail
  return (
    <li>
      <details className={classes.message}>
        <summary className={classes.summary}>
          <Channel size={20} aria-hidden />
          <span className={classes.what}>
            <span className={classes.subject}>{message.subject || (words.kinds[message.kind] ?? message.kind)}</span>
            <span className={`${listClasses.dim} ${listClasses.clip}`}>
              {words.to} {message.target}
            </span>
          </span>
          <span className={`${tones.badge} ${tones[tone]}`}>
            <Sign size={15} stroke={2.2} aria-hidden />
            {message.status === 'kept' && message.error ? message.error : (words.statuses[message.status] ?? message.status)}
          </span>
          <span className={listClasses.dim}>
            <TimeAgo at={message.sent_at ?? message.created_at} />
          </span>
        </summary>
        {message.error && <p className={classes.error}>{message.error}</p>}
        <pre className={classes.body}>{message.body}</pre>
      </details>
    </li>
  )
}
