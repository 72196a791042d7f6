import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { actOnClones } from '../../api/clones'
import { ErrorNote } from '../../components/ErrorNote'
import { JobProgress } from '../../components/JobProgress'
import { Modal } from '../../components/Modal'
import { rollout } from '../../lib/text/en/rollout'

const words = rollout.many

type Action = 'publish' | 'pause' | 'set_value'

/** What can be done for chosen clients at once. */
export function ManyActs({ ws, template, chosen }: { ws: string; template: string; chosen: string[] }) {
  const [setting, setSetting] = useState<{ key: string; value: string }>()
  const act = useMutation({
    mutationFn: (action: Action) => actOnClones(ws, { template, clone_ids: chosen, action, ...setting }),
    onSuccess: () => setSetting(undefined),
  })
  return (
    <>
      <Group gap="sm">
        <Text size="sm">{words.chosen(chosen.length)}</Text>
        <Button size="compact-md" variant="light" onClick={() => act.mutate('publish')}>
          {words.publish}
        </Button>
        <Button size="compact-md" variant="light" onClick={() => act.mutate('pause')}>
          {words.pause}
        </Button>
        <Button size="compact-md" variant="light" onClick={() => setSetting({ key: '', value: '' })}>
          {words.value}
        </Button>
      </Group>
      {!setting && <ErrorNote error={act.error} />}
      {setting && (
        <Modal opened onClose={() => setSetting(undefined)} changed={setting.key !== '' || setting.value !== ''} title={words.value}>
          <form
            onSubmit={(event) => {
              event.preventDefault()
              act.mutate('set_value')
            }}
          >
            <Stack>
              <ErrorNote error={act.error} />
              <TextInput label={words.key} required value={setting.key} onChange={(e) => setSetting({ ...setting, key: e.currentTarget.value })} />
              <TextInput label={words.to} value={setting.value} onChange={(e) => setSetting({ ...setting, value: e.currentTarget.value })} />
              <Group justify="flex-end">
                <Button type="submit" loading={act.isPending}>
                  {words.set}
                </Button>
              </Group>
            </Stack>
          </form>
        </Modal>
      )}
      {act.data && (
        <Modal opened onClose={() => act.reset()} title={words.report}>
          <JobProgress ws={ws} id={act.data.job_id} touches={[['ws', ws, 'pushes']]} onClose={() => act.reset()} />
        </Modal>
      )}
    </>
  )
}
