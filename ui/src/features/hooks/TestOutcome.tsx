import { Anchor, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconAlertTriangle, IconCheck, IconLoader2 } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { deliveryQuery, isOver } from '../../api/hooks'
import { ErrorNote } from '../../components/ErrorNote'
import tones from '../../components/Tone.module.css'
import { hooks } from '../../lib/text/en/hooks'
import classes from './Hooks.module.css'

const words = hooks.page

/** What became of a test event, as soon as it is known. */
export function TestOutcome({ ws, id }: { ws: string; id: string }) {
  const { data, error } = useQuery({
    ...deliveryQuery(ws, id),
    // The live line tells too; this is for when it is interrupted.
    refetchInterval: (query) => (query.state.data && isOver(query.state.data.status) ? false : 700),
  })
  if (error) return <ErrorNote error={error} />
  const open = !data || !isOver(data.status)
  const good = data?.status === 'succeeded' && !data.kept
  const Sign = open ? IconLoader2 : good ? IconCheck : IconAlertTriangle
  return (
    <div className={`${classes.outcome} ${tones[open ? 'busy' : good ? 'good' : 'bad']}`} role="status">
      <Sign size={18} aria-hidden className={open ? tones.spin : undefined} />
      <div>
        <b>{open ? words.testing : data.kept ? words.testKept : good ? words.tested : words.testFailed}</b>
        {data?.error && !good && <Text size="sm">{data.error.message}</Text>}
        {!open && (
          <Anchor inherit c="inherit" underline="always" size="sm" renderRoot={(props) => <Link to="/w/$ws/deliveries" params={{ ws }} search={{ id }} {...props} />}>
            {words.toTest}
          </Anchor>
        )}
      </div>
    </div>
  )
}
