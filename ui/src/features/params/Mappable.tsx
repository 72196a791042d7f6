import { ActionIcon, Popover, Tooltip } from '@mantine/core'
import { IconArrowBackUp, IconPlus } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { paramsWords as words } from '../../lib/text/en/params'
import { holdsMapping, mappingTo, Picker, PillField, type Picked } from '../mapping'
import type { FieldProps } from './FieldView'
import classes from './Params.module.css'

interface Props extends FieldProps {
  /** Its button stands at the top, for tall inputs. */
  tall?: boolean
  /** The input for a fixed value. */
  children: ReactNode
}

/** Whether a value is a text with a mapping, in the place of a fixed value. */
export const isMapped = (value: unknown): value is string => typeof value === 'string' && holdsMapping(value)

/** A field of fixed values that can take a mapping instead. */
export function Mappable({ children, tall = false, ...props }: Props) {
  const { field, value, onChange, pointer, error, readOnly, hideLabel } = props
  const [picking, setPicking] = useState(false)
  if (isMapped(value)) {
    return (
      <div className={classes.mappable} data-field={pointer}>
        <div className={classes.grow}>
          <PillField value={value} onChange={onChange} label={field.label} hideLabel={hideLabel} help={field.help} error={error} required={field.required} readOnly={readOnly} />
        </div>
        {!readOnly && (
          <Tooltip label={words.fixed} withinPortal={false}>
            <ActionIcon className={classes.mapButton} onClick={() => onChange(undefined)} aria-label={`${words.fixed}: ${field.label}`}>
              <IconArrowBackUp size={16} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
    )
  }
  if (field.no_map || readOnly) return <div data-field={pointer}>{children}</div>
  const pick = (picked: Picked) => {
    setPicking(false)
    onChange('path' in picked ? mappingTo(picked.path) : `{{ ${picked.fn.name}() }}`)
  }
  return (
    <div className={classes.mappable} data-field={pointer} data-tall={tall || undefined}>
      <div className={classes.grow}>{children}</div>
      <Popover opened={picking} onChange={setPicking} position="bottom-end" shadow="lg" trapFocus returnFocus zIndex={310}>
        <Popover.Target>
          <Tooltip label={words.mapped} withinPortal={false}>
            <ActionIcon className={classes.mapButton} onClick={() => setPicking((o) => !o)} aria-label={`${words.mapped}: ${field.label}`}>
              <IconPlus size={16} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </Popover.Target>
        <Popover.Dropdown p={0}>{picking && <Picker onPick={pick} />}</Popover.Dropdown>
      </Popover>
    </div>
  )
}
