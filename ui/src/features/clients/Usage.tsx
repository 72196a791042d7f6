import { Button, Group, Select, Skeleton, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { usageQuery, usageSheet, type Used } from '../../api/agency'
import { ErrorNote } from '../../components/ErrorNote'
import { agency as words } from '../../lib/text/en/agency'
import { lastMonths, monthName } from '../../lib/months'
import classes from './Clients.module.css'
import { LimitsDialog } from './LimitsDialog'

const plain = (n: number) => n.toLocaleString('en')
const sum = (rows: Used[], key: 'runs' | 'deliveries' | 'emails') => plain(rows.reduce((all, row) => all + row[key], 0))

/** What each client used in a month, and its limits. */
export function Usage({ agency }: { agency: boolean }) {
  const months = lastMonths(new Date(), 12)
  const [month, setMonth] = useState(months[0]!)
  const [editing, setEditing] = useState<Used>()
  const { data, error, isPending, refetch } = useQuery(usageQuery(month))
  const rows = data?.items ?? []
  return (
    <>
      <Group className={classes.bar2} align="flex-end">
        <Select label={words.usage.month} data={months.map((value) => ({ value, label: monthName(value) }))} value={month} onChange={(v) => v && setMonth(v)} allowDeselect={false} w={200} />
        <Text size="sm" c="dimmed" flex={1}>
          {words.usage.help}
        </Text>
        <Button variant="default" component="a" href={usageSheet(month)} download leftSection={<IconDownload size={17} aria-hidden />}>
          {words.usage.sheet}
        </Button>
      </Group>
      <ErrorNote error={error} onRetry={() => void refetch()} />
      {isPending && <Skeleton height={300} radius="lg" />}
      {data && (
        <div className={classes.board}>
          <table className={classes.sheet} aria-label={words.usage.table}>
            <thead>
              <tr>
                <th scope="col">{words.columns.client}</th>
                <th scope="col">{words.usage.runs}</th>
                <th scope="col">{words.usage.deliveries}</th>
                <th scope="col">{words.usage.emails}</th>
                <th scope="col">{words.usage.limits}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.workspace_id}>
                  <th scope="row">{row.name}</th>
                  <td>{plain(row.runs)}</td>
                  <td>{plain(row.deliveries)}</td>
                  <td>{plain(row.emails)}</td>
                  <td>
                    <Group gap="xs" justify="space-between" wrap="nowrap">
                      {limitsLine(row.limits ?? {})}
                      {agency && (
                        <Button size="compact-xs" variant="subtle" aria-label={words.usage.edit(row.name)} onClick={() => setEditing(row)}>
                          {words.usage.editShort}
                        </Button>
                      )}
                    </Group>
                  </td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">{words.usage.total}</th>
                <td>{sum(rows, 'runs')}</td>
                <td>{sum(rows, 'deliveries')}</td>
                <td>{sum(rows, 'emails')}</td>
                <td />
              </tr>
            </tfoot>
          </table>
        </div>
      )}
      {editing && <LimitsDialog client={editing} onClose={() => setEditing(undefined)} />}
    </>
  )
}

/** "1,000 runs, 5 workflows". */
function limitsLine(limits: Record<string, number>) {
  const set = Object.entries(limits)
  if (set.length === 0) return <span className={classes.quiet}>{words.usage.none}</span>
  return <span>{set.map(([key, n]) => `${plain(n)} ${words.limits.short[key] ?? key}`).join(', ')}</span>
}
