// Addresses of the pages. Each page is loaded when it is first opened.
import { MutationCache, notifyManager, QueryCache, QueryClient } from '@tanstack/react-query'
import {
  type AnyRouter,
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  notFound,
  redirect,
} from '@tanstack/react-router'
import { ApiError } from './api/http'
import type { OfferCallFilter } from './api/activation'
import type { ContactFilter } from './api/contacts'
import type { RequestFilter } from './api/requests'
import { nodeTypesQuery } from './api/nodeTypes'
import { meQuery, type Me } from './api/session'
import { workflowQuery } from './api/workflows'
import type { WorkflowFilter } from './api/workflows'
import { Crash, NotFound, NothingHere } from './components/Fallback'
import { Shell } from './components/Shell'
import type { DeliverySearch } from './features/deliveries/deliverySearch'
import type { OutboxSearch } from './features/outbox/outboxSearch'
import type { RunSearch } from './features/runs/runSearch'
import type { SaleSearch } from './features/sales/saleSearch'
import { innerPath } from './lib/innerPath'
import { sessionLost } from './lib/sessionLost'

interface Context {
  client: QueryClient
}

const root = createRootRouteWithContext<Context>()({ notFoundComponent: NotFound, errorComponent: Crash })

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search): { next?: string } => ({ next: innerPath(text(search.next)) }),
  component: lazyRouteComponent(() => import('./features/auth/SignInPage'), 'SignInPage'),
})

const setUp = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  validateSearch: (search): { token?: string } => ({ token: text(search.token) }),
  component: lazyRouteComponent(() => import('./features/auth/SetUpPage'), 'SetUpPage'),
})

const reset = createRoute({
  getParentRoute: () => root,
  path: '/reset',
  validateSearch: (search): { token?: string } => ({ token: text(search.token) }),
  component: lazyRouteComponent(() => import('./features/auth/ResetPage'), 'ResetPage'),
})

/** For clients without an account: the token behind the # says what is asked of them. */
const connect = createRoute({
  getParentRoute: () => root,
  path: '/connect',
  component: lazyRouteComponent(() => import('./features/connections/ConnectPage'), 'ConnectPage'),
})

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  component: lazyRouteComponent(() => import('./features/auth/InvitationPage'), 'InvitationPage'),
})

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

