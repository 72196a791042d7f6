// Where the pages of what a search over all clients found are.
import type { Found } from '../api/agency'

const PLACES = {
  contact: '/w/$ws/contacts/$id',
  workflow: '/w/$ws/workflows/$id',
  run: '/w/$ws/runs/$id',
  request: '/w/$ws/requests/$id',
} as const

/** What a link to it needs. */
export const foundPlace = ({ kind, id, workspace }: Pick<Found, 'kind' | 'id'> & { workspace: { slug: string } }) => ({
  to: PLACES[kind],
  params: { ws: workspace.slug, id },
  search: {},
})
