import { Anchor, Skeleton, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconSend } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { latestQuery, type Delivery, type Hook } from '../../api/hooks'
import { DeliveryBadge } from '../../components/DeliveryBadge'
import { ErrorNote } from '../../components/ErrorNote'
import listClasses from '../../components/List.module.css'
import { Empty } from '../../components/Page'
import { TimeAgo } from '../../components/TimeAgo'
import { deliveries, eventName, hooks } from '../../lib/text/en/hooks'
import classes from './Hooks.module.css'

const words = hooks.page
const SHOWN = 10

/** What a hook sent last. */
export function Latest({ ws, hook }: { ws: string; hook: Hook }) {
  const { data, error, isPending, refetch } = useQuery(latestQuery(ws, hook.id, SHOWN))
  const items = data?.items ?? []
  return (
    <section aria-labelledby="latest-title">
      <div className={classes.head}>
        <Title order={2} id="latest-title">
          {words.latest}
        </Title>
        {items.length > 0 && (
          <Anchor size="sm" renderRoot={(props) => <Link to="/w/$ws/deliveries" params={{ ws }} search={{ hook_id: hook.id }} {...props} />}>
            {words.all}
          </Anchor>
        )}
      </div>
      <ErrorNote error={error} onRetry={() => void refetch()} />
      {isPending && <Skeleton height={160} radius="lg" />}
      {data && items.length === 0 && (
        <Empty icon={IconSend} title={words.nothing}>
          <Text c="dimmed">{words.nothingHelp}</Text>
        </Empty>
      )}
      {items.length > 0 && (
        <ul className={listClasses.list} aria-label={words.latest}>
          {items.map((delivery) => (
            <Row key={delivery.id} ws={ws} delivery={delivery} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Row({ ws, delivery }: { ws: string; delivery: Delivery }) {
  return (
    <li className={`${listClasses.row} ${classes.latest}`}>
      <div>
        <DeliveryBadge delivery={delivery} />
      </div>
      <div className={classes.what}>
        <Link to="/w/$ws/deliveries" params={{ ws }} search={{ hook_id: delivery.hook_id, id: delivery.id }} className={listClasses.name}>
          {delivery.event ? eventName(delivery.event) : deliveries.deletedEvent}
          {delivery.test && ` (${deliveries.test})`}
        </Link>
        {delivery.error && <div className={`${listClasses.dim} ${listClasses.clip}`}>{delivery.error.message}</div>}
      </div>
      <span className={`${listClasses.dim} ${listClasses.above}`}>
        <TimeAgo at={delivery.created_at} />
      </span>
    </li>
  )
}
