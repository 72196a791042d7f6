import { Text } from '@mantine/core'
import { isObject } from '../../mapping'
import type { Params } from '../field'
import { FieldList } from '../FieldList'
import type { FieldProps } from '../FieldView'
import classes from '../Params.module.css'

/** Fields that belong together. Without any value the group itself is none. */
export function GroupField({ field, value, onChange, pointer }: FieldProps) {
  const params: Params = isObject(value) ? value : {}
  return (
    <fieldset className={classes.group} data-field={pointer}>
      <legend className={classes.legend}>{field.label}</legend>
      {field.help && (
        <Text size="sm" c="dimmed" mb="xs">
          {field.help}
        </Text>
      )}
      <FieldList fields={field.fields ?? []} params={params} pointer={pointer} onChange={(next) => onChange(Object.keys(next).length === 0 ? undefined : next)} />
    </fieldset>
  )
}
