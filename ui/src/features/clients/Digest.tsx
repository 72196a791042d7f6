import { Alert, Button, Group, Select, Skeleton, Switch, TagsInput, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { agencyAlertsQuery, updateAgencyAlerts, type AgencyAlerts } from '../../api/agency'
import { ErrorNote } from '../../components/ErrorNote'
import { FormFrame } from '../../components/FormFrame'
import { Modal } from '../../components/Modal'
import { TimeAgo } from '../../components/TimeAgo'
import { agency } from '../../lib/text/en/agency'
import { alerts } from '../../lib/text/en/alerts'
import { common } from '../../lib/text/en/common'
import { useForm } from '../../lib/useForm'

const words = agency.digest
const EVERY = Object.entries(alerts.everies).map(([value, label]) => ({ value, label }))

/** Who of the agency gets one digest of failures at all clients. */
export function Digest({ onClose }: { onClose: () => void }) {
  const { data, error, refetch } = useQuery(agencyAlertsQuery)
  if (data) return <Form alerts={data} onClose={onClose} />
  return (
    <Modal opened onClose={onClose} title={words.title}>
      {error ? <ErrorNote error={error} onRetry={() => void refetch()} /> : <Skeleton height={160} />}
    </Modal>
  )
}

function Form({ alerts: now, onClose }: { alerts: AgencyAlerts; onClose: () => void }) {
  const client = useQueryClient()
  const form = useForm({ enabled: now.enabled, emails: now.emails ?? [], every_minutes: now.every_minutes })
  const save = useMutation({
    mutationFn: () => updateAgencyAlerts(form.values),
    onError: form.fail,
    onSuccess: (saved) => {
      client.setQueryData(agencyAlertsQuery.queryKey, saved)
      onClose()
    },
  })
  const every = String(form.values.every_minutes)
  const submit = () => {
    form.fail(null)
    save.mutate()
  }
  return (
    <Modal opened onClose={onClose} changed={form.dirty} title={words.title}>
      <FormFrame onSubmit={submit} failure={form.failure} keys={['enabled', 'emails', 'every_minutes']} title={words.failed}>
        <Text size="sm" c="dimmed">
          {words.help}
        </Text>
        <Switch label={words.enabled} checked={form.values.enabled} onChange={(e) => form.set({ enabled: e.currentTarget.checked })} />
        <TagsInput label={words.emails} value={form.values.emails} onChange={(emails) => form.set({ emails })} error={form.error('emails')} acceptValueOnBlur />
        <Select
          label={words.every}
          data={EVERY.some((e) => e.value === every) ? EVERY : [...EVERY, { value: every, label: every }]}
          value={every}
          onChange={(v) => v && form.set({ every_minutes: Number(v) })}
          error={form.error('every_minutes')}
          allowDeselect={false}
        />
        {now.email_delivery === 'outbox' && <Text size="sm">{words.outbox}</Text>}
        {now.error && now.email_delivery === 'smtp' && (
          <Alert color="red">
            {words.error} {now.error}
          </Alert>
        )}
        {now.told_at && !now.error && (
          <Text size="sm" c="dimmed">
            {words.told} <TimeAgo at={now.told_at} />
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={!form.dirty}>
            {common.save}
          </Button>
        </Group>
      </FormFrame>
    </Modal>
  )
}
