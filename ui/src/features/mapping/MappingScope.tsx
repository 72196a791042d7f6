import { useQueries, useQuery, useInfiniteQuery } from '@tanstack/react-query'
import { createContext, useContext, useMemo, type ReactNode } from 'react'
import { nodeTypesQuery, useNodeType } from '../../api/nodeTypes'
import { runQuery, type Run } from '../../api/runs'
import { stepName, type Trigger } from '../../lib/definition'
import type { Scope } from '../../lib/document/panel'
import { isSample, requestQuery, requestScope, requestsQuery, runSamplesQuery, runsOf, takesRequests, useSampleChoice, type RequestDetail, type StoredRequest } from '../samples'
import {
  anyContactQuery,
  contactFieldsQuery,
  customValuesQuery,
  languageQuery,
  outputsQuery,
  workspaceQuery,
  type Language,
} from './api'
import type { Knowledge } from './describe'
import { sourcesOf } from './sources'

/** All that mapping fields know about the place that they stand in. */
export interface MappingWorld extends Scope, Knowledge {
  language: Language
  /** The trigger whose sample is shown. */
  trigger?: Trigger
  /** The stored request that is shown as the sample. */
  request?: StoredRequest
  /** The earlier run that is, where a trigger takes no requests. */
  run?: Run
  /** Whether it is known which sample is shown, if any. */
  settled: boolean
}

const World = createContext<MappingWorld | undefined>(undefined)

const EMPTY_LANGUAGE: Language = { roots: [], functions: [], operators: [] }
const NO_RUNS: Run[] = []

/** Of how many of the last events pills look whether a value was there. */
const RECENT = 4
/** Larger bodies are not fetched just to look. */
const GLANCE_BYTES = 128 * 1024

/** Gives mapping fields their world; fields outside of one are an error of the programmer. */
export function MappingScope({ scope, children }: { scope: Scope; children: ReactNode }) {
  const outer = useContext(World)
  if (outer && outer.stepId === scope.stepId && outer.definition === scope.definition) return <>{children}</>
  return <Provide scope={scope}>{children}</Provide>
}

function Provide({ scope, children }: { scope: Scope; children: ReactNode }) {
  const world = useBuiltWorld(scope)
  return <World value={world}>{children}</World>
}

export function useMappingWorld(): MappingWorld {
  const world = useContext(World)
  if (!world) throw new Error('A mapping field stands outside of MappingScope')
  return world
}

function useBuiltWorld({ ws, workflow, definition, stepId }: Scope): MappingWorld {
  const nodeType = useNodeType()
  const { data: types } = useQuery(nodeTypesQuery)
  const { data: language = EMPTY_LANGUAGE } = useQuery(languageQuery)
  const samples = useSamples({ ws, workflowId: workflow.id, definition, stepId })
  const { data: newestRuns = NO_RUNS } = useQuery(outputsQuery(ws, workflow.id))
  const { data: customValues } = useQuery(customValuesQuery(ws))
  const { data: contactFields } = useQuery(contactFieldsQuery(ws))
  const { data: anyContact } = useQuery(anyContactQuery(ws))
  const { data: workspace } = useQuery(workspaceQuery(ws))
  const { trigger, detail, run, settled, recent, others } = samples
  // What the steps of the chosen run gave counts first.
  const runs = useMemo(() => (run ? [run, ...newestRuns.filter((r) => r.id !== run.id)] : newestRuns), [run, newestRuns])
  const sources = useMemo(
    () =>
      sourcesOf({
        definition,
        stepId,
        trigger,
        request: detail,
        runs,
        nodeType: (type) => types?.get(type) ?? nodeType(type),
        customValues: customValues ?? [],
        contactFields: contactFields ?? [],
        anyContact,
        workspace,
      }),
    // nodeType is new on each render and says nothing beyond types.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [definition, stepId, trigger, detail, runs, types, customValues, contactFields, anyContact, workspace],
  )
  return useMemo(
    () => ({ ws, workflow, definition, stepId, sources, language, trigger, request: detail, run, settled, recent, others }),
    [ws, workflow, definition, stepId, sources, language, trigger, detail, run, settled, recent, others],
  )
}

interface Where {
  ws: string
  workflowId: string
  definition: Scope['definition']
  stepId: string
}

/** The chosen sample, the newest events of its trigger, and one of each other trigger. */
function useSamples({ ws, workflowId, definition, stepId }: Where) {
  const choice = useSampleChoice(workflowId)
  const nodeType = useNodeType()
  const { data, isLoading } = useInfiniteQuery(requestsQuery(ws, workflowId))
  const requests = useMemo(() => (data?.pages ?? []).flatMap((page) => page.items ?? []).filter(isSample), [data])
  const triggers = definition.triggers ?? []
  const trigger =
    triggers.find((t) => t.id === stepId) ??
    triggers.find((t) => t.id === choice.triggerId) ??
    triggers.find((t) => requests.some((r) => r.trigger_id === t.id)) ??
    triggers[0]
  const own = requests.filter((r) => r.trigger_id === trigger?.id)
  const newest = own.filter((r) => !r.test).slice(0, RECENT).filter((r) => r.size <= GLANCE_BYTES)
  const chosen = choice.requestId && choice.triggerId === trigger?.id ? choice.requestId : own[0]?.id
  const { data: detail, isLoading: isDetailLoading } = useQuery({ ...requestQuery(ws, chosen ?? ''), enabled: chosen !== undefined })
  const ofRuns = trigger !== undefined && !takesRequests(trigger, nodeType(trigger.type))
  const { data: started, isLoading: isListLoading } = useInfiniteQuery({ ...runSamplesQuery(ws, workflowId), enabled: ofRuns })
  const runId = ofRuns ? ((choice.triggerId === trigger.id ? choice.runId : undefined) ?? runsOf(started?.pages, trigger.id)[0]?.id) : undefined
  const { data: run, isLoading: isRunLoading } = useQuery({ ...runQuery(ws, runId ?? ''), enabled: runId !== undefined })
  const settled = !isLoading && !isDetailLoading && !isListLoading && !isRunLoading
  const elsewhere = triggers.filter((t) => t.id !== trigger?.id && !t.disabled && nodeType(t.type).kind !== '')
  const ofOthers = elsewhere.flatMap((t) => requests.find((r) => r.trigger_id === t.id && r.size <= GLANCE_BYTES) ?? [])
  const fetched = useQueries({
    queries: [...newest, ...ofOthers].map((r) => requestQuery(ws, r.id)),
    combine: (results) => results.map((r) => r.data),
  })
  return useMemo(() => {
    const known = fetched.filter((d) => d !== undefined)
    return {
      trigger,
      detail: detail && detail.id === chosen ? detail : undefined,
      run: run && run.id === runId && run.input ? run : undefined,
      settled,
      recent: known.filter((d) => d.trigger_id === trigger?.id).map((d) => scopeOf(d, trigger)),
      others: elsewhere.flatMap((t) => {
        const type = nodeType(t.type)
        const sample = known.find((d) => d.trigger_id === t.id)
        // What an event brings is known without one.
        const value = sample ? scopeOf(sample, t) : takesRequests(t, type) ? undefined : type.sample
        return value === undefined ? [] : [{ id: t.id, name: stepName(t, type.name), value }]
      }),
    }
    // The lists above are made anew on each render from these.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [trigger, detail, run, runId, settled, chosen, fetched, definition])
}

const scopeOf = (detail: RequestDetail, trigger: Trigger | undefined) =>
  requestScope(detail, trigger ?? { id: detail.trigger_id, type: '' })
