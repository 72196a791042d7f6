import type { ComponentType } from 'react'
import { FieldBoundary } from './FieldBoundary'
import type { Field } from './field'
import { sentencesAt, useForm } from './Form'
import { fieldComponents } from './registry'

/** What the component of each kind gets. */
export interface FieldProps {
  field: Field
  value: unknown
  /** undefined takes the value away. */
  onChange: (value: unknown) => void
  /** Place of the value in the step, as in "/params/email". */
  pointer: string
  /** What is wrong with it, in sentences. */
  error?: string
  readOnly: boolean
  /** For a field whose label stands elsewhere. */
  hideLabel?: boolean
}

export type FieldComponent = ComponentType<FieldProps>

/** Kinds that show the problems of their parts at the parts. */
const NESTED = new Set(['group', 'list', 'rows', 'condition'])

type Props = Omit<FieldProps, 'error' | 'readOnly'>

/** One field, drawn from its descriptor alone. */
export function FieldView(props: Props) {
  const { problems, readOnly } = useForm()
  const { field, pointer, value } = props
  const Field = fieldComponents[field.kind] ?? fieldComponents.text
  const error = sentencesAt(problems, pointer, !NESTED.has(field.kind) || typeof value === 'string')
  return (
    <FieldBoundary label={field.label} value={value}>
      <Field {...props} error={error} readOnly={readOnly} />
    </FieldBoundary>
  )
}
