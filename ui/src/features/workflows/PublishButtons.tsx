import { Button, Modal } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { IconPlayerPause, IconPlayerPlay, IconRocket } from '@tabler/icons-react'
import { useState } from 'react'
import { ApiError } from '../../api/http'
import { pause, publish, resume, type HeldChoice, type Workflow } from '../../api/workflows'
import { useAnnounce } from '../../components/Announcer'
import { ErrorNote } from '../../components/ErrorNote'
import { text } from '../../lib/text'
import { HeldDialog } from './HeldDialog'
import { ProblemList } from './Problems'

type Action = 'publish' | 'pause' | 'resume'
type Request = { action: Action; held?: HeldChoice }

/** Publish, pause and resume; asks first what shall become of kept events. */
export function PublishButtons({ ws, workflow }: { ws: string; workflow: Workflow }) {
  const act = useAction(ws, workflow.id)
  const [asking, setAsking] = useState<Action>()
  const start = (action: Action) =>
    action !== 'pause' && workflow.held_count > 0 ? setAsking(action) : act.mutate({ action })
  const running = act.isPending ? act.variables?.action : undefined
  return (
    <>
      {workflow.status === 'live' && (
        <Button variant="default" leftSection={<IconPlayerPause size={17} aria-hidden />} loading={running === 'pause'} onClick={() => start('pause')}>
          {text.workflow.pause}
        </Button>
      )}
      {workflow.status === 'paused' && (
        <Button leftSection={<IconPlayerPlay size={17} aria-hidden />} loading={running === 'resume'} onClick={() => start('resume')}>
          {text.workflow.resume}
        </Button>
      )}
      {(workflow.status === 'draft' || workflow.has_changes) && (
        <Button color="leaf" leftSection={<IconRocket size={17} aria-hidden />} loading={running === 'publish'} onClick={() => start('publish')}>
          {workflow.status === 'draft' ? text.workflow.publish : text.workflow.publishChanges}
        </Button>
      )}
      {asking && (
        <HeldDialog
          count={workflow.held_count}
          first={asking === 'publish' ? 'keep' : 'run'}
          confirm={asking === 'publish' ? text.workflow.publish : text.workflow.resume}
          onClose={() => setAsking(undefined)}
          onChoose={(held) => {
            act.mutate({ action: asking, held })
            setAsking(undefined)
          }}
        />
      )}
      <Refusal error={act.error} workflow={workflow} onClose={act.reset} />
    </>
  )
}

function useAction(ws: string, id: string) {
  const client = useQueryClient()
  const announce = useAnnounce()
  return useMutation({
    mutationFn: async ({ action, held }: Request): Promise<string> => {
      if (action === 'pause') return pause(ws, id).then(() => text.workflow.pausedNow)
      if (action === 'resume') return resume(ws, id, held).then(() => text.workflow.resumedNow)
      return text.workflow.published((await publish(ws, id, held)).version)
    },
    onSuccess: announce,
    onSettled: () => client.invalidateQueries({ queryKey: ['ws', ws] }),
  })
}

/** Why the server did not do it, every problem at once. */
function Refusal({ error, workflow, onClose }: { error: Error | null; workflow: Workflow; onClose: () => void }) {
  const problems = error instanceof ApiError ? error.problems : []
  return (
    <Modal opened={error !== null} onClose={onClose} title={problems.length > 0 ? text.workflow.refused : text.errors.title}>
      {problems.length > 0 ? <ProblemList problems={problems} workflow={workflow} /> : <ErrorNote error={error} />}
    </Modal>
  )
}
