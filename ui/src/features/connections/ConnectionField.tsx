import { Button, MultiSelect, NumberInput, PasswordInput, Select, Switch, TagsInput, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Field } from '../../api/nodeTypes'
import { text } from '../../lib/text'
import { connections as words } from '../../lib/text/en/setup'
import { isStructured, MASK, type Typed } from './connectionForm'

interface Props {
  field: Field
  value: Typed | undefined
  error?: string
  onChange: (value: Typed) => void
}

/** One field of a connection, by its kind. */
export function ConnectionField({ field, value, error, onChange }: Props) {
  const shared = {
    label: field.label,
    description: field.help,
    error,
    required: field.required,
    inputWrapperOrder: ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[],
  }
  const plain = typeof value === 'string' ? value : ''
  if (field.kind === 'secret') return <Secret shared={shared} value={plain} onChange={onChange} />
  if (field.kind === 'switch') {
    return <Switch label={field.label} description={field.help} error={error} checked={value === true} onChange={(e) => onChange(e.currentTarget.checked)} />
  }
  if (field.kind === 'choice') {
    return <Select {...shared} data={field.options ?? []} value={plain || null} onChange={(v) => onChange(v ?? '')} allowDeselect={!field.required} />
  }
  if (field.kind === 'multi_choice') {
    return <MultiSelect {...shared} data={field.options ?? []} value={Array.isArray(value) ? value : []} onChange={onChange} />
  }
  if (field.kind === 'list') {
    return (
      <TagsInput
        {...shared}
        description={[field.help, words.listHelp].filter(Boolean).join(' ')}
        placeholder={Array.isArray(value) && value.length > 0 ? undefined : field.example}
        value={Array.isArray(value) ? value : []}
        onChange={onChange}
        acceptValueOnBlur
      />
    )
  }
  if (field.kind === 'number') {
    return <NumberInput {...shared} value={plain} onChange={(v) => onChange(String(v))} min={field.min} max={field.max} placeholder={field.example} />
  }
  if (isStructured(field) || field.kind === 'long_text') {
    return <Textarea {...shared} autosize minRows={3} maxRows={12} value={plain} onChange={(e) => onChange(e.currentTarget.value)} placeholder={field.example} />
  }
  return <TextInput {...shared} type={field.kind === 'url' ? 'url' : 'text'} autoComplete="off" value={plain} onChange={(e) => onChange(e.currentTarget.value)} placeholder={field.example} />
}

interface SecretProps {
  shared: { label: string; description?: string; error?: string; required?: boolean }
  value: string
  onChange: (value: string) => void
}

/** A secret: a stored one is kept unless it is replaced. */
function Secret({ shared, value, onChange }: SecretProps) {
  const [stored, setStored] = useState(value === MASK)
  if (stored) {
    return (
      <TextInput
        {...shared}
        value={MASK}
        readOnly
        description={words.stored}
        rightSectionWidth={92}
        rightSection={
          <Button
            size="compact-xs"
            variant="light"
            onClick={() => {
              setStored(false)
              onChange('')
            }}
          >
            {words.replace}
          </Button>
        }
      />
    )
  }
  return (
    <PasswordInput
      {...shared}
      autoComplete="new-password"
      value={value}
      onChange={(e) => onChange(e.currentTarget.value)}
      visibilityToggleButtonProps={{ 'aria-label': text.auth.show }}
    />
  )
}
