import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { parsePipe } from './expression'
import { useMappingWorld, type MappingWorld } from './MappingScope'
import { conditionPreviewQuery, fieldPreviewQuery, type ConditionPreview, type FieldPreview, type PreviewPlace } from './preview'
import { lookUp } from './sources'
import { parseTemplate, unescapeText } from './template'
import { asText, isBlank } from './value'

/** While somebody types, the server is asked at most so often. */
const PAUSE_MS = 250

/** The place and sample that previews are made with. */
export function usePreviewPlace(): PreviewPlace {
  const { ws, workflow, definition, stepId, trigger, request, run } = useMappingWorld()
  const own = (definition.triggers ?? []).some((t) => t.id === stepId)
  // What the server has not stored yet it cannot look at.
  const stored = workflow.definition
  const knowsTrigger = (stored?.triggers ?? []).some((t) => t.id === trigger?.id)
  return useMemo(
    () => ({
      ws,
      workflowId: workflow.id,
      revision: workflow.revision,
      step: own ? undefined : stepId,
      trigger: knowsTrigger ? trigger?.id : undefined,
      requestId: request?.id,
      runId: request ? undefined : run?.id,
    }),
    [ws, workflow.id, workflow.revision, own, stepId, knowsTrigger, trigger?.id, request?.id, run?.id],
  )
}

/** What a template gives with the chosen sample; undefined for plain text and while nobody knows. */
export function usePreview(template: string): FieldPreview | undefined {
  const world = useMappingWorld()
  const place = usePreviewPlace()
  const here = useMemo(() => previewOf(template, world), [template, world])
  const [asked] = useDebouncedValue(template, PAUSE_MS)
  const wanted = useMemo(() => needsServer(asked), [asked])
  const { data } = useQuery({ ...fieldPreviewQuery(place, asked), enabled: wanted, placeholderData: keepPreviousData })
  if (here) return here.missing?.length && data && asked === template ? data : here
  return wanted && needsServer(template) ? data : undefined
}

/** How a condition turns out with the chosen sample. */
export function useConditionPreview(condition: unknown): ConditionPreview | undefined {
  const place = usePreviewPlace()
  const [asked] = useDebouncedValue(condition, PAUSE_MS)
  const some = asked !== null && asked !== undefined && asked !== ''
  const { data } = useQuery({ ...conditionPreviewQuery(place, asked), enabled: some, placeholderData: keepPreviousData })
  return some ? data : undefined
}

function needsServer(template: string): boolean {
  const { parts, fault } = parseTemplate(template)
  return !fault && parts.some((part) => part.kind === 'mapping' && part.source.trim() !== '')
}

/** Templates of plain paths are resolved at once; functions are the server's. */
export function previewOf(template: string, world: Pick<MappingWorld, 'sources'>): FieldPreview | undefined {
  const { parts, fault } = parseTemplate(template)
  if (fault || !parts.some((part) => part.kind === 'mapping')) return undefined
  const missing: string[] = []
  const values: unknown[] = []
  for (const part of parts) {
    if (part.kind === 'text') {
      values.push(unescapeText(part.raw))
      continue
    }
    const pipe = parsePipe(part.source)
    const found = pipe.path && pipe.calls.length === 0 ? lookUp(world.sources, pipe.path) : undefined
    if (!found) return undefined
    if (!found.there || found.value === null) missing.push(pipe.base)
    values.push(found.value)
  }
  const value = parts.length === 1 ? values[0] : values.map(asText).join('')
  return { value, missing, blank: isBlank(value) }
}
