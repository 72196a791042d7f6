import { ActionIcon, Input } from '@mantine/core'
import { IconPaperclip, IconX } from '@tabler/icons-react'
import { paramsWords as words } from '../../../lib/text/en/params'
import { asText, isObject, PillField } from '../../mapping'
import type { FieldProps } from '../FieldView'
import classes from '../Params.module.css'

/** A file that arrived with the trigger, by mapping. */
export function FileField({ field, value, onChange, pointer, error, readOnly }: FieldProps) {
  if (isObject(value)) {
    return (
      <Input.Wrapper label={field.label} labelElement="div" description={field.help} error={error} data-field={pointer}>
        <div className={classes.file}>
          <IconPaperclip size={16} aria-hidden />
          <span>{asText(value.name) || field.label}</span>
          {!readOnly && (
            <ActionIcon onClick={() => onChange(undefined)} aria-label={words.file.remove}>
              <IconX size={16} aria-hidden />
            </ActionIcon>
          )}
        </div>
      </Input.Wrapper>
    )
  }
  return (
    <PillField value={asText(value)} onChange={(next) => onChange(next === '' ? undefined : next)} label={field.label} help={field.help ?? words.file.none} required={field.required} error={error} readOnly={readOnly} pointer={pointer} />
  )
}