const home = createRoute({
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
const allClients = createRoute({
  getParentRoute: () => root,
  path: '/clients',
  beforeLoad: async (match) => {
    const first = (await whoIsIn(match)).workspaces[0]
    if (first) throw redirect({ to: '/w/$ws/clients', params: { ws: first.slug }, search: {} })
  },
  component: NotFound,
})

const workspace = createRoute({
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

const workspaceHome = createRoute({
  getParentRoute: () => workspace,
  path: '/',
  component: lazyRouteComponent(() => import('./features/home/HomePage'), 'HomePage'),
})

const workflows = createRoute({
  getParentRoute: () => workspace,
  path: '/workflows',
  validateSearch: (search): WorkflowFilter => ({ q: text(search.q), status: text(search.status), folder: text(search.folder) }),
  component: lazyRouteComponent(() => import('./features/workflows/WorkflowsPage'), 'WorkflowsPage'),
})

const workflow = createRoute({
  getParentRoute: () => workspace,
  path: '/workflows/$id',
  // The run that lies over the cards, and the step to begin with.
  validateSearch: (search): { run?: string; step?: string } => ({ run: text(search.run), step: text(search.step) }),
  // Asked for while the editor itself is loaded.
  loader: ({ context: { client }, params: { ws, id } }) => {
    void client.prefetchQuery(workflowQuery(ws, id))
    void client.prefetchQuery(nodeTypesQuery)
  },
  component: lazyRouteComponent(() => import('./features/canvas/EditorPage'), 'EditorPage'),
})

const templates = createRoute({
  getParentRoute: () => workspace,
  path: '/templates',
  validateSearch: (search): { q?: string; category?: string } => ({ q: text(search.q), category: text(search.category) }),
  component: lazyRouteComponent(() => import('./features/templates/TemplatesPage'), 'TemplatesPage'),
})

const templateClients = createRoute({
  getParentRoute: () => workspace,
  path: '/templates/$id/clients',
  component: lazyRouteComponent(() => import('./features/rollout/RolloutPage'), 'RolloutPage'),
})

const newTemplate = createRoute({
  getParentRoute: () => workspace,
  path: '/templates/new',
  component: lazyRouteComponent(() => import('./features/templates/MakeTemplatePage'), 'MakeTemplatePage'),
})

const templateVersion = createRoute({
  getParentRoute: () => workspace,
  path: '/templates/$id/version',
  component: lazyRouteComponent(() => import('./features/templates/MakeTemplatePage'), 'VersionPage'),
})

const templateWizard = createRoute({
  getParentRoute: () => workspace,
  path: '/templates/$id/clone',
  component: lazyRouteComponent(() => import('./features/templates/WizardPage'), 'WizardPage'),
})

const shared = createRoute({
  getParentRoute: () => root,
  path: '/shared/$token',
  component: lazyRouteComponent(() => import('./features/templates/SharedPage'), 'SharedPage'),
})

const runs = createRoute({
  getParentRoute: () => workspace,
  path: '/runs',
  validateSearch: (search): RunSearch => ({
    status: text(search.status),
    workflow_id: text(search.workflow_id),
    what: text(search.what),
    q: text(search.q),
    from: text(search.from),
    to: text(search.to),
    contact_id: text(search.contact_id),
    failure: text(search.failure),
    step: text(search.step),
  }),
  component: lazyRouteComponent(() => import('./features/runs/RunsPage'), 'RunsPage'),
})

const run = createRoute({
  getParentRoute: () => workspace,
  path: '/runs/$id',
  component: lazyRouteComponent(() => import('./features/runs/RunPage'), 'RunPage'),
})

const requests = createRoute({
  getParentRoute: () => workspace,
  path: '/requests',
  validateSearch: (search): RequestFilter => ({ workflow_id: text(search.workflow_id), verdict: text(search.verdict), q: text(search.q) }),
  component: lazyRouteComponent(() => import('./features/requests/RequestsPage'), 'RequestsPage'),
})

const request = createRoute({
  getParentRoute: () => workspace,
  path: '/requests/$id',
  component: lazyRouteComponent(() => import('./features/requests/RequestPage'), 'RequestPage'),
})

const attention = createRoute({
  getParentRoute: () => workspace,
  path: '/attention',
  component: lazyRouteComponent(() => import('./features/attention/AttentionPage'), 'AttentionPage'),
})

const contacts = createRoute({
  getParentRoute: () => workspace,
  path: '/contacts',
  validateSearch: (search): ContactFilter => ({ q: text(search.q), tag: text(search.tag) }),
  component: lazyRouteComponent(() => import('./features/contacts/ContactsPage'), 'ContactsPage'),
})

const contactImport = createRoute({
  getParentRoute: () => workspace,
  path: '/contacts/import',
  validateSearch: (search): { file?: string } => ({ file: text(search.file) }),
  component: lazyRouteComponent(() => import('./features/contacts/ImportPage'), 'ImportPage'),
})

const contact = createRoute({
  getParentRoute: () => workspace,
  path: '/contacts/$id',
  component: lazyRouteComponent(() => import('./features/contacts/ContactPage'), 'ContactPage'),
})

const offers = createRoute({
  getParentRoute: () => workspace,
  path: '/offers',
  component: lazyRouteComponent(() => import('./features/offers/OffersPage'), 'OffersPage'),
})

const offer = createRoute({
  getParentRoute: () => workspace,
  path: '/offers/$id',
  component: lazyRouteComponent(() => import('./features/offers/OfferPage'), 'OfferPage'),
})

const offerLog = createRoute({
  getParentRoute: () => workspace,
  path: '/offers/$id/log',
  validateSearch: (search): OfferCallFilter => ({ action: text(search.action), verdict: text(search.verdict) }),
  component: lazyRouteComponent(() => import('./features/offers/OfferLogPage'), 'OfferLogPage'),
})

const forms = createRoute({
  getParentRoute: () => workspace,
  path: '/forms',
  component: lazyRouteComponent(() => import('./features/forms/FormsPage'), 'FormsPage'),
})

const form = createRoute({
  getParentRoute: () => workspace,
  path: '/forms/$id',
  validateSearch: (search): { tab?: string } => ({ tab: text(search.tab) }),
  component: lazyRouteComponent(() => import('./features/forms/FormPage'), 'FormPage'),
})

const hooks = createRoute({
  getParentRoute: () => workspace,
  path: '/hooks',
  component: lazyRouteComponent(() => import('./features/hooks/HooksPage'), 'HooksPage'),
})

const hook = createRoute({
  getParentRoute: () => workspace,
  path: '/hooks/$id',
  component: lazyRouteComponent(() => import('./features/hooks/HookPage'), 'HookPage'),
})

const deliveries = createRoute({
  getParentRoute: () => workspace,
  path: '/deliveries',
  validateSearch: (search): DeliverySearch => ({
    hook_id: text(search.hook_id),
    event: text(search.event),
    status: text(search.status),
    contact_id: text(search.contact_id),
    id: text(search.id),
  }),
  component: lazyRouteComponent(() => import('./features/deliveries/DeliveriesPage'), 'DeliveriesPage'),
})

const sales = createRoute({
  getParentRoute: () => workspace,
  path: '/sales',
  validateSearch: (search): SaleSearch => ({
    tab: text(search.tab),
    contact_id: text(search.contact_id),
    offer_id: text(search.offer_id),
    state: text(search.state),
    id: text(search.id),
  }),
  component: lazyRouteComponent(() => import('./features/sales/SalesPage'), 'SalesPage'),
})

const values = createRoute({
  getParentRoute: () => workspace,
  path: '/values',
  component: lazyRouteComponent(() => import('./features/values/ValuesPage'), 'ValuesPage'),
})

const clients = createRoute({
  getParentRoute: () => workspace,
  path: '/clients',
  validateSearch: (search): { q?: string; view?: string } => ({ q: text(search.q), view: text(search.view) }),
  component: lazyRouteComponent(() => import('./features/clients/ClientsPage'), 'ClientsPage'),
})

const connections = createRoute({
  getParentRoute: () => workspace,
  path: '/connections',
  component: lazyRouteComponent(() => import('./features/connections/ConnectionsPage'), 'ConnectionsPage'),
})

const keys = createRoute({
  getParentRoute: () => workspace,
  path: '/keys',
  validateSearch: (search): { of?: string } => ({ of: text(search.of) }),
  component: lazyRouteComponent(() => import('./features/keys/KeysPage'), 'KeysPage'),
})

const members = createRoute({
  getParentRoute: () => workspace,
  path: '/members',
  validateSearch: (search): { of?: string } => ({ of: text(search.of) }),
  component: lazyRouteComponent(() => import('./features/members/MembersPage'), 'MembersPage'),
})

const audit = createRoute({
  getParentRoute: () => workspace,
  path: '/audit',
  validateSearch: (search): { of?: string; action?: string } => ({ of: text(search.of), action: text(search.action) }),
  component: lazyRouteComponent(() => import('./features/audit/AuditPage'), 'AuditPage'),
})

const outbox = createRoute({
  getParentRoute: () => workspace,
  path: '/outbox',
  validateSearch: (search): OutboxSearch => ({ status: text(search.status), id: text(search.id) }),
  component: lazyRouteComponent(() => import('./features/outbox/OutboxPage'), 'OutboxPage'),
})

const settings = createRoute({
  getParentRoute: () => workspace,
  path: '/settings',
  component: lazyRouteComponent(() => import('./features/settings/SettingsPage'), 'SettingsPage'),
})

const routeTree = root.addChildren([
  signIn,
  setUp,
  reset,
  connect,
  allClients,
  invitation,
  shared,
  home,
  workspace.addChildren([
    workspaceHome,
    workflows,
    workflow,
    templates,
    newTemplate,
    templateVersion,
    templateWizard,
    templateClients,
    runs,
    run,
    requests,
    request,
    attention,
    contacts,
    contactImport,
    contact,
    offers,
    offer,
    offerLog,
    sales,
    forms,
    form,
    values,
    clients,
    connections,
    keys,
    members,
    audit,
    hooks,
    hook,
    deliveries,
    outbox,
    settings,
  ]),
])

/** Query text as it stands: a token of digits must not become a number. */
const parseSearch = (search: string) => Object.fromEntries(new URLSearchParams(search))

function stringifySearch(search: Record<string, unknown>): string {
  const given = Object.entries(search).filter(([, value]) => value !== undefined && value !== '')
  const encoded = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString()
  return encoded === '' ? '' : `?${encoded}`
}

function newRouter(client: QueryClient) {
  return createRouter({
    routeTree,
    context: { client },
    defaultPreload: 'intent',
    scrollRestoration: true,
    parseSearch,
    stringifySearch,
  })
}

/** The router and the store of server answers, joined: a lost session asks for the password over the page. */
export function newApp() {
  // At once, not in a timer: a button that works must not take a second press before it looks like it.
  notifyManager.setScheduler(queueMicrotask)
  const onError = (error: unknown) => {
    if (!(error instanceof ApiError) || error.status !== 401) return
    // Somebody was in: what they typed stays. Otherwise the route leads to signing in.
    if (client.getQueryData(meQuery.queryKey)) sessionLost.set(true)
  }
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError: (error) => onError(error) }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        // What the server refused stays refused; only a lost connection is tried again.
        retry: (failures, error) =>
          failures < 2 && error instanceof ApiError && (error.status === 0 || error.status >= 500),
      },
    },
  })
  const router = newRouter(client)
  return { client, router }
}

/** Begins to load the page at the address, beside the question of who is signed in. */
export function prepareFirstPage(router: AnyRouter): void {
  for (const { routeId } of router.matchRoutes(router.latestLocation)) {
    const { component } = router.routesById[routeId]?.options ?? {}
    void component?.preload?.()
  }
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof newRouter>
  }
}
