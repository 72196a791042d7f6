import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { IconHandStop, IconPlayerTrackNext, IconRepeat } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { cancelRun, isOpen, isStuck, replayRun, retryRun, type Outcome, type Run } from '../../api/runs'
import { useAnnounce } from '../../components/Announcer'
import { useMay } from '../../components/useMay'
import { text } from '../../lib/text'

const ErrorDialog = lazy(() => import('../../components/ErrorDialog').then((m) => ({ default: m.ErrorDialog })))
const GoOnDialog = lazy(() => import('./GoOnDialog').then((m) => ({ default: m.GoOnDialog })))
const OutcomeDialog = lazy(() => import('./OutcomeDialog').then((m) => ({ default: m.OutcomeDialog })))
const ReplayDialog = lazy(() => import('./ReplayDialog').then((m) => ({ default: m.ReplayDialog })))

interface Props {
  ws: string
  run: Run
  /** The version of the workflow that is live; undefined when none is known. */
  liveVersion?: number
}

type Asking = 'outcome' | 'version' | 'replay'

/** What a person can do with a run: stop it, go on, start it anew. */
export function RunButtons({ ws, run, liveVersion }: Props) {
  const navigate = useNavigate()
  const [asking, setAsking] = useState<Asking>()
  const off = useMay(ws).unless('runs:write')
  const cancel = useAct(ws, () => cancelRun(ws, run.id), text.run.stopped)
  const retry = useAct(
    ws,
    (how: { outcome?: Outcome; version?: 'pinned' | 'live' }) => retryRun(ws, run.id, how.outcome, how.version),
    text.run.goesOn,
  )
  const replay = useAct(ws, (asNew: boolean) => replayRun(ws, run.id, asNew), text.run.startedAgain)
  const again = (asNew: boolean) =>
    replay.mutate(asNew, {
      onSuccess: (started) => {
        setAsking(undefined)
        void navigate({ to: '/w/$ws/runs/$id', params: { ws, id: started.run_id } })
      },
    })
  const goOn = () => {
    if (run.status === 'parked') setAsking('outcome')
    else if (liveVersion && run.version && liveVersion !== run.version) setAsking('version')
    else retry.mutate({})
  }
  const failed = asking === 'replay' ? undefined : [cancel, retry, replay].find((action) => action.error)
  return (
    <>
      {isOpen(run.status) && (
        <Button {...off} variant="default" leftSection={<IconHandStop size={17} aria-hidden />} loading={cancel.isPending} onClick={() => cancel.mutate(undefined)}>
          {text.run.stop}
        </Button>
      )}
      {run.kind === 'workflow' && !isOpen(run.status) && (
        <Button {...off} variant="default" leftSection={<IconRepeat size={17} aria-hidden />} onClick={() => setAsking('replay')}>
          {text.run.again}
        </Button>
      )}
      {isStuck(run.status) && (
        <Button {...off} leftSection={<IconPlayerTrackNext size={17} aria-hidden />} loading={retry.isPending} onClick={goOn}>
          {run.status === 'parked' ? text.run.decide : text.run.retry}
        </Button>
      )}
      <Suspense>
        {asking === 'outcome' && (
          <OutcomeDialog
            onClose={() => setAsking(undefined)}
            onChoose={(outcome) => {
              setAsking(undefined)
              retry.mutate({ outcome })
            }}
          />
        )}
        {asking === 'version' && (
          <GoOnDialog
            pinned={run.version ?? 0}
            live={liveVersion ?? 0}
            onClose={() => setAsking(undefined)}
            onChoose={(version) => {
              setAsking(undefined)
              retry.mutate({ version })
            }}
          />
        )}
        {asking === 'replay' && (
          <ReplayDialog ws={ws} run={run} pending={replay.isPending} error={replay.error} onStart={again} onClose={() => setAsking(undefined)} />
        )}
        {failed && <ErrorDialog error={failed.error} onClose={() => failed.reset()} />}
      </Suspense>
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
    onSettled: () => client.invalidateQueries({ queryKey: ['ws', ws, 'runs'], predicate: (query) => query.queryKey[3] !== 'feed' }),
  })
}
