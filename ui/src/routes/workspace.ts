// The ways in: everything of a workspace lies below its address, for those who are signed in.
import { createRoute, lazyRouteComponent, notFound, redirect } from '@tanstack/react-router'
import { ApiError } from '../api/http'
import { meQuery, type Me } from '../api/session'
import { NotFound, NothingHere } from '../components/Fallback'
import { Shell } from '../components/Shell'
import { innerPath } from '../lib/innerPath'
import { root, type Context } from './root'

/** Who is signed in; nobody is sent to the sign-in page and back afterwards. */
async function whoIsIn({ context, location }: { context: Context; location: { href: string } }): Promise<Me> {
  try {
    return await context.client.ensureQueryData(meQuery)
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) {
      throw redirect({ to: '/sign-in', search: { next: innerPath(location.href) } })
    }
    throw error
  }
}

/** /me names so many at most; of more, the calls of the page itself tell. */
const ALL_NAMED = 1000

const sees = (me: Me, ws: string) => me.workspaces.length >= ALL_NAMED || me.workspaces.some((w) => w.slug === ws || w.id === ws)

export const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: async (match) => {
    const me = await whoIsIn(match)
    const first = me.workspaces[0]
    if (first) throw redirect({ to: '/w/$ws', params: { ws: first.slug } })
  },
  component: NotFound, // only for somebody who belongs to no workspace
})

/** All clients, whatever workspace one begins in; digests lead here. */
export const allClients = createRoute({
  getParentRoute: () => root,
  path: '/clients',
  beforeLoad: async (match) => {
    const first = (await whoIsIn(match)).workspaces[0]
    if (first) throw redirect({ to: '/w/$ws/clients', params: { ws: first.slug }, search: {} })
  },
  component: NotFound,
})

export const workspace = createRoute({
  getParentRoute: () => root,
  path: '/w/$ws',
  beforeLoad: async (match) => {
    let me = await whoIsIn(match)
    if (!sees(me, match.params.ws)) me = await match.context.client.fetchQuery({ ...meQuery, staleTime: 0 }) // made a moment ago?
    if (!sees(me, match.params.ws)) throw notFound()
    return { me }
  },
  component: Shell,
  notFoundComponent: NothingHere,
})

export const workspaceHome = createRoute({
  getParentRoute: () => workspace,
  path: '/',
  component: lazyRouteComponent(() => import('../features/home/HomePage'), 'HomePage'),
})
