// Ready-made workflows, with the questions each asks first.
import { queryOptions } from '@tanstack/react-query'
import { once } from './at'
import { ask, type Schemas } from './client'

export type RecipeInput = Schemas['RecipeInput']
export type Recipe = Schemas['RecipeView']

/** They change only with the server's version. */
export const recipesQuery = queryOptions({
  queryKey: ['recipes'],
  queryFn: ({ signal }) => ask('get', '/recipes', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
})

/** Makes the workflows of a recipe as drafts. */
export const makeFromRecipe = (ws: string, body: Schemas['FromRecipeInputBody']) =>
  ask('post', '/workspaces/{ws}/workflows/from-recipe', { path: { ws }, body, headers: once() })
