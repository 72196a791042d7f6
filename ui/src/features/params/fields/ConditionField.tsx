import type { Condition } from '../../../lib/definition'
import { ConditionEditor } from '../../conditions'
import type { FieldProps } from '../FieldView'
import { useForm } from '../Form'

/** Rows of a condition, or a formula. */
export function ConditionField({ field, value, onChange, pointer, readOnly }: FieldProps) {
  const { scope, problems } = useForm()
  const own = problems.filter((p) => p.pointer === pointer || p.pointer?.startsWith(`${pointer}/`)).map((p) => ({ ...p, pointer: p.pointer?.slice(pointer.length) }))
  return (
    <div data-field={pointer}>
      <ConditionEditor {...scope} value={(value ?? null) as Condition | null} onChange={(next) => onChange(next ?? undefined)} problems={own} readOnly={readOnly} label={field.label} help={field.help} required={field.required} />
    </div>
  )
}
