import { Button, Text, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { deleteWorkspace, type WorkspaceDetail } from '../../api/settings'
import { meQuery } from '../../api/session'
import { settings as words } from '../../lib/text/en/setup'
import classes from './Settings.module.css'

const NewWorkspace = lazy(() => import('./NewWorkspace').then((m) => ({ default: m.NewWorkspace })))
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
      <Suspense>
        {opened === 'create' && <NewWorkspace onClose={close} />}
        {opened === 'delete' && <Remove ws={ws} workspace={workspace} onClose={close} />}
      </Suspense>
    </>
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
