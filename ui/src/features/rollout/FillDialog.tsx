import { Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { answerClient, pushedClientQuery, renewPushes, type PushedClient } from '../../api/pushes'
import type { TemplateInput } from '../../api/templates'
import { ErrorNote } from '../../components/ErrorNote'
import { Modal } from '../../components/Modal'
import { common } from '../../lib/text/en/common'
import { rollout } from '../../lib/text/en/rollout'

const Input = lazy(() => import('../templates/Input').then((m) => ({ default: m.Input })))

const words = rollout.fill

/** Asks for what a version needs of a client, and goes on with it. */
export function FillDialog({ ws, client, onClose }: { ws: string; client: PushedClient; onClose: () => void }) {
  const queries = useQueryClient()
  const { data, error } = useQuery(pushedClientQuery(ws, client.push_id, client.clone_id))
  const [given, setGiven] = useState<Record<string, string | boolean>>({})
  const missing = data?.missing ?? []
  const save = useMutation({
    mutationFn: () => answerClient(ws, client.push_id, client.clone_id, { inputs: given }),
    onSuccess: async (now) => {
      await renewPushes(queries, ws)
      if (now.state !== 'needs_input') onClose()
    },
  })
  return (
    <Modal opened onClose={onClose} changed={Object.keys(given).length > 0} title={words.title(client.workspace.name)}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate()
        }}
      >
        <Stack gap="md">
          <Text size="sm">
            {data?.reason ?? client.reason} {words.live}
          </Text>
          <ErrorNote error={error ?? save.error} />
          {!data && !error && <Skeleton height={60} radius="md" />}
          <Suspense fallback={<Skeleton height={60} radius="md" />}>
          {missing.map((input) => (
            <Input
              key={input.key}
              ws={client.workspace.slug}
              input={{ ...input, kind: input.kind as TemplateInput['kind'], help: input.detail, required: true }}
              value={given[input.key] ?? ''}
              onChange={(value) => setGiven({ ...given, [input.key]: value })}
            />
          ))}
          </Suspense>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common.cancel}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {missing.length > 0 ? words.save : rollout.actions.again}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
