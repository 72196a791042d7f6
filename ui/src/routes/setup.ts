// Pages of what workflows share, and of who may do what.
import type { OutboxSearch } from '../features/outbox/outboxSearch'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { text } from './root'
import { workspace } from './workspace'

const values = createRoute({
  getParentRoute: () => workspace,
  path: '/values',
  component: lazyRouteComponent(() => import('../features/values/ValuesPage'), 'ValuesPage'),
})

const clients = createRoute({
  getParentRoute: () => workspace,
  path: '/clients',
  validateSearch: (search): { q?: string; view?: string } => ({ q: text(search.q), view: text(search.view) }),
  component: lazyRouteComponent(() => import('../features/clients/ClientsPage'), 'ClientsPage'),
})

const connections = createRoute({
  getParentRoute: () => workspace,
  path: '/connections',
  component: lazyRouteComponent(() => import('../features/connections/ConnectionsPage'), 'ConnectionsPage'),
})

const keys = createRoute({
  getParentRoute: () => workspace,
  path: '/keys',
  validateSearch: (search): { of?: string } => ({ of: text(search.of) }),
  component: lazyRouteComponent(() => import('../features/keys/KeysPage'), 'KeysPage'),
})

const members = createRoute({
  getParentRoute: () => workspace,
  path: '/members',
  validateSearch: (search): { of?: string } => ({ of: text(search.of) }),
  component: lazyRouteComponent(() => import('../features/members/MembersPage'), 'MembersPage'),
})

const audit = createRoute({
  getParentRoute: () => workspace,
  path: '/audit',
  validateSearch: (search): { of?: string; action?: string } => ({ of: text(search.of), action: text(search.action) }),
  component: lazyRouteComponent(() => import('../features/audit/AuditPage'), 'AuditPage'),
})

const outbox = createRoute({
  getParentRoute: () => workspace,
  path: '/outbox',
  validateSearch: (search): OutboxSearch => ({ status: text(search.status), id: text(search.id) }),
  component: lazyRouteComponent(() => import('../features/outbox/OutboxPage'), 'OutboxPage'),
})

const settings = createRoute({
  getParentRoute: () => workspace,
  path: '/settings',
  component: lazyRouteComponent(() => import('../features/settings/SettingsPage'), 'SettingsPage'),
})

export const setupRoutes = [values, clients, connections, keys, members, audit, outbox, settings] as const
