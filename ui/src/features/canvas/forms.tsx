// The forms that the panel shows, by the contract of lib/document/panel. With
// the editor for mappings they weigh as much as the canvas, so they are loaded
// when the canvas stands: the first cards need not wait for them.
import { lazy, useSyncExternalStore } from 'react'
import { stretches, type Condition } from '../../lib/definition'
import type { ConditionSummary, Tab } from '../../lib/document/panel'

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

let summary = asWritten
const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Fetches the forms while nothing else is to do. */
export function prepareForms(): void {
  void import('../params').catch(() => undefined)
  void import('../conditions')
    .then((module) => {
      summary = module.conditionSummary
      for (const listener of listeners) listener()
    })
    .catch(() => undefined) // a lost connection: labels stay as they are, and the panel asks again
}

/** What puts a condition in few words. */
export const useConditionSummary = (): ConditionSummary => useSyncExternalStore(subscribe, () => summary)
