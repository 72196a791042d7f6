// Ready-made workflows, with the questions each asks first.
import { queryOptions } from '@tanstack/react-query'
import { at, once } from './at'
import { call, type Page } from './http'

export interface RecipeInput {
  key: string
  label: string
  help?: string
  kind: 'text' | 'url' | 'secret' | 'offer' | 'tag' | 'switch'
  required?: boolean
  default?: unknown
  example?: string
}

export interface Recipe {
  id: string
  name: string
  summary: string
  category: string
  icon: string
  inputs: RecipeInput[] | null
  steps: { type: string; name: string }[] | null
}

/** They change only with the server's version. */
export const recipesQuery = queryOptions({
  queryKey: ['recipes'],
  queryFn: ({ signal }) => call<Page<Recipe>>('GET', '/recipes', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
})

/** Makes the workflows of a recipe as drafts. */
export const makeFromRecipe = (ws: string, body: { recipe: string; inputs: Record<string, unknown> }) =>
  call<{ workflows: { id: string; name: string }[] }>('POST', at(ws, 'workflows', 'from-recipe'), { body, headers: once() })
