// Who is signed in, and getting in and out.
import { queryOptions } from '@tanstack/react-query'
import { call } from './http'

export interface Workspace {
  id: string
  slug: string
  name: string
}

export interface Me {
  user: {
    id: string
    email: string
    name: string
    /** IANA name of the zone for times on pages; empty for the browser's. */
    timezone?: string
  }
  workspaces: Workspace[]
}

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => call<Me>('GET', '/me', { signal }),
  staleTime: 5 * 60_000,
  retry: false,
})

export interface SetUp {
  token: string
  email: string
  name: string
  password: string
  timezone: string
  workspace_timezone: string
}

/** Changes what the person decides for themselves. */
export const updateMe = (values: { timezone: string }) => call<Me>('PATCH', '/me', { body: values })

/** Creates the first owner and signs them in. */
export const setUp = (values: SetUp) => call<void>('POST', '/setup', { body: values })

export const signIn = (values: { email: string; password: string }) => call<void>('POST', '/session', { body: values })

/** Sets a new password by the token of a reset link; ends all sessions of that user. */
export const resetPassword = (values: { token: string; password: string }) =>
  call<void>('POST', '/password-reset', { body: values })

export const signOut = () => call<void>('DELETE', '/session')
