import type { DeliveryStatus, Hook } from '../../api/hooks'
import { eventName } from '../../lib/text/en/hooks'

/** What people call a hook: its own name, or its event and where it goes. */
export function hookLabel(hook: Pick<Hook, 'name' | 'event' | 'url'>): string {
  if (hook.name) return hook.name
  if (!URL.canParse(hook.url)) return `${eventName(hook.event)} → ${hook.url}`
  const { host, pathname } = new URL(hook.url)
  return `${eventName(hook.event)} → ${host}${pathname === '/' ? '' : pathname}`
}

/** Whether a delivery has ended, so that it can be sent again. */
export const isOver = (status: DeliveryStatus) => !['queued', 'running', 'waiting', 'held'].includes(status)
