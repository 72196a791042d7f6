import { Button, Group, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { createForm } from '../../api/forms'
import { FormFrame } from '../../components/FormFrame'
import { Modal } from '../../components/Modal'
import { common } from '../../lib/text/en/common'
import { forms } from '../../lib/text/en/forms'
import { useForm } from '../../lib/useForm'

const words = forms.new

/** Begins a form with the questions that most ask. */
export function NewForm({ ws, onClose }: { ws: string; onClose: () => void }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const form = useForm({ title: '' })
  const [tried, setTried] = useState(false)
  const title = form.values.title.trim()
  const save = useMutation({
    mutationFn: () =>
      createForm(ws, {
        title,
        fields: [
          { key: 'name', kind: 'text', label: words.fields.name },
          { key: 'email', kind: 'email', label: words.fields.email, required: true },
        ],
      }),
    onError: form.fail,
    onSuccess: async (made) => {
      void client.invalidateQueries({ queryKey: ['ws', ws, 'forms'] })
      await navigate({ to: '/w/$ws/forms/$id', params: { ws, id: made.id } })
    },
  })
  const submit = () => {
    setTried(true)
    if (title === '') return
    form.fail(null)
    save.mutate()
  }
  return (
    <Modal opened onClose={onClose} changed={form.dirty} title={words.title}>
      <FormFrame onSubmit={submit} failure={form.failure} keys={['title']} title={words.failed}>
        <TextInput
          label={words.name}
          description={words.nameHelp}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data-autofocus
          {...form.text('title')}
          error={form.error('title') ?? (tried && title === '' ? words.needTitle : undefined)}
        />
        <Text size="sm" c="dimmed">
          {words.help}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {common.create}
          </Button>
        </Group>
      </FormFrame>
    </Modal>
  )
}
