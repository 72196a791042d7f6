import { Button, Collapse, Group, Select, TextInput, UnstyledButton } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import { createHook, renewHooks, updateHook, type Hook, type HookFormat, type NewHook } from '../../api/hooks'
import { targetsQuery } from '../../api/targets'
import { FormFrame } from '../../components/FormFrame'
import { Modal } from '../../components/Modal'
import { common } from '../../lib/text/en/common'
import { eventChoices, hooks } from '../../lib/text/en/hooks'
import { useForm } from '../../lib/useForm'
import { aboutOf, changed } from './hookAbout'
import classes from './Hooks.module.css'
import { SecretNote } from './SecretNote'

const words = hooks.form
const ORDER = ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[]
const CARTS = Object.entries(words.carts).map(([value, label]) => ({ value, label }))
const FORMATS = Object.entries(words.formats).map(([value, label]) => ({ value, label }))
/** The events that Kajabi's API has. */
const IN_API = ['purchase.created', 'payment.succeeded', 'order.created', 'form.submitted', 'tag.added', 'tag.removed']

interface Values {
  event: string
  url: string
  resource_id: string
  cart: string
  name: string
  format: HookFormat
}

const cartOf = (cart: boolean | null | undefined) => (cart === true ? 'cart' : cart === false ? 'other' : 'any')

const valuesOf = (hook?: Hook): Values => ({
  event: hook?.event ?? '',
  url: hook?.url ?? '',
  resource_id: hook?.resource_id ?? '',
  cart: cartOf(hook?.cart),
  name: hook?.name ?? '',
  format: hook?.format ?? 'standard',
})

interface Props {
  ws: string
  /** The one to change; a new one is made when missing. */
  hook?: Hook
  onClose: () => void
}

/** Asks which event an address should hear of; a new hook shows its secret then, once. */
export function HookDialog({ ws, hook, onClose }: Props) {
  const [made, setMade] = useState<NewHook>()
  if (made) return <SecretNote ws={ws} hook={made} title={hooks.secret.title} onClose={onClose} />
  return <Form ws={ws} hook={hook} onClose={onClose} onMade={setMade} />
}

function Form({ ws, hook, onClose, onMade }: Props & { onMade: (hook: NewHook) => void }) {
  const client = useQueryClient()
  const form = useForm(valuesOf(hook))
  const { values } = form
  const [tried, setTried] = useState(false)
  const [more, setMore] = useState(hook !== undefined && (hook.name !== '' || hook.format !== 'standard'))
  const about = aboutOf(values.event)
  // Of an address that stands at a thing, only where it leads can be changed here.
  const placed = hook !== undefined && hook.place !== ''
  const narrows = about !== undefined && !placed
  const sorts = values.event === 'order.created' && !hook
  // A problem of what is not drawn stands above the form.
  const drawn = ['event', 'url', ...(narrows ? ['resource_id'] : []), ...(sorts ? ['cart'] : []), ...(more ? ['name', 'format'] : [])]
  const save = useMutation({
    mutationFn: async () => {
      const url = values.url.trim()
      if (placed) return updateHook(ws, hook.id, { url, format: values.format })
      const body = { event: values.event, url, resource_id: values.resource_id, name: values.name.trim(), format: values.format }
      if (hook) return updateHook(ws, hook.id, changed(body, form.start))
      const cart = values.event === 'order.created' && values.cart !== 'any' ? values.cart === 'cart' : undefined
      const made = await createHook(ws, { ...body, cart })
      onMade(made)
      return made
    },
    onError: form.fail,
    onSuccess: () => {
      void renewHooks(client, ws)
      if (hook) onClose()
    },
  })
  const submit = () => {
    setTried(true)
    if (values.event === '' || values.url.trim() === '') return
    form.fail(null)
    save.mutate()
  }
  return (
    <Modal opened onClose={onClose} changed={form.dirty} title={hook ? words.edit : words.create}>
      <FormFrame onSubmit={submit} failure={form.failure} keys={drawn} title={words.failed}>
        <Select
          label={words.event}
          description={words.eventHelp}
          inputWrapperOrder={ORDER}
          placeholder={words.chooseEvent}
          data={eventChoices}
          value={values.event || null}
          onChange={(event) => form.set({ event: event ?? '', resource_id: '', cart: 'any', format: fitting(values.format, event ?? '') })}
          error={form.error('event') ?? (tried && values.event === '' ? words.needEvent : undefined)}
          // What a hook of another sort of orders wants is another hook.
          disabled={placed || (hook !== undefined && hook.cart !== null)}
          searchable
          data-autofocus={hook ? undefined : true}
        />
        <TextInput
          label={words.url}
          description={words.urlHelp}
          inputWrapperOrder={ORDER}
          type="url"
          placeholder="https://"
          autoComplete="off"
          {...form.text('url')}
          error={form.error('url') ?? (tried && values.url.trim() === '' ? words.needUrl : undefined)}
        />
        {narrows && <About ws={ws} kind={about} value={values.resource_id} error={form.error('resource_id')} onChange={(id) => form.set({ resource_id: id })} />}
        {sorts && (
          <Select label={words.cart} data={CARTS} value={values.cart} onChange={(cart) => cart && form.set({ cart })} error={form.error('cart')} allowDeselect={false} />
        )}
        <div>
          <UnstyledButton className={classes.moreButton} aria-expanded={more} onClick={() => setMore(!more)}>
            <IconChevronRight size={16} aria-hidden className={more ? classes.turned : undefined} />
            {words.more}
          </UnstyledButton>
          <Collapse expanded={more}>
            <div className={classes.moreFields}>
              {!placed && <TextInput label={words.name} description={words.nameHelp} inputWrapperOrder={ORDER} {...form.text('name')} />}
              <Select
                label={words.format}
                data={FORMATS.filter((f) => f.value !== 'kajabi_api' || IN_API.includes(values.event))}
                value={values.format}
                onChange={(format) => format && form.set({ format: format as HookFormat })}
                error={form.error('format')}
                allowDeselect={false}
              />
            </div>
          </Collapse>
        </div>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {hook ? words.save : words.add}
          </Button>
        </Group>
      </FormFrame>
    </Modal>
  )
}

/** The format that an event can have: Kajabi's API does not know all of them. */
const fitting = (format: HookFormat, event: string): HookFormat => (format === 'kajabi_api' && !IN_API.includes(event) ? 'standard' : format)

interface AboutProps {
  ws: string
  kind: string
  value: string
  error?: string
  onChange: (id: string) => void
}

function About({ ws, kind, value, error, onChange }: AboutProps) {
  const { data } = useQuery(targetsQuery(ws, kind))
  const choices = (data ?? []).map((t) => ({ value: t.id, label: t.label }))
  // One that was deleted has no name, but is what counts until another is chosen.
  if (data && value !== '' && !data.some((t) => t.id === value)) choices.push({ value, label: value })
  return (
    <Select
      label={hooks.about[kind]}
      placeholder={hooks.anyAbout[kind]}
      data={choices}
      value={value || null}
      onChange={(id) => onChange(id ?? '')}
      error={error}
      searchable
      clearable
    />
  )
}
