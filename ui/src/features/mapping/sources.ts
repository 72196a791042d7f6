// Where values come from: the trigger, earlier steps, the contact and so on,
// each with the values of the chosen sample.
import type { NodeType } from '../../api/nodeTypes'
import type { Run } from '../../api/runs'
import { stepName, type Definition, type Step, type Trigger } from '../../lib/definition'
import { mappingWords as words } from '../../lib/text/en/mapping'
import { requestScope, type RequestDetail } from '../samples'
import type { ContactField, CustomValue } from './api'
import { parsePipe, type Path } from './expression'
import { placeOf } from './place'
import { onlyMapping } from './template'
import { follow, isObject } from './value'

/** Where the values of a source are from: a stored request, a run, the node type's example, or as they stand now. */
export type Origin = 'sample' | 'run' | 'example' | 'now'

export interface Source {
  id: string
  /** "2. Create contact". */
  title: string
  /** Type of the node, for its colour and sign; of other sources their root. */
  type: string
  root: Path
  value: unknown
  origin: Origin
  /** It may not have run before this place. */
  uncertain?: boolean
}

/** All that sources are made of. */
export interface Material {
  definition: Definition
  stepId: string
  /** The trigger whose sample is shown; undefined while there is none. */
  trigger?: Trigger
  request?: RequestDetail
  runs: Run[]
  nodeType: (type: string) => NodeType & { sample?: unknown }
  customValues: CustomValue[]
  contactFields: ContactField[]
  anyContact?: Record<string, unknown> | null
  workspace?: Record<string, unknown>
}

/** Lists the sources for one place of a workflow, those of the trigger first. */
export function sourcesOf(m: Material): Source[] {
  const isTrigger = (m.definition.triggers ?? []).some((t) => t.id === m.stepId)
  const trigger = triggerSource(m)
  if (isTrigger) return trigger ? [trigger] : []
  const steps = stepSources(m)
  return [
    ...(trigger ? [trigger] : []),
    ...loopSources(m, [...(trigger ? [trigger] : []), ...steps]),
    ...steps,
    contactSource(m, trigger),
    {
      id: 'custom_values',
      title: words.roots.custom_values ?? '',
      type: 'custom_values',
      root: ['custom_values'],
      value: Object.fromEntries(m.customValues.map((v) => [v.key, v.value])),
      origin: 'now',
    },
    { id: 'workspace', title: words.roots.workspace ?? '', type: 'workspace', root: ['workspace'], value: pickWorkspace(m.workspace), origin: 'now' },
    { id: 'run', title: words.roots.run ?? '', type: 'run', root: ['run'], value: { id: 'run_…', mode: 'live', workflow_id: 'wf_…', version: 1 }, origin: 'example' },
  ]
}

const pickWorkspace = (ws: Record<string, unknown> | undefined) =>
  Object.fromEntries(
    ['id', 'name', 'slug', 'timezone', 'locale', 'currency', 'default_country'].filter((key) => ws && key in ws).map((key) => [key, ws?.[key]]),
  )

function triggerSource(m: Material): Source | undefined {
  const trigger = (m.definition.triggers ?? []).find((t) => t.id === m.stepId) ?? m.trigger
  if (!trigger) return undefined
  const type = m.nodeType(trigger.type)
  const base = { id: 'trigger', title: stepName(trigger, type.name), type: trigger.type, root: ['trigger'] }
  if (m.request && m.request.trigger_id === trigger.id) return { ...base, value: requestScope(m.request, trigger), origin: 'sample' }
  // A test of an event trigger begins with nothing but its name.
  const run = m.runs.find((r) => r.trigger_id === trigger.id && (r.mode === 'live' || r.request_id) && isObject(r.input))
  if (run) return { ...base, value: run.input, origin: 'run' }
  return { ...base, value: type.sample ?? {}, origin: 'example' }
}

function stepSources(m: Material): Source[] {
  return placeOf(m.definition, m.stepId).earlier.map(({ step, number, certain }) => {
    const type = m.nodeType(step.type)
    const output = outputOf(m.runs, step)
    return {
      id: `steps.${step.id}`,
      title: words.picker.step(number, stepName(step, type.name)),
      type: step.type,
      root: ['steps', step.id],
      value: output ?? type.sample ?? {},
      origin: output === undefined ? 'example' : 'run',
      uncertain: !certain,
    }
  })
}

