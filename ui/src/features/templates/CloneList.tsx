import { Button, Checkbox, Group, Stack, Table, Text, TextInput, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { actOnClones, clonesQuery, type Clone } from '../../api/clones'
import { ErrorNote } from '../../components/ErrorNote'
import { JobProgress } from '../../components/JobProgress'
import { Modal } from '../../components/Modal'
import { clones as words } from '../../lib/text/en/clones'
import classes from './Clones.module.css'

type Action = 'publish' | 'pause' | 'set_value'

/** The clients that have a template, with what can be done in many at once. */
export function CloneList({ ws, template }: { ws: string; template: string }) {
  const client = useQueryClient()
  const query = clonesQuery(ws, template)
  const { data, error } = useQuery(query)
  const [chosen, setChosen] = useState<string[]>([])
  const [setting, setSetting] = useState<{ key: string; value: string }>()
  const act = useMutation({
    mutationFn: (action: Action) => actOnClones(ws, { template, clone_ids: chosen, action, ...setting }),
    onSuccess: () => setSetting(undefined),
  })
  const all = data?.items ?? []
  const choose = (id: string, on: boolean) => setChosen((was) => (on ? [...was, id] : was.filter((one) => one !== id)))
  if (data && all.length === 0) {
    return (
      <Text c="dimmed" mt="xl">
        {words.noneYet}
      </Text>
    )
  }
  return (
    <Stack gap="sm" mt="xl">
      <Title order={2} size="h4">
        {words.made}
      </Title>
      <ErrorNote error={error ?? act.error} />
      {chosen.length > 0 && (
        <Group>
          <Text size="sm">{words.chosenClones(chosen.length)}</Text>
          <Button size="compact-md" variant="light" onClick={() => act.mutate('publish')}>
            {words.actions.publish}
          </Button>
          <Button size="compact-md" variant="light" onClick={() => act.mutate('pause')}>
            {words.actions.pause}
          </Button>
          <Button size="compact-md" variant="light" onClick={() => setSetting({ key: '', value: '' })}>
            {words.actions.set_value}
          </Button>
        </Group>
      )}
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={words.made}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>
                <Checkbox
                  aria-label={words.all}
                  checked={all.length > 0 && chosen.length === all.length}
                  indeterminate={chosen.length > 0 && chosen.length < all.length}
                  onChange={(e) => setChosen(e.currentTarget.checked ? all.map((c) => c.id) : [])}
                />
              </Table.Th>
              <Table.Th>{words.client}</Table.Th>
              <Table.Th>{words.workflow}</Table.Th>
              <Table.Th>{words.status}</Table.Th>
              <Table.Th>{words.reason}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {all.map((clone) => (
              <Row key={clone.id} clone={clone} on={chosen.includes(clone.id)} onChoose={(on) => choose(clone.id, on)} />
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {setting && (
        <Modal opened onClose={() => setSetting(undefined)} title={words.actions.set_value}>
          <Stack>
            <ErrorNote error={act.error} />
            <TextInput label={words.key} value={setting.key} onChange={(e) => setSetting({ ...setting, key: e.currentTarget.value })} />
            <TextInput label={words.value} value={setting.value} onChange={(e) => setSetting({ ...setting, value: e.currentTarget.value })} />
            <Group justify="flex-end">
              <Button loading={act.isPending} disabled={setting.key === ''} onClick={() => act.mutate('set_value')}>
                {words.set}
              </Button>
            </Group>
          </Stack>
        </Modal>
      )}
      {act.data && (
        <Modal opened onClose={() => act.reset()} title={words.report}>
          <JobProgress
            ws={ws}
            id={act.data.job_id}
            touches={[[...query.queryKey]]}
            onClose={() => {
              act.reset()
              void client.invalidateQueries({ queryKey: query.queryKey })
            }}
          />
        </Modal>
      )}
    </Stack>
  )
}

function Row({ clone, on, onChoose }: { clone: Clone; on: boolean; onChoose: (on: boolean) => void }) {
  return (
    <Table.Tr>
      <Table.Td>
        <Checkbox aria-label={words.one(clone.client)} checked={on} onChange={(e) => onChoose(e.currentTarget.checked)} />
      </Table.Td>
      <Table.Td>{clone.client}</Table.Td>
      <Table.Td>
        {clone.workflows.map((w) => (
          <div key={w.id}>
            <Link to="/w/$ws/workflows/$id" params={{ ws: clone.slug, id: w.id }}>
              {w.name}
            </Link>
            <Text size="xs" c="dimmed">
              {w.received ? words.received : words.noEvent}
            </Text>
          </div>
        ))}
      </Table.Td>
      <Table.Td>
        {clone.workflows.map((w) => (
          <div key={w.id}>{words.statuses[w.status] ?? w.status}</div>
        ))}
      </Table.Td>
      <Table.Td>
        {clone.workflows.map((w) => (
          <div key={w.id}>{w.reason}</div>
        ))}
      </Table.Td>
    </Table.Tr>
  )
}
