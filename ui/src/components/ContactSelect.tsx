import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { contactName, contactQuery, contactSearchQuery, type Contact } from '../api/contacts'
import { offers } from '../lib/text/en/offers'

interface Props {
  ws: string
  /** A contact's id, or NEW and an e-mail; empty for nobody. */
  value: string
  onChange: (value: string) => void
  label: string
  /** Says the label to screen readers alone, and the placeholder to all. */
  hideLabel?: boolean
  placeholder?: string
  help?: string
  /** What is said when no contact fits. */
  nobody?: string
  /** Names the choice of an e-mail that no contact has; none is offered when missing. */
  makes?: (email: string) => string
  clearable?: boolean
  error?: string
  width?: number
  autoFocus?: boolean
}

/** Stands before the e-mail of somebody who is not a contact yet. */
export const NEW = 'new:'

const isEmail = (typed: string) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(typed)
const labelOf = (c: Contact) => (c.email && c.name ? `${c.name} (${c.email})` : contactName(c))

/** Finds a contact by typing. */
export function ContactSelect({ ws, value, onChange, label, hideLabel, placeholder, help, nobody = offers.grantDialog.nobody, makes, clearable, error, width, autoFocus }: Props) {
  const [typed, setTyped] = useState('')
  const [asked] = useDebouncedValue(typed.trim(), 250)
  const isNew = value.startsWith(NEW)
  const { data: chosen } = useQuery({ ...contactQuery(ws, value), enabled: value !== '' && !isNew })
  // What stands there after a choice is its name, not a question.
  const isName = chosen !== undefined && asked === labelOf(chosen)
  const { data } = useQuery({ ...contactSearchQuery(ws, isName ? '' : asked), placeholderData: keepPreviousData })
  const found = data?.items ?? []
  const options = [...(chosen && !found.some((c) => c.id === chosen.id) ? [chosen] : []), ...found].map((c) => ({ value: c.id, label: labelOf(c) }))
  const wanted = typed.trim().toLowerCase()
  if (makes && isEmail(wanted) && !found.some((c) => c.email.toLowerCase() === wanted)) options.unshift({ value: NEW + wanted, label: makes(wanted) })
  else if (makes && isNew) options.unshift({ value, label: makes(value.slice(NEW.length)) })
  return (
    <Select
      label={hideLabel ? undefined : label}
      aria-label={hideLabel ? label : undefined}
      placeholder={placeholder}
      description={help}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      w={width}
      data={options}
      value={value || null}
      onChange={(id) => onChange(id ?? '')}
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options: all }) => all}
      nothingFoundMessage={nobody}
      searchable
      clearable={clearable}
      error={error}
      data-autofocus={autoFocus || undefined}
    />
  )
}