/** What a step gave in the newest run that got there. */
function outputOf(runs: Run[], step: Step): unknown {
  for (const run of runs) {
    const result = run.steps?.find((r) => r.step_id === step.id && r.type === step.type && r.status === 'succeeded')
    if (result && result.output !== null && result.output !== undefined) return result.output
  }
  return undefined
}

/** The loops around a place: loop, loop.parent, loop.parent.parent. */
function loopSources(m: Material, known: Source[]): Source[] {
  const { loops } = placeOf(m.definition, m.stepId)
  return loops.map((loop, depth) => {
    const items = itemsOf(loop, known)
    const item = Array.isArray(items) ? (items[0] as unknown) : undefined
    const length = Array.isArray(items) ? items.length : 0
    return {
      id: `loop.${depth}`,
      title: `${depth === 0 ? words.roots.loop : words.outerLoop(depth)} (${stepName(loop, m.nodeType(loop.type).name)})`,
      type: loop.type,
      root: ['loop', ...Array.from({ length: depth }, () => 'parent')],
      value: { item, index: 0, first: true, last: length <= 1 },
      origin: item === undefined ? 'example' : 'sample',
    } satisfies Source
  })
}

function itemsOf(loop: Step, known: Source[]): unknown {
  const items = loop.params?.items
  if (typeof items !== 'string') return items
  const pipe = parsePipe(onlyMapping(items) ?? '')
  return pipe.path ? lookUp(known, pipe.path)?.value : undefined
}

function contactSource(m: Material, trigger: Source | undefined): Source {
  const base = { id: 'contact', title: words.roots.contact ?? '', type: 'contact', root: ['contact'] }
  const fields = Object.fromEntries(m.contactFields.map((field) => [field.key, null]))
  const whole = (contact: Record<string, unknown>, origin: Origin): Source => ({
    ...base,
    value: { ...EMPTY_CONTACT, ...contact, fields: { ...fields, ...(isObject(contact.fields) ? contact.fields : {}) } },
    origin,
  })
  for (const run of m.runs) {
    for (const step of [...(run.steps ?? [])].reverse()) {
      const contact = follow(step.output, ['contact']).value
      if (isObject(contact) && !step.simulated) return whole(contact, 'run')
    }
  }
  const given = follow(trigger?.value, ['contact']).value
  if (isObject(given)) return whole(given, trigger?.origin ?? 'example')
  return m.anyContact ? whole(m.anyContact, 'example') : whole(EXAMPLE_CONTACT, 'example')
}

const EMPTY_CONTACT = { email: null, first_name: null, last_name: null, name: null, phone: null, company: null }
const EXAMPLE_CONTACT = { email: 'ada@example.com', first_name: 'Ada', last_name: 'Lovelace', name: 'Ada Lovelace', phone: '+14155552671', subscribed: true, tags: ['customer'] }

/** HighLevel's names for the same things. */
const ALIASES: Record<string, Path> = { location: ['workspace'] }

/** Finds the source that a path begins in, the most exact one first. */
export function sourceAt(sources: Source[], path: Path): { source: Source; below: Path } | undefined {
  const [root] = path
  const alias = typeof root === 'string' ? ALIASES[root] : undefined
  const real = alias ? [...alias, ...path.slice(1)] : path
  let best: Source | undefined
  for (const source of sources) {
    const fits = source.root.every((key, i) => real[i] === key)
    if (fits && source.root.length > (best?.root.length ?? 0)) best = source
  }
  if (best) return { source: best, below: real.slice(best.root.length) }
  return root === 'inboundWebhookRequest' ? incoming(sources, path) : undefined
}

/** inboundWebhookRequest: the body's fields, and behind them the query's. */
function incoming(sources: Source[], path: Path) {
  const trigger = sources.find((s) => s.id === 'trigger')
  if (!trigger) return undefined
  const inBody = ['body', ...path.slice(1)]
  const below = follow(trigger.value, inBody).there ? inBody : ['query', ...path.slice(1)]
  return { source: trigger, below: follow(trigger.value, below).there ? below : inBody }
}

/** The value of a whole path; undefined when it begins nowhere. */
export function lookUp(sources: Source[], path: Path): { source: Source; below: Path; there: boolean; value: unknown } | undefined {
  const found = sourceAt(sources, path)
  return found && { ...found, ...follow(found.source.value, found.below) }
}

/** The values of another trigger, for what only that one brings. */
export const triggerSourceOf = (trigger: Trigger, title: string, value: unknown): Source => ({
  id: 'trigger',
  title,
  type: trigger.type,
  root: ['trigger'],
  value,
  origin: 'sample',
})
