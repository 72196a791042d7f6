import { Loader } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useAnnounce } from '../../components/Announcer'
import type { Trigger } from '../../lib/definition'
import { samplesWords as words } from '../../lib/text/en/samples'
import { isSample, requestsQuery } from './api'
import { useSampleChoices } from './choice'
import classes from './TriggerPanel.module.css'

interface Props {
  ws: string
  workflowId: string
  trigger: Trigger
  onCaught: () => void
}

/** Besides the live line, which may be interrupted. */
const LOOK_MS = 2500

/** Waits for the next event and makes it the sample. It only looks: a live event runs as ever. */
export function Listening({ ws, workflowId, trigger, onCaught }: Props) {
  const announce = useAnnounce()
  const choose = useSampleChoices((s) => s.choose)
  const { data } = useInfiniteQuery({ ...requestsQuery(ws, workflowId), refetchInterval: LOOK_MS })
  const known = useRef<Set<string>>(undefined)
  const requests = (data?.pages ?? []).flatMap((page) => page.items ?? []).filter((r) => r.trigger_id === trigger.id)
  useEffect(() => {
    if (!data) return
    if (!known.current) {
      known.current = new Set(requests.map((r) => r.id))
      return
    }
    const caught = requests.find((r) => !known.current?.has(r.id))
    if (!caught) return
    known.current.add(caught.id)
    if (!isSample(caught)) {
      announce(words.refused(words.verdicts[caught.verdict] ?? caught.verdict))
      return
    }
    choose(workflowId, { triggerId: trigger.id, requestId: caught.id })
    announce(words.caught)
    onCaught()
  }, [data, requests, announce, choose, workflowId, trigger.id, onCaught])
  const refused = known.current && requests[0] && !isSample(requests[0]) ? requests[0] : undefined
  return (
    <div className={classes.listening} role="status">
      <Loader size="xs" color="currentColor" type="dots" />
      <span>
        {words.waiting}
        {refused && ` ${words.refused(words.verdicts[refused.verdict] ?? refused.verdict)} ${refused.reason}`}
      </span>
    </div>
  )
}
