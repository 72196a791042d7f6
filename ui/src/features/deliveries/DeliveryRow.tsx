import { UnstyledButton } from '@mantine/core'
import type { Delivery, Hook } from '../../api/hooks'
import { DeliveryBadge } from '../../components/DeliveryBadge'
import listClasses from '../../components/List.module.css'
import { TimeAgo } from '../../components/TimeAgo'
import { deliveries as words, eventName } from '../../lib/text/en/hooks'
import classes from './Deliveries.module.css'
import { hookLabel, noHook } from './deliveryText'

interface Props {
  delivery: Delivery
  /** Missing when it was deleted, or is not loaded. */
  hook?: Hook
  onOpen: (id: string) => void
}

/** One call of the log: what it told whom, and what became of it. */
export function DeliveryRow({ delivery, hook, onOpen }: Props) {
  const marks = [delivery.test && words.test, delivery.resend_of && words.again].filter(Boolean).join(', ')
  return (
    <div className={`${listClasses.row} ${classes.row}`}>
      <div className={classes.state}>
        <DeliveryBadge delivery={delivery} />
      </div>
      <div className={classes.what}>
        <UnstyledButton className={`${listClasses.name} ${listClasses.clip} ${classes.name}`} onClick={() => onOpen(delivery.id)}>
          {delivery.event ? eventName(delivery.event) : words.deletedEvent}
          {marks && ` (${marks})`}
        </UnstyledButton>
        <div className={`${listClasses.dim} ${listClasses.clip}`}>{hook ? (hook.name ? hookLabel(hook) : hook.url) : noHook(delivery)}</div>
      </div>
      <div className={`${listClasses.dim} ${listClasses.clip} ${classes.why}`}>{delivery.error?.message}</div>
      <div className={`${listClasses.dim} ${listClasses.above} ${classes.when}`}>
        <TimeAgo at={delivery.created_at} />
        {delivery.next_try_at && (
          <div>
            {words.nextTry} <TimeAgo at={delivery.next_try_at} />
          </div>
        )}
      </div>
    </div>
  )
}
