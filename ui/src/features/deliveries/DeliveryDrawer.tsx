import { Anchor, Button, Skeleton, Text, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { IconSend } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { deliveryQuery, hooksKey, isOver, resend, type DeliveryDetail, type Hook } from '../../api/hooks'
import { useAnnounce } from '../../components/Announcer'
import { DeliveryBadge } from '../../components/DeliveryBadge'
import { Drawer } from '../../components/Drawer'
import { ErrorNote } from '../../components/ErrorNote'
import { Facts } from '../../components/Facts'
import { TimeAgo } from '../../components/TimeAgo'
import { common } from '../../lib/text/en/common'
import { deliveries, eventName } from '../../lib/text/en/hooks'
import { AttemptList } from './AttemptList'
import { Answer, Request } from './Exchange'
import classes from './Deliveries.module.css'
import { hookLabel, noHook } from './deliveryText'

const words = deliveries.detail

interface Props {
  ws: string
  id: string
  hooks: Map<string, Hook>
  onOpen: (id: string) => void
  onClose: () => void
}

/** One call: what was sent to the byte, each attempt, and what was answered. */
export function DeliveryDrawer({ ws, id, hooks, onOpen, onClose }: Props) {
  const { data, error, isPending, refetch } = useQuery(deliveryQuery(ws, id))
  const hook = data && hooks.get(data.hook_id)
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="xl"
      title={data ? `${words.title}: ${data.event ? eventName(data.event) : deliveries.deletedEvent}` : words.title}
      closeButtonProps={{ 'aria-label': common.close }}
      attributes={{ header: { role: 'presentation' } }}
    >
      {isPending && <Skeleton height={300} />}
      <ErrorNote error={error} onRetry={() => void refetch()} />
      {data && <Content ws={ws} delivery={data} hook={hook} onOpen={onOpen} />}
    </Drawer>
  )
}

function Content({ ws, delivery, hook, onOpen }: { ws: string; delivery: DeliveryDetail; hook?: Hook; onOpen: (id: string) => void }) {
  const client = useQueryClient()
  const announce = useAnnounce()
  const again = useMutation({
    mutationFn: () => resend(ws, delivery.id),
    onSuccess: (sent) => {
      announce(words.resent)
      void client.invalidateQueries({ queryKey: hooksKey(ws) })
      onOpen(sent.id)
    },
  })
  return (
    <div className={classes.drawer}>
      <div className={classes.head}>
        <DeliveryBadge delivery={delivery} />
        {isOver(delivery.status) && delivery.event && (
          <Button leftSection={<IconSend size={16} aria-hidden />} loading={again.isPending} onClick={() => again.mutate()}>
            {words.resend}
          </Button>
        )}
      </div>
      <ErrorNote error={again.error} />
      {delivery.kept && <Text size="sm">{words.kept}</Text>}
      {delivery.error && <p className={classes.error}>{delivery.error.message}</p>}
      <Facts
        stacked
        facts={[
          [
            words.hook,
            delivery.event ? (
              <Anchor key="hook" inherit renderRoot={(props) => <Link to="/w/$ws/hooks/$id" params={{ ws, id: delivery.hook_id }} {...props} />}>
                {hook ? hookLabel(hook) : noHook(delivery)}
              </Anchor>
            ) : (
              noHook(delivery)
            ),
          ],
          [
            words.contact,
            delivery.contact_id && (
              <Anchor key="contact" inherit renderRoot={(props) => <Link to="/w/$ws/contacts/$id" params={{ ws, id: delivery.contact_id! }} {...props} />}>
                {words.showContact}
              </Anchor>
            ),
          ],
          [words.created, <TimeAgo key="created" at={delivery.created_at} />],
          [words.nextTry, delivery.next_try_at && <TimeAgo at={delivery.next_try_at} />],
          [words.finished, delivery.finished_at && <TimeAgo at={delivery.finished_at} />],
          [
            words.resendOf,
            delivery.resend_of && (
              <Anchor key="first" inherit component="button" type="button" onClick={() => onOpen(delivery.resend_of!)}>
                {words.showFirst}
              </Anchor>
            ),
          ],
          [words.id, <code key="id">{delivery.webhook_id}</code>],
        ]}
      />
      {delivery.attempts.length > 0 && !delivery.kept && (
        <section className={classes.part} aria-labelledby="attempts-title">
          <Title order={3} id="attempts-title">
            {words.attempts(delivery.attempts.length)}
          </Title>
          <AttemptList attempts={delivery.attempts} />
        </section>
      )}
      <Request delivery={delivery} />
      {delivery.attempts.length > 0 && !delivery.kept && <Answer delivery={delivery} />}
    </div>
  )
}
