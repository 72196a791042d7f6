import { ActionIcon, Button, Group, Menu, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { IconCopy, IconDots, IconFolder, IconHistory, IconPencil, IconTrash } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { duplicateWorkflow, renameWorkflow, trashWorkflow, type Workflow } from '../../api/workflows'
import { useAnnounce } from '../../components/Announcer'
import { ErrorNote } from '../../components/ErrorNote'
import { FormFrame } from '../../components/FormFrame'
import { Modal } from '../../components/Modal'
import { useMay } from '../../components/useMay'
import { useOpened } from '../../components/useOpened'
import { text } from '../../lib/text'
import { common } from '../../lib/text/en/common'
import { folders } from '../../lib/text/en/folders'
import { workflows as words } from '../../lib/text/en/workflows'
import { useForm } from '../../lib/useForm'

const MoveDialog = lazy(() => import('./MoveDialog').then((m) => ({ default: m.MoveDialog })))
const ConfirmDialog = lazy(() => import('../../components/ConfirmDialog').then((m) => ({ default: m.ConfirmDialog })))

interface Props {
  ws: string
  workflow: Workflow
}

/** What can be done with a workflow from the list. */
export function WorkflowMenu({ ws, workflow, opened }: Props & { opened: boolean }) {
  const { target, menu } = useOpened(opened)
  const client = useQueryClient()
  const navigate = useNavigate()
  const announce = useAnnounce()
  const [asking, setAsking] = useState<'rename' | 'move' | 'trash'>()
  const off = useMay(ws).unless('workflows:write')
  const duplicate = useMutation({
    mutationFn: () => duplicateWorkflow(ws, workflow.id),
    onSuccess: async (copy) => {
      announce(words.duplicated)
      void client.invalidateQueries({ queryKey: ['ws', ws, 'workflows'] })
      await navigate({ to: '/w/$ws/workflows/$id', params: { ws, id: copy.id } })
    },
  })
  return (
    <>
      <Menu {...menu} position="bottom-end" width={210}>
        <Menu.Target>
          <ActionIcon ref={target} size="lg" aria-label={words.menu(workflow.name)} loading={duplicate.isPending}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item {...off} leftSection={<IconPencil size={16} aria-hidden />} onClick={() => setAsking('rename')}>
            {words.rename}
          </Menu.Item>
          <Menu.Item {...off} leftSection={<IconFolder size={16} aria-hidden />} onClick={() => setAsking('move')}>
            {folders.move}
          </Menu.Item>
          <Menu.Item {...off} leftSection={<IconCopy size={16} aria-hidden />} onClick={() => duplicate.mutate()}>
            {words.duplicate}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconHistory size={16} aria-hidden />}
            renderRoot={(props) => <Link to="/w/$ws/runs" params={{ ws }} search={{ workflow_id: workflow.id }} {...props} />}
          >
            {text.runs.title}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item {...off} leftSection={<IconTrash size={16} aria-hidden />} onClick={() => setAsking('trash')}>
            {words.trash}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {duplicate.error && (
        <Modal opened onClose={() => duplicate.reset()} title={text.errors.title}>
          <ErrorNote error={duplicate.error} />
        </Modal>
      )}
      {asking === 'rename' && <Rename ws={ws} workflow={workflow} onClose={() => setAsking(undefined)} />}
      <Suspense>{asking === 'move' && <MoveDialog ws={ws} workflow={workflow} onClose={() => setAsking(undefined)} />}</Suspense>
      <Suspense>{asking === 'trash' && <Trash ws={ws} workflow={workflow} onClose={() => setAsking(undefined)} />}</Suspense>
    </>
  )
}

function Rename({ ws, workflow, onClose }: Props & { onClose: () => void }) {
  const client = useQueryClient()
  const form = useForm({ name: workflow.name })
  const rename = useMutation({
    mutationFn: () => renameWorkflow(ws, workflow, form.values.name.trim()),
    onError: form.fail,
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['ws', ws, 'workflows'] })
      onClose()
    },
  })
  return (
    <Modal opened onClose={onClose} changed={form.dirty} title={words.renameTitle}>
      <FormFrame
        onSubmit={() => {
          form.fail(null)
          rename.mutate()
        }}
        failure={form.failure}
        keys={['name']}
        title={words.renameFailed}
      >
        <TextInput label={words.name} data-autofocus {...form.text('name')} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={rename.isPending} disabled={form.values.name.trim() === ''}>
            {common.save}
          </Button>
        </Group>
      </FormFrame>
    </Modal>
  )
}

function Trash({ ws, workflow, onClose }: Props & { onClose: () => void }) {
  const client = useQueryClient()
  const announce = useAnnounce()
  const trash = useMutation({
    mutationFn: () => trashWorkflow(ws, workflow.id),
    onSuccess: () => {
      announce(words.trashed)
      void client.invalidateQueries({ queryKey: ['ws', ws, 'workflows'] })
      onClose()
    },
  })
  return (
    <ConfirmDialog title={words.trashTitle(workflow.name)} confirm={words.trashGo} pending={trash.isPending} error={trash.error} onConfirm={() => trash.mutate()} onClose={onClose}>
      {words.trashHelp}
    </ConfirmDialog>
  )
}
