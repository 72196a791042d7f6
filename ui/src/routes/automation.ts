// Pages of what is built, and of what came of it.
import { nodeTypesQuery } from '../api/nodeTypes'
import type { RequestFilter } from '../api/requests'
import { workflowQuery } from '../api/workflows'
import type { WorkflowFilter } from '../api/workflows'
import type { DeliverySearch } from '../features/deliveries/deliverySearch'
import type { RunSearch } from '../features/runs/runSearch'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { text } from './root'
import { workspace } from './workspace'

const workflows = createRoute({
  getParentRoute: () => workspace,
  path: '/workflows',
  validateSearch: (search): WorkflowFilter => ({ q: text(search.q), status: text(search.status), folder: text(search.folder) }),
  component: lazyRouteComponent(() => import('../features/workflows/WorkflowsPage'), 'WorkflowsPage'),
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
  component: lazyRouteComponent(() => import('../features/canvas/EditorPage'), 'EditorPage'),
})

const templates = createRoute({
  getParentRoute: () => workspace,
  path: '/templates',
  validateSearch: (search): { q?: string; category?: string } => ({ q: text(search.q), category: text(search.category) }),
  component: lazyRouteComponent(() => import('../features/templates/TemplatesPage'), 'TemplatesPage'),
})

const newTemplate = createRoute({
  getParentRoute: () => workspace,
  path: '/templates/new',
  component: lazyRouteComponent(() => import('../features/templates/MakeTemplatePage'), 'MakeTemplatePage'),
})

const templateVersion = createRoute({
  getParentRoute: () => workspace,
  path: '/templates/$id/version',
  component: lazyRouteComponent(() => import('../features/templates/MakeTemplatePage'), 'VersionPage'),
})

const templateWizard = createRoute({
  getParentRoute: () => workspace,
  path: '/templates/$id/clone',
  component: lazyRouteComponent(() => import('../features/templates/WizardPage'), 'WizardPage'),
})

const templateClients = createRoute({
  getParentRoute: () => workspace,
  path: '/templates/$id/clients',
  component: lazyRouteComponent(() => import('../features/rollout/RolloutPage'), 'RolloutPage'),
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
  component: lazyRouteComponent(() => import('../features/runs/RunsPage'), 'RunsPage'),
})

const run = createRoute({
  getParentRoute: () => workspace,
  path: '/runs/$id',
  component: lazyRouteComponent(() => import('../features/runs/RunPage'), 'RunPage'),
})

const requests = createRoute({
  getParentRoute: () => workspace,
  path: '/requests',
  validateSearch: (search): RequestFilter => ({ workflow_id: text(search.workflow_id), verdict: text(search.verdict), q: text(search.q) }),
  component: lazyRouteComponent(() => import('../features/requests/RequestsPage'), 'RequestsPage'),
})

const request = createRoute({
  getParentRoute: () => workspace,
  path: '/requests/$id',
  component: lazyRouteComponent(() => import('../features/requests/RequestPage'), 'RequestPage'),
})

const attention = createRoute({
  getParentRoute: () => workspace,
  path: '/attention',
  component: lazyRouteComponent(() => import('../features/attention/AttentionPage'), 'AttentionPage'),
})

const hooks = createRoute({
  getParentRoute: () => workspace,
  path: '/hooks',
  component: lazyRouteComponent(() => import('../features/hooks/HooksPage'), 'HooksPage'),
})

const hook = createRoute({
  getParentRoute: () => workspace,
  path: '/hooks/$id',
  component: lazyRouteComponent(() => import('../features/hooks/HookPage'), 'HookPage'),
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
  component: lazyRouteComponent(() => import('../features/deliveries/DeliveriesPage'), 'DeliveriesPage'),
})

export const automationRoutes = [workflows, workflow, templates, newTemplate, templateVersion, templateWizard, templateClients, runs, run, requests, request, attention, hooks, hook, deliveries] as const
