import { Select } from '@mantine/core'
import { asText } from '../../mapping'
import type { FieldProps } from '../FieldView'
import { Mappable } from '../Mappable'

/** One of several; the default counts while nothing is chosen. */
export function ChoiceField(props: FieldProps) {
  const { field, value, onChange, error, readOnly, hideLabel } = props
  const chosen = asText(value) || asText(field.default) || null
  const options = field.options ?? []
  const unknown = chosen !== null && !options.some((o) => o.value === chosen)
  return (
    <Mappable {...props}>
      <Select
        label={hideLabel ? undefined : field.label}
        aria-label={hideLabel ? field.label : undefined}
        description={field.help}
        placeholder={field.example}
        required={field.required}
        data={unknown ? [...options, { value: chosen, label: chosen }] : options}
        value={chosen}
        onChange={(next) => onChange(next ?? undefined)}
        allowDeselect={false}
        clearable={!field.required && asText(field.default) === '' && !readOnly}
        searchable={options.length > 8}
        error={error}
        readOnly={readOnly}
        comboboxProps={{ zIndex: 310 }}
      />
    </Mappable>
  )
}
