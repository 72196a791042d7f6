import { ActionIcon, Tooltip } from '@mantine/core'
import { IconArrowBackUp, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { TargetSelect } from '../../components/TargetSelect'
import { conditionWords as words } from '../../lib/text/en/conditions'
import { holdsMapping, PillField, useMappingWorld } from '../mapping'
import classes from './ConditionEditor.module.css'

interface Props {
  /** What a contact may have. */
  kind: 'tag' | 'offer'
  label: string
  value: string
  onChange: (value: string) => void
  readOnly: boolean
}

/** A tag or an offer that a row asks for: picked, made on the spot, or a value from the data. */
export function ContactThing({ kind, label, value, onChange, readOnly }: Props) {
  const { ws } = useMappingWorld()
  const [mapping, setMapping] = useState(false)
  const mapped = mapping || holdsMapping(value)
  const swap = () => {
    setMapping(!mapped)
    onChange('')
  }
  return (
    <div className={classes.line}>
      {mapped ? (
        <PillField hideLabel compact preview={false} label={label} placeholder={words.valuePlaceholder} value={value} onChange={onChange} readOnly={readOnly} />
      ) : (
        <div>
          <TargetSelect ws={ws} kind={kind} by={kind === 'tag' ? 'label' : 'id'} hideLabel label={label} value={value} onChange={(next) => onChange(next ?? '')} readOnly={readOnly} />
        </div>
      )}
      {!readOnly && (
        <Tooltip label={mapped ? words.pick : words.map} withinPortal={false}>
          <ActionIcon mt={4} onClick={swap} aria-label={`${mapped ? words.pick : words.map}: ${label}`}>
            {mapped ? <IconArrowBackUp size={16} aria-hidden /> : <IconPlus size={16} aria-hidden />}
          </ActionIcon>
        </Tooltip>
      )}
    </div>
  )
}
