import { Autocomplete, Button, Group } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { foldersQuery, moveWorkflow, type Workflow } from '../../api/workflows'
import { useAnnounce } from '../../components/Announcer'
import { FormFrame } from '../../components/FormFrame'
import { Modal } from '../../components/Modal'
import { common } from '../../lib/text/en/common'
import { folders as words } from '../../lib/text/en/folders'
import { useForm } from '../../lib/useForm'

const LONGEST = 100

/** Puts a workflow into a folder, an old or a new one, or takes it out. */
export function MoveDialog({ ws, workflow, onClose }: { ws: string; workflow: Workflow; onClose: () => void }) {
  const client = useQueryClient()
  const announce = useAnnounce()
  const { data: known = [] } = useQuery(foldersQuery(ws))
  const form = useForm({ folder: workflow.folder })
  const move = useMutation({
    mutationFn: () => moveWorkflow(ws, workflow.id, form.values.folder.trim()),
    onError: form.fail,
    onSuccess: async (moved) => {
      await client.invalidateQueries({ queryKey: ['ws', ws, 'workflows'] })
      announce(words.moved(moved.folder))
      onClose()
    },
  })
  const submit = () => {
    form.fail(null)
    move.mutate()
  }
  return (
    <Modal opened onClose={onClose} changed={form.dirty} title={words.moveTitle(workflow.name)}>
      <FormFrame onSubmit={submit} failure={form.failure} keys={['folder']} title={words.failed}>
        <Autocomplete
          data-autofocus
          label={words.name}
          description={words.help}
          placeholder={words.none}
          data={known}
          value={form.values.folder}
          onChange={(folder) => form.set({ folder })}
          error={form.error('folder')}
          maxLength={LONGEST}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={move.isPending} disabled={!form.dirty}>
            {words.go}
          </Button>
        </Group>
      </FormFrame>
    </Modal>
  )
}
