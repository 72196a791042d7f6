import { Button, Group, Input, PasswordInput } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { paramsWords as words } from '../../../lib/text/en/params'
import { isObject } from '../../mapping'
import type { FieldProps } from '../FieldView'
import classes from '../Params.module.css'

/** What connections show in the place of a stored secret. */
const MASK = '********'

/** Written once and never shown again. It is handed over as a whole, so that no half of it is stored. */
export function SecretField({ field, value, onChange, pointer, error, readOnly }: FieldProps) {
  const id = useId()
  const [replacing, setReplacing] = useState(false)
  const [text, setText] = useState('')
  const stored = (isObject(value) && '$secret' in value) || value === MASK
  const pending = typeof value === 'string' && value !== '' && !stored
  const label = <span id={`${id}-label`}>{field.label}</span>
  if ((stored || pending) && !replacing) {
    return (
      <Input.Wrapper label={label} labelElement="div" withAsterisk={field.required} description={field.help} error={error} data-field={pointer}>
        <div className={classes.secret} style={{ marginTop: 4 }}>
          <IconLock size={16} aria-hidden />
          <span>{stored ? words.secret.stored : words.secret.pending}</span>
          {!readOnly && (
            <Button size="compact-sm" variant="subtle" onClick={() => setReplacing(true)} aria-describedby={`${id}-label`}>
              {words.secret.replace}
            </Button>
          )}
        </div>
      </Input.Wrapper>
    )
  }
  const keep = () => {
    if (text !== '') onChange(text)
    setText('')
    setReplacing(false)
  }
  return (
    <div data-field={pointer}>
      <PasswordInput
        label={field.label}
        required={field.required}
        description={field.help ?? words.secret.help}
        placeholder={words.secret.placeholder}
        value={text}
        onChange={(e) => setText(e.currentTarget.value)}
        onBlur={() => text !== '' && keep()}
        onKeyDown={(e) => e.key === 'Enter' && keep()}
        error={error}
        readOnly={readOnly}
        autoComplete="new-password"
        data-autofocus={replacing || undefined}
      />
      {replacing && (
        <Group gap="xs" mt={4}>
          <Button size="compact-sm" variant="subtle" onMouseDown={(e) => e.preventDefault()} onClick={() => { setText(''); setReplacing(false) }}>
            {words.secret.keep}
          </Button>
        </Group>
      )}
    </div>
  )
}
