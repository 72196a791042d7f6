// Who is told when runs fail.
import { queryOptions } from '@tanstack/react-query'
import { once } from './at'
import { ask, type Schemas } from './client'

/** E-mails go to the owners when none is named. */
export type Alerts = Schemas['AlertsView']
export type AlertsChange = Pick<Alerts, 'enabled' | 'every_minutes' | 'emails' | 'webhook_url'>

export const alertsQuery = (ws: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'alerts'],
    queryFn: ({ signal }) => ask('get', '/workspaces/{ws}/alerts', { path: { ws }, signal }),
  })

export const updateAlerts = (ws: string, body: AlertsChange) => ask('put', '/workspaces/{ws}/alerts', { path: { ws }, body })
export const testAlerts = (ws: string) => ask('post', '/workspaces/{ws}/alerts/test', { path: { ws }, headers: once() })
