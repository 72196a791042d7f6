import { Button, Group, Stack, Table, Text } from '@mantine/core'
import type { Checked } from '../../api/clones'
import { clones as words } from '../../lib/text/en/clones'
import classes from './Clones.module.css'

/** The rows as they were checked, with what is wrong at its cell. */
export function Rows({ checked, again, pending, onBack, onGo }: { checked: Checked; again: boolean; pending: boolean; onBack: () => void; onGo: () => void }) {
  const usable = checked.rows.length - checked.refused
  const what = (row: Checked['rows'][number]) => {
    if (row.refused) return words.refused
    if (row.existed && !again) return words.existed
    if (row.wrong.length > 0) return words.lacking
    return row.creates ? words.creates : words.ready
  }
  const cell = (row: Checked['rows'][number], key: string) => {
    const wrong = row.wrong.filter((w) => w.key === key)
    return (
      <>
        {key === 'client' ? row.client : row.inputs[key]}
        {wrong.map((w) => (
          <Text key={w.detail} size="xs" className={classes.wrong}>
            {w.detail}
          </Text>
        ))}
      </>
    )
  }
  return (
    <Stack gap="md">
      <Text role="status">{words.found(checked.rows.length, checked.refused, checked.lacking)}</Text>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={words.check}>
        <Table striped>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{words.row}</Table.Th>
              <Table.Th>{words.client}</Table.Th>
              {checked.columns.map((c) => (
                <Table.Th key={c.key}>{c.label}</Table.Th>
              ))}
              <Table.Th>{words.state}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {checked.rows.map((row) => (
              <Table.Tr key={row.row}>
                <Table.Td>{row.row}</Table.Td>
                <Table.Td>{cell(row, 'client')}</Table.Td>
                {checked.columns.map((c) => (
                  <Table.Td key={c.key}>{cell(row, c.key)}</Table.Td>
                ))}
                <Table.Td>{what(row)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      <Group>
        <Button variant="default" onClick={onBack}>
          {words.change}
        </Button>
        <Button loading={pending} disabled={usable === 0} onClick={onGo}>
          {words.go(usable)}
        </Button>
      </Group>
    </Stack>
  )
}
