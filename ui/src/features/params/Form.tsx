import { createContext, useContext, useMemo, type ReactNode } from 'react'
import type { Problem } from '../../api/http'
import type { Scope } from '../../lib/document/panel'
import type { Field, Params } from './field'

/** What all fields of one form share. */
export interface Form {
  scope: Scope
  /** Of this step; pointers are within it. */
  problems: Problem[]
  readOnly: boolean
}

const FormContext = createContext<Form | undefined>(undefined)

export function FormProvider({ scope, problems, readOnly, children }: Form & { children: ReactNode }) {
  const form = useMemo(() => ({ scope, problems, readOnly }), [scope, problems, readOnly])
  return <FormContext value={form}>{children}</FormContext>
}

export function useForm(): Form {
  const form = useContext(FormContext)
  if (!form) throw new Error('A field stands outside of a form')
  return form
}

/** The fields around one, with what is filled in. */
export interface Siblings {
  fields: Field[]
  params: Params
}

const SiblingsContext = createContext<Siblings>({ fields: [], params: {} })

/** Tells the fields within of each other. */
export const SiblingsProvider = SiblingsContext

export const useSiblings = (): Siblings => useContext(SiblingsContext)

/** The sentences about one place, and about what is in it when deep. */
export function problemsAt(problems: Problem[], pointer: string, deep = true): Problem[] {
  return problems.filter((p) => p.pointer === pointer || (deep && p.pointer?.startsWith(`${pointer}/`)))
}

/** All sentences about a place as one text; undefined when there are none. */
export function sentencesAt(problems: Problem[], pointer: string, deep = true): string | undefined {
  const details = new Set(problemsAt(problems, pointer, deep).map((p) => p.detail ?? p.code))
  return details.size === 0 ? undefined : [...details].join(' ')
}
