// Pages of contacts, and of what they are given, buy and fill in.
import type { OfferCallFilter } from '../api/activation'
import type { ContactFilter } from '../api/contacts'
import type { SaleSearch } from '../features/sales/saleSearch'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { text } from './root'
import { workspace } from './workspace'

const contacts = createRoute({
  getParentRoute: () => workspace,
  path: '/contacts',
  validateSearch: (search): ContactFilter => ({ q: text(search.q), tag: text(search.tag) }),
  component: lazyRouteComponent(() => import('../features/contacts/ContactsPage'), 'ContactsPage'),
})

const contactImport = createRoute({
  getParentRoute: () => workspace,
  path: '/contacts/import',
  validateSearch: (search): { file?: string } => ({ file: text(search.file) }),
  component: lazyRouteComponent(() => import('../features/contacts/ImportPage'), 'ImportPage'),
})

const contact = createRoute({
  getParentRoute: () => workspace,
  path: '/contacts/$id',
  component: lazyRouteComponent(() => import('../features/contacts/ContactPage'), 'ContactPage'),
})

const offers = createRoute({
  getParentRoute: () => workspace,
  path: '/offers',
  component: lazyRouteComponent(() => import('../features/offers/OffersPage'), 'OffersPage'),
})

const offer = createRoute({
  getParentRoute: () => workspace,
  path: '/offers/$id',
  component: lazyRouteComponent(() => import('../features/offers/OfferPage'), 'OfferPage'),
})

const offerLog = createRoute({
  getParentRoute: () => workspace,
  path: '/offers/$id/log',
  validateSearch: (search): OfferCallFilter => ({ action: text(search.action), verdict: text(search.verdict) }),
  component: lazyRouteComponent(() => import('../features/offers/OfferLogPage'), 'OfferLogPage'),
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
  component: lazyRouteComponent(() => import('../features/sales/SalesPage'), 'SalesPage'),
})

const forms = createRoute({
  getParentRoute: () => workspace,
  path: '/forms',
  component: lazyRouteComponent(() => import('../features/forms/FormsPage'), 'FormsPage'),
})

const form = createRoute({
  getParentRoute: () => workspace,
  path: '/forms/$id',
  validateSearch: (search): { tab?: string } => ({ tab: text(search.tab) }),
  component: lazyRouteComponent(() => import('../features/forms/FormPage'), 'FormPage'),
})

export const peopleRoutes = [contacts, contactImport, contact, offers, offer, offerLog, sales, forms, form] as const
