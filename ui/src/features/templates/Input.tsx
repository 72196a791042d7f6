import { PasswordInput, Select, Switch, TextInput } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { tagsQuery } from '../../api/contacts'
import { formsQuery } from '../../api/forms'
import { createOffer, offersQuery } from '../../api/offers'
import { connectionsQuery } from '../../api/settings'
import type { TemplateInput } from '../../api/templates'
import { text } from '../../lib/text'
import { templates as words } from '../../lib/text/en/templates'
import { useWhole } from '../../lib/useWhole'
import { ConnectionDialog } from '../connections'

interface Props {
  ws: string
  /** What the question needs of an input. */
  input: Pick<TemplateInput, 'kind' | 'label' | 'required'> & Partial<Pick<TemplateInput, 'help' | 'example' | 'auth' | 'host'>>
  value: string | boolean
  error?: string
  onChange: (value: string | boolean) => void
}

/** One question of a template, by its kind. */
export function Input({ ws, input, value, error, onChange }: Props) {
  const shared = {
    label: input.label,
    description: input.help || undefined,
    error,
    placeholder: input.example || undefined,
    withAsterisk: input.required,
    inputWrapperOrder: ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[],
  }
  const plain = typeof value === 'string' ? value : ''
  const choice = { ws, shared, value: plain, onChange }
  switch (input.kind) {
    case 'switch':
      return <Switch label={input.label} description={input.help} checked={value === true} onChange={(e) => onChange(e.currentTarget.checked)} error={error} />
    case 'offer':
      return <OfferInput {...choice} />
    case 'tag':
      return <TagInput {...choice} />
    case 'form':
      return <FormInput {...choice} />
    case 'connection':
      return <ConnectionInput {...choice} input={input} />
    case 'secret':
      return (
        <PasswordInput
          {...shared}
          autoComplete="new-password"
          value={plain}
          onChange={(e) => onChange(e.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': text.auth.show }}
        />
      )
    default:
      return <TextInput {...shared} type={input.kind === 'url' ? 'url' : 'text'} autoComplete="off" value={plain} onChange={(e) => onChange(e.currentTarget.value)} />
  }
}

interface ChoiceProps {
  ws: string
  shared: Pick<Props, 'error'> & { label: string; description?: string; placeholder?: string; withAsterisk?: boolean }
  value: string
  onChange: (value: string) => void
}

const NEW = 'new:'

/** An offer to choose, or to make on the spot by typing its title. */
function OfferInput({ ws, shared, value, onChange }: ChoiceProps) {
  const client = useQueryClient()
  const list = useInfiniteQuery(offersQuery(ws))
  const further = useWhole(list)
  const [typed, setTyped] = useState('')
  const all = (list.data?.pages ?? []).flatMap((page) => page.items ?? [])
  const wanted = typed.trim()
  const known = all.some((o) => o.title.toLocaleLowerCase() === wanted.toLocaleLowerCase())
  const make = useMutation({
    mutationFn: (title: string) => createOffer(ws, { title, products: [] }),
    onSuccess: (offer) => {
      onChange(offer.id)
      void client.invalidateQueries({ queryKey: ['ws', ws, 'offers'] })
    },
  })
  const options = all.map((o) => ({ value: o.id, label: o.title }))
  // The list has what was just made a moment later.
  if (make.data && !all.some((o) => o.id === make.data.id)) options.push({ value: make.data.id, label: make.data.title })
  // Whether a title is new is known when all of them are.
  if (wanted !== '' && !known && list.isSuccess && !further && wanted !== make.data?.title) options.push({ value: NEW + wanted, label: words.newOffer(wanted) })
  return (
    <Select
      {...shared}
      placeholder={shared.placeholder ?? words.chooseOffer}
      data={options}
      value={value || null}
      onChange={(v) => (v?.startsWith(NEW) ? make.mutate(v.slice(NEW.length)) : onChange(v ?? ''))}
      searchValue={typed}
      onSearchChange={setTyped}
      nothingFoundMessage={words.typeOffer}
      disabled={make.isPending}
      error={shared.error ?? (make.error instanceof Error ? make.error.message : undefined)}
      searchable
    />
  )
}

function TagInput({ ws, shared, value, onChange }: ChoiceProps) {
  const { data } = useQuery(tagsQuery(ws))
  const list = `tags-${shared.label}`
  return (
    <>
      <TextInput {...shared} list={list} value={value} onChange={(e) => onChange(e.currentTarget.value)} />
      <datalist id={list}>
        {(data?.items ?? []).map((tag) => (
          <option key={tag.id} value={tag.name} />
        ))}
      </datalist>
    </>
  )
}

function FormInput({ ws, shared, value, onChange }: ChoiceProps) {
  const list = useInfiniteQuery(formsQuery(ws))
  useWhole(list)
  const all = (list.data?.pages ?? []).flatMap((page) => page.items ?? [])
  return (
    <Select
      {...shared}
      placeholder={words.chooseForm}
      data={all.map((form) => ({ value: form.id, label: form.title }))}
      value={value || null}
      onChange={(v) => onChange(v ?? '')}
      nothingFoundMessage={words.noForms}
      searchable
    />
  )
}

/** A connection to choose, or to make in a dialog of its own. */
function ConnectionInput({ ws, shared, value, onChange, input }: ChoiceProps & Pick<Props, 'input'>) {
  const list = useInfiniteQuery(connectionsQuery(ws))
  useWhole(list)
  const [making, setMaking] = useState(false)
  const all = (list.data?.pages ?? []).flatMap((page) => page.items ?? [])
  return (
    <>
      <Select
        {...shared}
        placeholder={words.chooseConnection}
        data={[...all.map((c) => ({ value: c.id, label: c.name })), { value: NEW, label: words.newConnection }]}
        value={value || null}
        onChange={(v) => (v === NEW ? setMaking(true) : onChange(v ?? ''))}
        nothingFoundMessage={words.noConnections}
        clearable
      />
      {making && (
        <Suspense>
          <ConnectionDialog
            ws={ws}
            type={input.auth}
            start={input.host ? { hosts: [input.host] } : undefined}
            onMade={(made) => onChange(made.id)}
            onClose={() => setMaking(false)}
          />
        </Suspense>
      )}
    </>
  )
}
