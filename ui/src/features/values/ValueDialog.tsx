import { Button, Group, Select, Switch, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { createValue, updateValue, type CustomValue } from '../../api/settings'
import { FormFrame } from '../../components/FormFrame'
import { Modal } from '../../components/Modal'
import { common } from '../../lib/text/en/common'
import { values as words } from '../../lib/text/en/setup'
import { useForm } from '../../lib/useForm'
import { kindOf, storedOf, typedOf, type ValueKind } from './valueForm'

const KINDS = Object.entries(words.kinds).map(([value, label]) => ({ value, label }))
const ORDER = ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[]

/** Creates a custom value, or changes one. */
export function ValueDialog({ ws, value, onClose }: { ws: string; value?: CustomValue; onClose: () => void }) {
  const client = useQueryClient()
  const form = useForm({ name: value?.name ?? '', key: '', value: typedOf(value?.value) })
  const [kind, setKind] = useState<ValueKind>(kindOf(value?.value))
  const [tried, setTried] = useState(false)
  const stored = storedOf(kind, form.values.value)
  const problem = tried && 'problem' in stored ? stored.problem : undefined
  const save = useMutation({
    mutationFn: (content: unknown) => {
      const name = form.values.name.trim()
      return value
        ? updateValue(ws, value.id, { name: name === form.start.name ? undefined : name, value: content })
        : createValue(ws, { name, key: form.values.key.trim() || undefined, value: content })
    },
    onError: form.fail,
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['ws', ws, 'values'] })
      onClose()
    },
  })
  const submit = () => {
    setTried(true)
    if (form.values.name.trim() === '' || 'problem' in stored) return
    form.fail(null)
    save.mutate(stored.value)
  }
  const error = form.error('value') ?? problem
  return (
    <Modal opened onClose={onClose} changed={form.dirty} title={value ? words.edit : words.create}>
      <FormFrame onSubmit={submit} failure={form.failure} keys={['name', 'key', 'value']} title={words.failed}>
        <TextInput
          label={words.name}
          description={words.nameHelp}
          inputWrapperOrder={ORDER}
          data-autofocus
          {...form.text('name')}
          error={form.error('name') ?? (tried && form.values.name.trim() === '' ? words.needName : undefined)}
        />
        {!value && <TextInput label={words.key} description={words.keyHelp} inputWrapperOrder={ORDER} {...form.text('key')} />}
        <Select label={words.kind} data={KINDS} value={kind} onChange={(k) => k && setKind(k as ValueKind)} allowDeselect={false} />
        {kind === 'switch' ? (
          <Switch label={words.value} checked={form.values.value === 'true'} onChange={(e) => form.set({ value: String(e.currentTarget.checked) })} error={error} />
        ) : kind === 'number' ? (
          <TextInput label={words.value} inputMode="decimal" {...form.text('value')} error={error} />
        ) : (
          <Textarea
            label={words.value}
            autosize
            minRows={2}
            maxRows={12}
            styles={kind === 'json' ? { input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.8125rem' } } : undefined}
            {...form.text('value')}
            error={error}
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {value ? common.save : common.create}
          </Button>
        </Group>
      </FormFrame>
    </Modal>
  )
}
