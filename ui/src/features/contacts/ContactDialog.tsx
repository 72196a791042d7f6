import { Button, Group, Select, Switch, TagsInput, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { createContact, fieldsQuery, tagsQuery, updateContact, type Contact, type ContactField } from '../../api/contacts'
import { useAnnounce } from '../../components/Announcer'
import { FormFrame } from '../../components/FormFrame'
import { Modal } from '../../components/Modal'
import { common } from '../../lib/text/en/common'
import { contacts } from '../../lib/text/en/contacts'
import { useForm } from '../../lib/useForm'
import { timezones } from '../../lib/places'
import { ADDRESS, changeOf, TEXTS, valuesOf, type ContactValues } from './contactForm'
import classes from './Contacts.module.css'

const words = contacts.form

type Form = ReturnType<typeof useForm<ContactValues>>

/** Creates a contact, or changes one. */
export function ContactDialog({ ws, contact, onClose }: { ws: string; contact?: Contact; onClose: () => void }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const announce = useAnnounce()
  const form = useForm(valuesOf(contact))
  const { data: fields } = useQuery(fieldsQuery(ws))
  const { data: tags } = useQuery(tagsQuery(ws))
  const own = fields?.items ?? []
  const [nothing, setNothing] = useState(false)
  const save = useMutation({
    mutationFn: (change: ReturnType<typeof changeOf>) => (contact ? updateContact(ws, contact.id, change) : createContact(ws, change)),
    onError: form.fail,
    onSuccess: async (saved) => {
      client.setQueryData(['ws', ws, 'contacts', 'one', saved.id], saved)
      void client.invalidateQueries({ queryKey: ['ws', ws, 'contacts'], predicate: (q) => q.queryKey[3] !== 'feed' })
      announce(contact ? words.saved : words.created)
      onClose()
      if (!contact) await navigate({ to: '/w/$ws/contacts/$id', params: { ws, id: saved.id } })
    },
  })
  const submit = () => {
    const { email, phone, name, first_name, last_name } = form.values
    const blank = ![email, phone, name, first_name, last_name].some((v) => v.trim())
    setNothing(blank)
    if (blank) return
    form.fail(null)
    save.mutate(changeOf(form.start, form.values, own))
  }
  const keys = [...TEXTS, ...ADDRESS.map((key) => `address/${key}`), 'tags', 'subscribed', ...own.map((f) => `fields/${f.key}`)]
  return (
    <Modal opened onClose={onClose} changed={form.dirty} title={contact ? contacts.edit : contacts.create} size="lg">
      <FormFrame onSubmit={submit} failure={form.failure} keys={keys} title={words.failed}>
        <div className={classes.two}>
          <TextInput label={words.first_name} autoComplete="off" data-autofocus {...form.text('first_name')} />
          <TextInput label={words.last_name} autoComplete="off" {...form.text('last_name')} />
          <TextInput label={words.email} type="email" autoComplete="off" {...form.text('email')} error={form.error('email') ?? (nothing ? words.nothing : undefined)} />
          <TextInput label={words.phone} type="tel" autoComplete="off" description={words.phoneHelp} inputWrapperOrder={['label', 'input', 'description', 'error']} {...form.text('phone')} />
          <TextInput label={words.name} autoComplete="off" {...form.text('name')} />
          <TextInput label={words.company} autoComplete="off" {...form.text('company')} />
          <TagsInput
            className={classes.wide}
            label={words.tags}
            description={words.tagsHelp}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            data={(tags?.items ?? []).map((tag) => tag.name)}
            value={form.values.tags}
            onChange={(value) => form.set({ tags: value })}
            error={form.error('tags')}
            acceptValueOnBlur
            clearable={false}
            maxDropdownHeight={200}
          />
          <Switch className={classes.wide} label={words.subscribed} checked={form.values.subscribed} onChange={(e) => form.set({ subscribed: e.currentTarget.checked })} />
        </div>
        {own.length > 0 && <OwnFields fields={own} form={form} />}
        <More form={form} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {contact ? words.save : words.create}
          </Button>
        </Group>
      </FormFrame>
    </Modal>
  )
}

function OwnFields({ fields, form }: { fields: ContactField[]; form: Form }) {
  const set = (key: string, value: string | boolean) => form.set({ fields: { ...form.values.fields, [key]: value } }, `fields/${key}`)
  return (
    <fieldset className={classes.group}>
      <legend>{words.own}</legend>
      <div className={classes.two}>
        {fields.map((field) => {
          const value = form.values.fields[field.key] ?? ''
          const error = form.error(`fields/${field.key}`)
          if (field.kind === 'switch') {
            return <Switch key={field.id} label={field.label} checked={value === true} error={error} onChange={(e) => set(field.key, e.currentTarget.checked)} />
          }
          if (field.kind === 'choice') {
            return (
              <Select key={field.id} label={field.label} data={field.options} value={value === '' ? null : String(value)} error={error} onChange={(v) => set(field.key, v ?? '')} clearable />
            )
          }
          return (
            <TextInput
              key={field.id}
              label={field.label}
              type={field.kind === 'date' ? 'date' : 'text'}
              inputMode={field.kind === 'number' ? 'decimal' : undefined}
              value={String(value)}
              error={error}
              onChange={(e) => set(field.key, e.currentTarget.value)}
            />
          )
        })}
      </div>
    </fieldset>
  )
}

/** What is needed seldom; open when something in it is wrong. */
function More({ form }: { form: Form }) {
  const wrong = form.problems.some((p) => /address|timezone|external|birth|source/.test(p.pointer ?? ''))
  const [open, setOpen] = useState(false)
  const address = form.values.address
  return (
    <details className={classes.more} open={open || wrong} onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>{words.more}</summary>
      <div className={classes.two}>
        {ADDRESS.map((key) => (
          <TextInput
            key={key}
            label={words[key]}
            autoComplete="off"
            value={address[key]}
            error={form.error(`address/${key}`)}
            onChange={(e) => form.set({ address: { ...address, [key]: e.currentTarget.value } }, `address/${key}`)}
          />
        ))}
        <Select
          label={words.timezone}
          data={timezones()}
          value={form.values.timezone || null}
          onChange={(v) => form.set({ timezone: v ?? '' })}
          error={form.error('timezone')}
          searchable
          clearable
          limit={50}
        />
        <TextInput label={words.date_of_birth} type="date" {...form.text('date_of_birth')} />
        <TextInput label={words.external_user_id} description={words.externalHelp} inputWrapperOrder={['label', 'input', 'description', 'error']} {...form.text('external_user_id')} />
        <TextInput label={words.source} {...form.text('source')} />
      </div>
    </details>
  )
}
