import { Button, Group, Modal, Text, TextInput, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { createWorkspace, deleteWorkspace, type WorkspaceDetail } from '../../api/settings'
import { meQuery } from '../../api/session'
import { FormFrame } from '../../components/FormFrame'
import { ownTimezone } from '../../lib/places'
import { common } from '../../lib/text/en/common'
import { settings as words } from '../../lib/text/en/setup'
import { useForm } from '../../lib/useForm'
import classes from './Settings.module.css'

const ConfirmDialog = lazy(() => import('../../components/ConfirmDialog').then((m) => ({ default: m.ConfirmDialog })))

/** Another workspace, and the end of this one. */
export function Danger({ ws, workspace }: { ws: string; workspace: WorkspaceDetail }) {
  const [opened, setOpened] = useState<'create' | 'delete'>()
  const close = () => setOpened(undefined)
  return (
    <>
      <section className={classes.card} aria-labelledby="another-title">
        <div className={classes.line}>
          <div>
            <Title order={2} id="another-title">
              {words.another}
            </Title>
            <Text size="sm" c="dimmed">
              {words.anotherHelp}
            </Text>
          </div>
          <Button variant="default" onClick={() => setOpened('create')}>
            {words.create}
          </Button>
        </div>
      </section>
      <section className={`${classes.card} ${classes.danger}`} aria-labelledby="danger-title">
        <div className={classes.line}>
          <div>
            <Title order={2} id="danger-title">
              {words.danger}
            </Title>
            <Text size="sm" c="dimmed">
              {words.deleteHelp}
            </Text>
          </div>
          <Button color="red.9" onClick={() => setOpened('delete')}>
            {words.deleteButton}
          </Button>
        </div>
      </section>
      {opened === 'create' && <Create onClose={close} />}
      <Suspense>{opened === 'delete' && <Remove ws={ws} workspace={workspace} onClose={close} />}</Suspense>
    </>
  )
}

function Create({ onClose }: { onClose: () => void }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const form = useForm({ name: '' })
  const create = useMutation({
    mutationFn: () => createWorkspace({ name: form.values.name.trim(), timezone: ownTimezone() }),
    onError: form.fail,
    onSuccess: async (made) => {
      await client.invalidateQueries({ queryKey: meQuery.queryKey })
      onClose()
      await navigate({ to: '/w/$ws', params: { ws: made.slug } })
    },
  })
  return (
    <Modal opened onClose={onClose} title={words.create}>
      <FormFrame
        onSubmit={() => {
          form.fail(null)
          create.mutate()
        }}
        failure={form.failure}
        keys={['name', 'slug']}
        title={words.createFailed}
      >
        <TextInput label={words.name} data-autofocus {...form.text('name')} error={form.error('name') ?? form.error('slug')} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={create.isPending} disabled={form.values.name.trim() === ''}>
            {words.createGo}
          </Button>
        </Group>
      </FormFrame>
    </Modal>
  )
}

function Remove({ ws, workspace, onClose }: { ws: string; workspace: WorkspaceDetail; onClose: () => void }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const remove = useMutation({
    mutationFn: () => deleteWorkspace(ws),
    onSuccess: async () => {
      client.removeQueries({ queryKey: ['ws', ws] })
      client.removeQueries({ queryKey: meQuery.queryKey })
      await navigate({ to: '/', ignoreBlocker: true })
    },
  })
  return (
    <ConfirmDialog
      title={words.deleteTitle(workspace.name)}
      confirm={words.deleteGo}
      type={{ label: words.deleteLabel(workspace.slug), word: workspace.slug }}
      pending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{words.deleteHelp}</Text>
    </ConfirmDialog>
  )
}
