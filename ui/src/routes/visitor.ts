// Pages for those who are not signed in.
import { innerPath } from '../lib/innerPath'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { root, text } from './root'

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search): { next?: string } => ({ next: innerPath(text(search.next)) }),
  component: lazyRouteComponent(() => import('../features/auth/SignInPage'), 'SignInPage'),
})

const setUp = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  validateSearch: (search): { token?: string } => ({ token: text(search.token) }),
  component: lazyRouteComponent(() => import('../features/auth/SetUpPage'), 'SetUpPage'),
})

const reset = createRoute({
  getParentRoute: () => root,
  path: '/reset',
  validateSearch: (search): { token?: string } => ({ token: text(search.token) }),
  component: lazyRouteComponent(() => import('../features/auth/ResetPage'), 'ResetPage'),
})

/** For clients without an account: the token behind the # says what is asked of them. */
const connect = createRoute({
  getParentRoute: () => root,
  path: '/connect',
  component: lazyRouteComponent(() => import('../features/connections/ConnectPage'), 'ConnectPage'),
})

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  component: lazyRouteComponent(() => import('../features/auth/InvitationPage'), 'InvitationPage'),
})

const shared = createRoute({
  getParentRoute: () => root,
  path: '/shared/$token',
  component: lazyRouteComponent(() => import('../features/templates/SharedPage'), 'SharedPage'),
})

export const visitorRoutes = [signIn, setUp, reset, connect, invitation, shared] as const
