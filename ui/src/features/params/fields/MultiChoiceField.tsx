import { Checkbox, Group } from '@mantine/core'
import { asText } from '../../mapping'
import type { FieldProps } from '../FieldView'
import { Mappable } from '../Mappable'

/** Several of some; the default counts while nothing was ever chosen. */
export function MultiChoiceField(props: FieldProps) {
  const { field, value, onChange, error, readOnly } = props
  const given = value ?? field.default
  const chosen = Array.isArray(given) ? given.map(asText) : asText(given).split(',').map((part) => part.trim()).filter(Boolean)
  const options = field.options ?? []
  const extra = chosen.filter((c) => !options.some((o) => o.value === c)).map((c) => ({ value: c, label: c }))
  return (
    <Mappable {...props}>
      <Checkbox.Group label={field.label} labelElement="div" description={field.help} withAsterisk={field.required} value={chosen} onChange={(next) => onChange(inOrder(next, options))} error={error} readOnly={readOnly}>
        <Group gap="md" mt={6}>
          {[...options, ...extra].map((option) => (
            <Checkbox key={option.value} value={option.value} label={option.label} size="sm" disabled={readOnly} />
          ))}
        </Group>
      </Checkbox.Group>
    </Mappable>
  )
}

/** In the order of the options, whichever was ticked first. */
const inOrder = (chosen: string[], options: { value: string }[]) => {
  const place = (value: string) => {
    const at = options.findIndex((o) => o.value === value)
    return at < 0 ? options.length : at
  }
  return [...chosen].sort((a, b) => place(a) - place(b))
}
