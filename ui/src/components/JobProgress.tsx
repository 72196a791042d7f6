import { Button, Group, Progress, Stack, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, type ReactNode } from 'react'
import { isJobOver, jobQuery } from '../api/jobs'
import { common } from '../lib/text/en/common'
import { ErrorNote } from './ErrorNote'

interface Props {
  ws: string
  id: string
  /** Keys of what the job changes; asked for again when it is over. */
  touches: unknown[][]
  onClose: () => void
  children?: ReactNode
}

/** Work in the background with its progress, and what of it was not possible. */
export function JobProgress({ ws, id, touches, onClose, children }: Props) {
  const { data: job, error } = useQuery(jobQuery(ws, id))
  const client = useQueryClient()
  const over = job ? isJobOver(job) : false
  useEffect(() => {
    if (!over) return
    for (const queryKey of touches) void client.invalidateQueries({ queryKey })
    // Only the end of the job asks anew.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [over])
  const total = Math.max(job?.total ?? 0, 1)
  const errors = job?.result?.errors ?? []
  return (
    <Stack gap="sm">
      <ErrorNote error={error} />
      <Progress
        value={over ? 100 : (((job?.done ?? 0) + (job?.failed ?? 0)) / total) * 100}
        animated={!over}
        color={job?.status === 'failed' ? 'red.7' : undefined}
        aria-label={common.job.starting}
      />
      <Text size="sm" role="status">
        {!job ? common.job.starting : over ? common.job.finished(job.done) : common.job.under(job.done + job.failed, job.total)}
        {job && job.failed > 0 && ` · ${common.job.refused(job.failed)}`}
      </Text>
      {job?.status === 'failed' && <Text size="sm">{job.result?.detail ?? common.job.broken}</Text>}
      {errors.length > 0 && (
        <Stack gap={4} mah={240} style={{ overflowY: 'auto' }} tabIndex={0} role="region" aria-label={common.job.refused(job?.failed ?? 0)}>
          {errors.map((e, i) => (
            <Text key={`${e.run_id ?? e.contact_id ?? e.line ?? ''}${i}`} size="sm">
              {e.line ? `${common.job.line(e.line)}: ` : ''}
              {e.detail}
            </Text>
          ))}
        </Stack>
      )}
      {over && children}
      <Group justify="flex-end">
        <Button variant={over ? 'filled' : 'default'} onClick={onClose}>
          {over ? common.done : common.close}
        </Button>
      </Group>
    </Stack>
  )
}
