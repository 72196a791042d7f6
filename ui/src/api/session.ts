// Who is signed in, and getting in and out.
import { queryOptions } from '@tanstack/react-query'
import { ask, type Schemas } from './client'

export type Workspace = Schemas['MeWorkspace']

/** Browsers are signed in as a person, never by a key. */
export type Me = Pick<Schemas['Me'], 'workspaces' | 'agency' | 'agency_scopes'> & { user: NonNullable<Schemas['Me']['user']> }

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => ask('get', '/me', { signal }) as Promise<Me>,
  staleTime: 5 * 60_000,
  retry: false,
})

/** Whether there is more than one client to look at, or to make. */
export const seesMany = (me: Me): boolean => me.agency || me.workspaces.length > 1

/** Changes what the person decides for themselves. */
export const updateMe = (body: Schemas['UpdateMeInputBody']) => ask('patch', '/me', { body }) as Promise<Me>

/** Creates the first owner and signs them in. */
export const setUp = (body: Schemas['SetUpInputBody']) => ask('post', '/setup', { body })

export const signIn = (body: Schemas['SignInInputBody']) => ask('post', '/session', { body })

/** Sets a new password by the token of a reset link; ends all sessions of that user. */
export const resetPassword = (body: Schemas['ResetInputBody']) => ask('post', '/password-reset', { body })

export const signOut = () => ask('delete', '/session')
