import { Alert, Button, Code, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react'
import { chainQuery, type Place } from '../../api/members'
import { ErrorNote } from '../../components/ErrorNote'
import { audit as words } from '../../lib/text/en/members'
import classes from './Audit.module.css'

/** Whether the log is as it was written. */
export function Chain({ place }: { place: Place }) {
  const { data, error, isFetching, refetch } = useQuery(chainQuery(place))
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (!data) {
    return (
      <Text c="dimmed" role="status">
        {words.checking}
      </Text>
    )
  }
  if (data.broken) {
    return (
      <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={words.broken} role="alert">
        {words.brokenAt(data.broken.seq, data.broken.reason)}
      </Alert>
    )
  }
  return (
    <div className={classes.chain} role="status">
      <IconShieldCheck size={22} aria-hidden className={classes.good} />
      <div className={classes.chainText}>
        <div>{data.entries === 0 ? words.wholeEmpty : words.whole(data.entries)}</div>
        {data.head.seq > 0 && (
          <div className={classes.seal} title={words.headHelp}>
            {words.head} {data.head.seq}: <Code>{data.head.hash}</Code>
          </div>
        )}
      </div>
      <Button size="xs" variant="default" loading={isFetching} onClick={() => void refetch()}>
        {words.again}
      </Button>
    </div>
  )
}
