import { Input, SegmentedControl, Switch } from '@mantine/core'
import { paramsWords as words } from '../../../lib/text/en/params'
import { isOn } from '../field'
import type { FieldProps } from '../FieldView'
import { Mappable } from '../Mappable'

/** Yes or no. One that can be mapped and has no default can also be left open. */
export function SwitchField(props: FieldProps) {
  const { field, value, onChange, error, readOnly } = props
  const open = !field.no_map && (field.default === undefined || field.default === null)
  if (!open) {
    const on = isOn(value ?? field.default)
    return (
      <Mappable {...props}>
        <Switch label={field.label} description={field.help} checked={on} onChange={(e) => onChange(e.currentTarget.checked)} error={error} disabled={readOnly} withThumbIndicator={false} />
      </Mappable>
    )
  }
  const state = value === undefined || value === null || value === '' ? 'unset' : isOn(value) ? 'yes' : 'no'
  return (
    <Mappable {...props}>
      <Input.Wrapper label={field.label} labelElement="div" description={field.help} error={error} withAsterisk={field.required}>
        <SegmentedControl
          size="xs"
          mt={4}
          w="fit-content"
          display="flex"
          aria-label={field.label}
          value={state}
          disabled={readOnly}
          onChange={(next) => onChange(next === 'unset' ? undefined : next === 'yes')}
          data={[
            { value: 'unset', label: words.unset },
            { value: 'yes', label: words.yes },
            { value: 'no', label: words.no },
          ]}
        />
      </Input.Wrapper>
    </Mappable>
  )
}
