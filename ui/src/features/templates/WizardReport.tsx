import { Button, Group, Progress, Stack, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconDownload } from '@tabler/icons-react'
import { reportAddress, reportQuery } from '../../api/clones'
import { isJobOver, jobQuery } from '../../api/jobs'
import { CopyButton } from '../../components/CopyButton'
import { ErrorNote } from '../../components/ErrorNote'
import { clones as words } from '../../lib/text/en/clones'
import classes from './Clones.module.css'

/** Progress and what became of each client. */
export function Report({ ws, job, onAgain }: { ws: string; job: string; onAgain: () => void }) {
  const { data: progress, error: lost } = useQuery(jobQuery(ws, job))
  const over = progress ? isJobOver(progress) : false
  const { data, error } = useQuery(reportQuery(ws, job, over))
  const done = (progress?.done ?? 0) + (progress?.failed ?? 0)
  const total = progress?.total ?? 0
  return (
    <Stack gap="md">
      <ErrorNote error={lost ?? error} />
      <Progress value={over ? 100 : (done / Math.max(total, 1)) * 100} animated={!over} aria-label={words.working} />
      <Text role="status">{words.reportOf(done, total)}</Text>
      {data && (
      <div className={`${classes.scroll} ${classes.report}`} tabIndex={0} role="region" aria-label={words.report}>
        <Table striped>
          <Table.Thead>
            <Table.Tr>
              {[words.client, words.workflow, words.trigger, words.url, words.status, words.reason].map((name) => (
                <Table.Th key={name}>{name}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {(data?.rows ?? []).map((row, i) => (
              <Table.Tr key={`${row.workflow_id}${row.trigger}${i}`}>
                <Table.Td>{row.client}</Table.Td>
                <Table.Td>{row.workflow}</Table.Td>
                <Table.Td>{row.trigger}</Table.Td>
                <Table.Td>
                  {row.url && (
                    <div className={classes.address}>
                      <span title={row.url}>{row.url}</span>
                      <CopyButton value={row.url} label={words.copyAddress(row.client)} />
                    </div>
                  )}
                </Table.Td>
                <Table.Td>
                  {words.statuses[row.status] ?? row.status}
                  {row.workflow_id && !row.received && (
                    <Text size="xs" c="dimmed">
                      {words.noEvent}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td>{row.reason}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      )}
      {data && (
        <Group>
          <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} renderRoot={(props) => <a href={reportAddress(ws, job)} download {...props} />}>
            {words.downloadReport}
          </Button>
          <Button variant="default" onClick={onAgain}>
            {words.another}
          </Button>
        </Group>
      )}
    </Stack>
  )
}
