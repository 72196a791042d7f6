import type { Delivery, Hook } from '../../api/hooks'
import { deliveries, eventName } from '../../lib/text/en/hooks'

/** What people call a hook: its own name, or its event and where it goes. */
export function hookLabel(hook: Pick<Hook, 'name' | 'event' | 'url'>): string {
  if (hook.name) return hook.name
  if (!URL.canParse(hook.url)) return `${eventName(hook.event)} → ${hook.url}`
  const { host, pathname } = new URL(hook.url)
  return `${eventName(hook.event)} → ${host}${pathname === '/' ? '' : pathname}`
}

/** What stands for a hook that is not at hand: it was deleted, or is only not loaded. */
export const noHook = ({ event }: Pick<Delivery, 'event'>): string => (event ? deliveries.hook : deliveries.deletedHook)

/** Which failures are sent again at once, in words; empty for all. */
export function resendOnly(hookId: string | undefined, hook: Pick<Hook, 'name' | 'event' | 'url'> | undefined, event: string | undefined): string {
  const of = hook ? hookLabel(hook) : hookId && deliveries.bulk.oneHook
  return [of, event && eventName(event)].filter(Boolean).join(', ')
}
