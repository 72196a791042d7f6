import { Stack, Switch, Text, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { meQuery } from '../../api/session'
import { updateWorkspace, type WorkspaceChange, type WorkspaceDetail } from '../../api/settings'
import { useAnnounce } from '../../components/Announcer'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { ErrorNote } from '../../components/ErrorNote'
import { settings as words } from '../../lib/text/en/setup'
import classes from './Settings.module.css'

/** What may go in and out. Each switch counts at once; what ends deliveries for good asks first. */
export function Switches({ ws, workspace }: { ws: string; workspace: WorkspaceDetail }) {
  const client = useQueryClient()
  const announce = useAnnounce()
  const [stopping, setStopping] = useState(false)
  const save = useMutation({
    mutationFn: (change: WorkspaceChange) => updateWorkspace(ws, change),
    onSuccess: async (saved) => {
      client.setQueryData(['ws', saved.slug, 'workspace'], saved)
      announce(words.saved)
      setStopping(false)
      await client.invalidateQueries({ queryKey: meQuery.queryKey })
    },
  })
  // Asked by the frame of the page already. What a client has is the agency's to decide.
  const locked = useQuery({ ...meQuery, enabled: false }).data?.agency === false
  const one = (label: string, help: string, on: boolean, change: (on: boolean) => WorkspaceChange, ask?: () => void, agencys = false) => (
    <Switch
      label={label}
      description={help}
      checked={on}
      disabled={save.isPending || (agencys && locked)}
      onChange={(e) => {
        save.reset()
        if (ask && !e.currentTarget.checked) ask()
        else save.mutate(change(e.currentTarget.checked))
      }}
    />
  )
  const features = workspace.features ?? {}
  return (
    <section className={classes.card} aria-labelledby="traffic-title">
      <Title order={2} id="traffic-title">
        {words.traffic}
      </Title>
      <Text size="sm" c="dimmed" mb="md">
        {words.trafficHelp}
      </Text>
      <Stack>
        {one(words.sandbox, words.sandboxHelp, workspace.sandbox, (sandbox) => ({ sandbox }))}
        {one(words.incoming, words.incomingHelp, features['webhooks'] !== false, (webhooks) => ({ features: { webhooks } }), undefined, true)}
        {one(words.outgoing, words.outgoingHelp, features['outgoing_webhooks'] !== false, (on) => ({ features: { outgoing_webhooks: on } }), () => setStopping(true), true)}
      </Stack>
      {!stopping && <ErrorNote error={save.error} />}
      {stopping && (
        <ConfirmDialog
          title={words.outgoingStop.title}
          confirm={words.outgoingStop.go}
          pending={save.isPending}
          error={save.error}
          onConfirm={() => save.mutate({ features: { outgoing_webhooks: false } })}
          onClose={() => setStopping(false)}
        >
          {words.outgoingStop.help}
        </ConfirmDialog>
      )}
    </section>
  )
}
