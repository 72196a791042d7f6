// The forms that the panel shows, by the contract of lib/document/panel.
import { lazy, type ComponentType } from 'react'
import type { Condition, ConditionGroup, ConditionRule } from '../../lib/definition'
import { mappingLabel, stretches } from '../../lib/definition'
import type { ConditionEditorProps, Tab } from '../../lib/document/panel'
import { text } from '../../lib/text'
import { PlainTab } from './panel/PlainTab'

type Modules = Record<string, () => Promise<Record<string, unknown>>>
const found = import.meta.glob(['../params/index.ts', '../conditions/index.ts']) as Modules

function load<Props extends object>(file: string, name: string, plain: ComponentType<Props>) {
  return lazy(async () => {
    const module = await found[file]?.()
    return { default: (module?.[name] as ComponentType<Props> | undefined) ?? plain }
  })
}

export const SetUpTab: Tab = load('../params/index.ts', 'SetUpTab', PlainTab)
export const FieldsTab: Tab = load('../params/index.ts', 'FieldsTab', PlainTab)
export const TestTab: Tab = load('../params/index.ts', 'TestTab', PlainTab)
export const FailsTab: Tab = load('../params/index.ts', 'FailsTab', PlainTab)
export const ConditionEditor = load<ConditionEditorProps>('../conditions/index.ts', 'ConditionEditor', () => null)

/** A condition in few words. */
export function conditionSummary(when: Condition | null | undefined): string {
  if (!when) return ''
  return typeof when === 'string' ? plain(when) : group(when)
}

function group({ match, rules }: ConditionGroup): string {
  const joint = match === 'any' ? text.condition.or : text.condition.and
  return (rules ?? []).map((r) => ('rules' in r ? `(${group(r)})` : rule(r as ConditionRule))).join(` ${joint} `)
}

function rule({ value, is = 'is', to }: ConditionRule): string {
  const operator = text.condition.operators[is] ?? is
  return [plain(value), operator, plain(to)].filter(Boolean).join(' ')
}

function plain(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (typeof value !== 'string') return Array.isArray(value) ? value.join(', ') : String(value)
  return stretches(value)
    .map((part) => (part.mapping ? mappingLabel(part.text) : part.text))
    .join('')
}
