import { Anchor, Button, Select, Skeleton, Switch, TagsInput, Text, TextInput, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { alertsQuery, testAlerts, updateAlerts, type Alerts, type AlertsChange } from '../../api/alerts'
import { useAnnounce } from '../../components/Announcer'
import { ErrorNote } from '../../components/ErrorNote'
import { FormFrame } from '../../components/FormFrame'
import { TimeAgo } from '../../components/TimeAgo'
import { useLeaveGuard } from '../../components/useLeaveGuard'
import { alerts as words } from '../../lib/text/en/alerts'
import { useForm } from '../../lib/useForm'
import classes from './Settings.module.css'

const EVERY = Object.entries(words.everies).map(([value, label]) => ({ value, label }))
const ORDER = ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[]

/** Who is told when runs fail, and how often. */
export function AlertsForm({ ws }: { ws: string }) {
  const { data, error, isPending, refetch } = useQuery(alertsQuery(ws))
  return (
    <section className={classes.card} aria-labelledby="alerts-title">
      <Title order={2} id="alerts-title">
        {words.title}
      </Title>
      <Text size="sm" c="dimmed" mb="md">
        {words.help}
      </Text>
      <ErrorNote error={error} onRetry={() => void refetch()} />
      {isPending && <Skeleton height={160} />}
      {data && <Form ws={ws} alerts={data} />}
    </section>
  )
}

const valuesOf = (a: Alerts): AlertsChange => ({ enabled: a.enabled, every_minutes: a.every_minutes, emails: a.emails ?? [], webhook_url: a.webhook_url })

function Form({ ws, alerts }: { ws: string; alerts: Alerts }) {
  const client = useQueryClient()
  const announce = useAnnounce()
  const form = useForm(valuesOf(alerts))
  const { values } = form
  useLeaveGuard(form.dirty)
  const save = useMutation({
    mutationFn: () => updateAlerts(ws, values),
    onError: form.fail,
    onSuccess: (saved) => {
      client.setQueryData(['ws', ws, 'alerts'], saved)
      form.reset(valuesOf(saved))
      announce(words.saved)
    },
  })
  const test = useMutation({
    mutationFn: () => testAlerts(ws),
    onSuccess: () => client.invalidateQueries({ queryKey: ['ws', ws, 'outbox'] }),
  })
  const every = String(values.every_minutes)
  return (
    <FormFrame
      onSubmit={() => {
        form.fail(null)
        save.mutate()
      }}
      failure={form.failure}
      keys={['enabled', 'emails', 'webhook_url', 'every_minutes']}
      title={words.failed}
    >
      <Switch label={words.enabled} checked={values.enabled} onChange={(e) => form.set({ enabled: e.currentTarget.checked })} />
      {values.enabled && (
        <div className={classes.two}>
          <TagsInput
            label={words.emails}
            description={words.emailsHelp((alerts.emails ?? []).length === 0 ? (alerts.recipients ?? []).join(', ') : '')}
            inputWrapperOrder={ORDER}
            value={values.emails}
            onChange={(emails) => form.set({ emails })}
            error={form.error('emails')}
            acceptValueOnBlur
          />
          <Select
            label={words.every}
            data={EVERY.some((e) => e.value === every) ? EVERY : [...EVERY, { value: every, label: every }]}
            value={every}
            onChange={(v) => v && form.set({ every_minutes: Number(v) })}
            error={form.error('every_minutes')}
            allowDeselect={false}
          />
          <TextInput label={words.webhook} description={words.webhookHelp} inputWrapperOrder={ORDER} type="url" {...form.text('webhook_url')} />
        </div>
      )}
      {alerts.email_delivery === 'outbox' && (
        <Text size="sm">
          {words.outbox}{' '}
          <Anchor inherit underline="always" renderRoot={(props) => <Link to="/w/$ws/outbox" params={{ ws }} {...props} />}>
            {words.toOutbox}
          </Anchor>
        </Text>
      )}
      <ErrorNote error={test.error} />
      <div className={classes.save}>
        <Text size="sm" c="dimmed" mr="auto" role="status">
          {test.data ? words.tested(test.data.queued) : alerts.told_at ? <>{words.told} <TimeAgo at={alerts.told_at} /></> : null}
        </Text>
        <Button variant="default" loading={test.isPending} disabled={form.dirty || !values.enabled} onClick={() => test.mutate()}>
          {words.test}
        </Button>
        <Button type="submit" disabled={!form.dirty} loading={save.isPending}>
          {words.save}
        </Button>
      </div>
    </FormFrame>
  )
}
