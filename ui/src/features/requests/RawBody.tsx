import { Button, Group, Loader, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { rawAddress, rawText, type RequestDetail } from '../../api/requests'
import { requests as words } from '../../lib/text/en/requests'
import classes from './Requests.module.css'

const SHOWN = 100_000

/** The body byte for byte; loaded once it is asked for. */
export function RawBody({ ws, request }: { ws: string; request: RequestDetail }) {
  // What could not be read is looked at as it came.
  const [open, setOpen] = useState(Boolean(request.body?.error))
  const { data, isFetching } = useQuery({
    queryKey: ['ws', ws, 'requests', 'raw', request.id],
    queryFn: ({ signal }) => rawText(ws, request.id, signal),
    enabled: open,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (!request.body || request.size === 0) return null
  return (
    <section>
      <Group justify="space-between" mb="xs">
        <Title order={2}>{words.raw}</Title>
        <Group gap="xs">
          {!open && (
            <Button size="xs" variant="default" onClick={() => setOpen(true)}>
              {words.rawShow}
            </Button>
          )}
          <Button size="xs" variant="default" component="a" href={rawAddress(ws, request.id)} download leftSection={<IconDownload size={15} aria-hidden />}>
            {words.download}
          </Button>
        </Group>
      </Group>
      {open && isFetching && <Loader size="sm" />}
      {open && !isFetching && (
        <>
          <pre className={classes.raw} tabIndex={0} role="region" aria-label={words.raw}>
            {data === null ? words.notKept : (data ?? '').slice(0, SHOWN)}
          </pre>
          {(data?.length ?? 0) > SHOWN && (
            <Text size="sm" c="dimmed" mt={4}>
              {words.rawLong}
            </Text>
          )}
        </>
      )}
    </section>
  )
}
