// The forms that the panel shows, by the contract of lib/document/panel. With
// the editor for mappings they weigh as much as the canvas, so they are loaded
// when the canvas stands: the first cards need not wait for them.
import { lazy, useCallback, useSyncExternalStore } from 'react'
import { mappingLabel, stretches, type Condition } from '../../lib/definition'
import type { ConditionSummary, Tab } from '../../lib/document/panel'
import { useVerdict } from './desk'

const load = (name: 'SetUpTab' | 'FieldsTab' | 'TestTab' | 'FailsTab'): Tab =>
  lazy(async () => ({ default: (await import('../params'))[name] }))

export const SetUpTab = load('SetUpTab')
export const FieldsTab = load('FieldsTab')
export const TestTab = load('TestTab')
export const FailsTab = load('FailsTab')
export const ConditionEditor = lazy(async () => ({ default: (await import('../conditions')).ConditionEditor }))

/** Stands in for a moment: the condition as it is written. */
const asWritten: ConditionSummary = (when: Condition | null | undefined) =>
  typeof when === 'string' ? stretches(when).map((part) => part.text).join('') : ''

/** Stands in for a moment: the last part of each path. */
const plainWords = (template: string): string =>
  stretches(template).map((part) => (part.mapping ? mappingLabel(part.text) : part.text)).join('')

let summary = asWritten
let mapped = plainWords
const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Fetches the forms while nothing else is to do. */
export function prepareForms(): void {
  void import('../params').catch(() => undefined)
  void Promise.all([import('../conditions'), import('../mapping')])
    .then(([conditions, mapping]) => {
      summary = conditions.conditionSummary
      mapped = (template) => mappedWords(mapping, template)
      for (const listener of listeners) listener()
    })
    .catch(() => undefined) // a lost connection: labels stay as they are, and the panel asks again
}

/** A text with its mappings as people call them: "Customer e-mail". */
function mappedWords(mapping: typeof import('../mapping'), template: string): string {
  const label = (source: string) => {
    const { path, base } = mapping.parsePipe(source)
    return path && path.length > 1 ? mapping.pathLabel(path.slice(path[0] === 'steps' ? 2 : 1)) : base
  }
  return mapping
    .parseTemplate(template)
    .parts.map((part) => (part.kind === 'text' ? mapping.unescapeText(part.raw) : label(part.source)))
    .join('')
}

/** What puts a text with mappings in words. */
export const useMappedWords = (): ((template: string) => string) => useSyncExternalStore(subscribe, () => mapped)

/** What puts a condition in few words. */
export function useConditionSummary(): ConditionSummary {
  const { refName } = useVerdict()
  const say = useSyncExternalStore(subscribe, () => summary)
  return useCallback((when, definition) => say(when, definition, refName), [say, refName])
}
