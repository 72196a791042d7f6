import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext } from '@tanstack/react-router'
import { Crash, NotFound } from '../components/Fallback'

/** What every page may ask the server with. */
export interface Context {
  client: QueryClient
}

export const root = createRootRouteWithContext<Context>()({ notFoundComponent: NotFound, errorComponent: Crash })

/** One part of an address' query; nothing when it is missing or empty. */
export const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
