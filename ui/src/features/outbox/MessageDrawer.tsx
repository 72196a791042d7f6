import { Anchor, Button, Skeleton, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { IconSend } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { messageQuery, sendAgain, type WholeMessage } from '../../api/outbox'
import { useAnnounce } from '../../components/Announcer'
import { Drawer } from '../../components/Drawer'
import { ErrorNote } from '../../components/ErrorNote'
import { Facts } from '../../components/Facts'
import { MailParts } from '../../components/MailParts'
import { TimeAgo } from '../../components/TimeAgo'
import { common } from '../../lib/text/en/common'
import { senderLine } from '../../lib/senderLine'
import { outbox as words } from '../../lib/text/en/outbox'
import { MessageBadge } from './MessageBadge'
import classes from './Outbox.module.css'

/** One message: what became of it and why, its headers, and how it looks. */
export function MessageDrawer({ ws, id, onClose }: { ws: string; id: string; onClose: () => void }) {
  const { data, error, isPending, refetch } = useQuery(messageQuery(ws, id))
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="xl"
      title={data ? data.subject || words.noSubject : words.message}
      closeButtonProps={{ 'aria-label': common.close }}
      attributes={{ header: { role: 'presentation' } }}
    >
      {isPending && <Skeleton height={300} />}
      <ErrorNote error={error} onRetry={() => void refetch()} />
      {data && <Content ws={ws} message={data} />}
    </Drawer>
  )
}

function Content({ ws, message }: { ws: string; message: WholeMessage }) {
  const client = useQueryClient()
  const announce = useAnnounce()
  const again = useMutation({
    mutationFn: () => sendAgain(ws, message.id),
    onSuccess: () => {
      announce(words.againDone)
      return client.invalidateQueries({ queryKey: ['ws', ws, 'outbox'] })
    },
  })
  return (
    <Stack gap="lg">
      <div className={classes.head}>
        <MessageBadge status={message.status} />
        {(message.status === 'kept' || message.status === 'failed') && (
          <Button variant="default" leftSection={<IconSend size={16} aria-hidden />} loading={again.isPending} onClick={() => again.mutate()}>
            {words.again}
          </Button>
        )}
      </div>
      <ErrorNote error={again.error} />
      <Text size="sm">{message.error || words.why[message.status]}</Text>
      <Facts
        stacked
        facts={[
          [words.to, message.target || words.hidden],
          [words.from, message.channel === 'email' && senderLine(message)],
          [words.replyTo, message.reply_to],
          [words.kind, words.kinds[message.kind] ?? message.kind],
          [words.created, <TimeAgo key="created" at={message.created_at} />],
          [words.sentAt, message.sent_at && <TimeAgo at={message.sent_at} />],
          [words.attempts, message.attempts > 1 && message.attempts],
          [
            words.contact,
            message.contact_id && (
              <Anchor key="contact" inherit renderRoot={(props) => <Link to="/w/$ws/contacts/$id" params={{ ws, id: message.contact_id! }} {...props} />}>
                {words.showContact}
              </Anchor>
            ),
          ],
          [
            words.run,
            message.run_id && (
              <Anchor key="run" inherit renderRoot={(props) => <Link to="/w/$ws/runs/$id" params={{ ws, id: message.run_id! }} {...props} />}>
                {words.showRun}
              </Anchor>
            ),
          ],
        ]}
      />
      {(message.body !== '' || message.html !== '') && <MailParts html={message.html} text={message.body} />}
    </Stack>
  )
}
