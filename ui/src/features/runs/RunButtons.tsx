import { Button, Modal } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { IconHandStop, IconPlayerTrackNext, IconRepeat } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { cancelRun, isOpen, isStuck, replayRun, retryRun, type Outcome, type Run } from '../../api/runs'
import { useAnnounce } from '../../components/Announcer'
import { ErrorNote } from '../../components/ErrorNote'
import { text } from '../../lib/text'
import { OutcomeDialog } from './OutcomeDialog'

/** What a person can do with a run: stop it, go on, start it anew. */
export function RunButtons({ ws, run }: { ws: string; run: Run }) {
  const navigate = useNavigate()
  const [deciding, setDeciding] = useState(false)
  const cancel = useAct(ws, () => cancelRun(ws, run.id), text.run.stopped)
  const retry = useAct(ws, (outcome?: Outcome) => retryRun(ws, run.id, outcome), text.run.goesOn)
  const replay = useAct(ws, () => replayRun(ws, run.id), text.run.startedAgain)
  const again = () =>
    replay.mutate(undefined, {
      onSuccess: (started) => {
        void navigate({ to: '/w/$ws/runs/$id', params: { ws, id: started.run_id } })
      },
    })
  const failed = [cancel, retry, replay].find((action) => action.error)
  return (
    <>
      {isOpen(run.status) && (
        <Button variant="default" leftSection={<IconHandStop size={17} aria-hidden />} loading={cancel.isPending} onClick={() => cancel.mutate(undefined)}>
          {text.run.stop}
        </Button>
      )}
      {run.kind === 'workflow' && !isOpen(run.status) && (
        <Button variant="default" leftSection={<IconRepeat size={17} aria-hidden />} loading={replay.isPending} onClick={again}>
          {text.run.again}
        </Button>
      )}
      {isStuck(run.status) && (
        <Button
          leftSection={<IconPlayerTrackNext size={17} aria-hidden />}
          loading={retry.isPending}
          onClick={() => (run.status === 'parked' ? setDeciding(true) : retry.mutate(undefined))}
        >
          {run.status === 'parked' ? text.run.decide : text.run.retry}
        </Button>
      )}
      {deciding && (
        <OutcomeDialog
          onClose={() => setDeciding(false)}
          onChoose={(outcome) => {
            setDeciding(false)
            retry.mutate(outcome)
          }}
        />
      )}
      <Modal opened={failed !== undefined} onClose={() => failed?.reset()} title={text.errors.title}>
        <ErrorNote error={failed?.error} />
      </Modal>
    </>
  )
}

/** A call that changes runs: says what happened and asks for what changed. */
function useAct<Answer, Value>(ws: string, act: (value: Value) => Promise<Answer>, done: string) {
  const client = useQueryClient()
  const announce = useAnnounce()
  return useMutation({
    mutationFn: act,
    onSuccess: () => announce(done),
    onSettled: () => client.invalidateQueries({ queryKey: ['ws', ws, 'runs'] }),
  })
}
