import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ask, type Schemas } from '../../api/client'
import { ApiError } from '../../api/http'
import { findStep } from '../../lib/document/tree'
import { paramsWords as words } from '../../lib/text/en/params'
import { asText, holdsMapping, isBlank } from '../mapping'
import { effective, type Field, type Params } from './field'
import { useForm, useSiblings } from './Form'

/** What can be chosen for a field, as the service behind its connection lists it. */
export interface Choices {
  items: Schemas['Option'][]
  /** The service has more than are listed. */
  more: boolean
  isLoading: boolean
  /** The service has answered. */
  isLoaded: boolean
  /** What is to be filled in before anything can be listed; "" when nothing is missing. */
  hint: string
  /** Why the service could not be asked; "" when it could. */
  problem: string
  /** Asks the service anew. */
  again: () => void
}

const NONE: Schemas['Option'][] = []

/** Asks for the choices of a field once `wanted`, and again for other values of the fields that they hang on. */
export function useChoices(field: Field, wanted: boolean): Choices {
  const { scope } = useForm()
  const { fields, params } = useSiblings()
  const client = useQueryClient()
  const [fresh, setFresh] = useState(false)
  const type = (findStep(scope.definition, scope.stepId) ?? scope.definition.triggers?.find((t) => t.id === scope.stepId))?.type ?? ''
  const needs = (field.choices?.needs ?? []).flatMap((key) => fields.filter((f) => f.key === key))
  const given: Params = Object.fromEntries(needs.map((f) => [f.key, effective(f, params)]))
  const hint = hintOf(needs, given)
  const connection = asText(given[needs.find((f) => f.kind === 'ref' && f.ref === 'connection')?.key ?? ''])
  const queryKey = ['ws', scope.ws, 'choices', type, field.key, given]
  const load = async (anew: boolean, signal?: AbortSignal) =>
    ask('post', '/workspaces/{ws}/connections/{id}/choices', { path: { ws: scope.ws, id: connection }, body: { type, field: field.key, params: given, fresh: anew }, signal })
  const { data, error, isFetching } = useQuery({
    queryKey,
    queryFn: ({ signal }) => load(false, signal),
    enabled: wanted && hint === '' && connection !== '' && type !== '',
    // A refusal is asked about again: its cause may have been mended.
    staleTime: (query) => (query.state.data?.message ? 0 : 60_000),
    retry: false,
    refetchOnWindowFocus: false,
  })
  const again = () => {
    setFresh(true)
    void client.fetchQuery({ queryKey, queryFn: ({ signal }) => load(true, signal), staleTime: 0, retry: false }).catch(() => undefined).finally(() => setFresh(false))
  }
  return {
    items: data?.items ?? NONE,
    more: data?.more ?? false,
    isLoading: isFetching || fresh,
    isLoaded: data !== undefined && data.message === '',
    hint,
    problem: hint === '' ? data?.message || failed(error) : '',
    again,
  }
}

function hintOf(needs: Field[], given: Params): string {
  for (const f of needs) {
    const value = given[f.key]
    if (isBlank(value)) return words.choices.first(f.label)
    if (typeof value === 'string' && holdsMapping(value)) return words.choices.mapped(f.label)
  }
  return ''
}

function failed(error: unknown): string {
  if (!error) return ''
  return (error instanceof ApiError && (error.problems[0]?.detail || error.message)) || words.choices.failed
}
