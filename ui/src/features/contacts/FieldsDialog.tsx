import { ActionIcon, Button, Group, Select, Skeleton, Stack, TagsInput, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { IconEdit, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { createField, deleteField, fieldsQuery, updateField, type ContactField, type FieldKind } from '../../api/contacts'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { ErrorNote } from '../../components/ErrorNote'
import { FormFrame } from '../../components/FormFrame'
import { Modal } from '../../components/Modal'
import { common } from '../../lib/text/en/common'
import { contacts } from '../../lib/text/en/contacts'
import { useForm } from '../../lib/useForm'
import classes from './Contacts.module.css'

const words = contacts.fields
const KINDS = Object.entries(words.kinds).map(([value, label]) => ({ value, label }))

/** Own fields of contacts: list, add, change, delete. */
export function FieldsDialog({ ws, onClose }: { ws: string; onClose: () => void }) {
  const { data, error, isPending, refetch } = useQuery(fieldsQuery(ws))
  const [editing, setEditing] = useState<ContactField>()
  const [removing, setRemoving] = useState<ContactField>()
  return (
    <Modal opened onClose={onClose} title={words.title} size="lg">
      <Stack gap="lg">
        <Text size="sm" c="dimmed">
          {words.help}
        </Text>
        <ErrorNote error={error} onRetry={() => void refetch()} />
        {isPending && <Skeleton height={80} />}
        {data && data.items.length === 0 && <Text size="sm">{words.empty}</Text>}
        <ul className={classes.grants}>
          {(data?.items ?? []).map((field) => (
            <li key={field.id}>
              <span>
                <Text component="span" fw={550}>
                  {field.label}
                </Text>
                <span className={classes.dim}>
                  {' '}
                  {words.kinds[field.kind]}
                  {field.options.length > 0 && `: ${field.options.join(', ')}`} · {field.key}
                </span>
              </span>
              <ActionIcon aria-label={words.rename(field.label)} onClick={() => setEditing(field)}>
                <IconEdit size={17} aria-hidden />
              </ActionIcon>
              <ActionIcon aria-label={words.remove(field.label)} onClick={() => setRemoving(field)}>
                <IconTrash size={17} aria-hidden />
              </ActionIcon>
            </li>
          ))}
        </ul>
        <FieldForm key={editing?.id ?? 'new'} ws={ws} field={editing} onDone={() => setEditing(undefined)} />
      </Stack>
      {removing && <Remove ws={ws} field={removing} onClose={() => setRemoving(undefined)} />}
    </Modal>
  )
}

function FieldForm({ ws, field, onDone }: { ws: string; field?: ContactField; onDone: () => void }) {
  const client = useQueryClient()
  const empty = { label: '', kind: 'text' as FieldKind, options: [] as string[] }
  const form = useForm(field ? { label: field.label, kind: field.kind, options: field.options } : empty)
  const { label, kind, options } = form.values
  const choice = kind === 'choice'
  const save = useMutation({
    mutationFn: () =>
      field
        ? updateField(ws, field.id, { label: label.trim(), ...(choice ? { options } : {}) })
        : createField(ws, { label: label.trim(), kind, ...(choice ? { options } : {}) }),
    onError: form.fail,
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['ws', ws, 'contacts', 'fields'] })
      form.reset(empty)
      onDone()
    },
  })
  return (
    <FormFrame
      onSubmit={() => {
        form.fail(null)
        save.mutate()
      }}
      failure={form.failure}
      keys={['label', 'kind', 'options', 'key']}
      title={words.failed}
    >
      <div className={classes.two}>
        <TextInput label={words.label} {...form.text('label')} error={form.error('label') ?? form.error('key')} />
        <Select label={words.kind} data={KINDS} value={kind} disabled={Boolean(field)} allowDeselect={false} onChange={(v) => v && form.set({ kind: v as FieldKind })} error={form.error('kind')} />
        {choice && (
          <TagsInput className={classes.wide} label={words.options} description={words.optionsHelp} value={options} onChange={(v) => form.set({ options: v })} error={form.error('options')} acceptValueOnBlur />
        )}
      </div>
      <Group justify="flex-end">
        {field && (
          <Button variant="default" onClick={onDone}>
            {common.cancel}
          </Button>
        )}
        <Button type="submit" loading={save.isPending} disabled={label.trim() === ''}>
          {field ? common.save : words.add}
        </Button>
      </Group>
    </FormFrame>
  )
}

function Remove({ ws, field, onClose }: { ws: string; field: ContactField; onClose: () => void }) {
  const client = useQueryClient()
  const remove = useMutation({
    mutationFn: () => deleteField(ws, field.id),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['ws', ws, 'contacts'], predicate: (q) => q.queryKey[3] !== 'feed' })
      onClose()
    },
  })
  return (
    <ConfirmDialog title={words.removeTitle(field.label)} confirm={common.remove} pending={remove.isPending} error={remove.error} onConfirm={() => remove.mutate()} onClose={onClose}>
      {words.removeHelp}
    </ConfirmDialog>
  )
}
