import { Button, Group, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { clientsQuery } from '../../api/agency'
import { meQuery } from '../../api/session'
import { createWorkspace } from '../../api/settings'
import { FormFrame } from '../../components/FormFrame'
import { Modal } from '../../components/Modal'
import { ownTimezone } from '../../lib/places'
import { agency as words } from '../../lib/text/en/agency'
import { common } from '../../lib/text/en/common'
import { settings } from '../../lib/text/en/setup'
import { useForm } from '../../lib/useForm'

/** Makes a workspace for another client and opens it. */
export function NewClient({ onClose }: { onClose: () => void }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const form = useForm({ name: '' })
  const create = useMutation({
    mutationFn: () => createWorkspace({ name: form.values.name.trim(), timezone: ownTimezone() }),
    onError: form.fail,
    onSuccess: async (made) => {
      await client.invalidateQueries({ queryKey: meQuery.queryKey })
      void client.invalidateQueries({ queryKey: clientsQuery.queryKey })
      onClose()
      await navigate({ to: '/w/$ws', params: { ws: made.slug } })
    },
  })
  const submit = () => {
    form.fail(null)
    create.mutate()
  }
  return (
    <Modal opened onClose={onClose} changed={form.dirty} title={words.create}>
      <FormFrame onSubmit={submit} failure={form.failure} keys={['name', 'slug']} title={settings.createFailed}>
        <TextInput label={settings.name} data-autofocus {...form.text('name')} error={form.error('name') ?? form.error('slug')} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={create.isPending} disabled={form.values.name.trim() === ''}>
            {common.create}
          </Button>
        </Group>
      </FormFrame>
    </Modal>
  )
}
