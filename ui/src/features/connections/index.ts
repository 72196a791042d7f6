import { lazy } from 'react'

/** Makes or changes a connection, wherever one is needed; loaded when it is. */
export const ConnectionDialog = lazy(() => import('./ConnectionDialog').then((m) => ({ default: m.ConnectionDialog })))
