import { Anchor, Button, Text, TextInput, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { meQuery } from '../../api/session'
import { updateWorkspace, type WorkspaceChange, type WorkspaceDetail } from '../../api/settings'
import { LateSelect } from '../../components/LateSelect'
import { useAnnounce } from '../../components/Announcer'
import { FormFrame } from '../../components/FormFrame'
import { useLeaveGuard } from '../../components/useLeaveGuard'
import { ZoneSelect } from '../../components/ZoneSelect'
import { countries, currencies, ownTimezone } from '../../lib/places'
import { settings as words } from '../../lib/text/en/setup'
import { useForm } from '../../lib/useForm'
import classes from './Settings.module.css'

const ORDER = ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[]
const KEYS = ['name', 'slug', 'timezone', 'locale', 'currency', 'default_country'] as const

type Values = Record<(typeof KEYS)[number], string> & { sender: { name: string; email: string; reply_to: string } }

const valuesOf = (w: WorkspaceDetail): Values => ({
  name: w.name,
  slug: w.slug,
  timezone: w.timezone,
  locale: w.locale,
  currency: w.currency,
  default_country: w.default_country,
  sender: { name: w.sender?.name ?? '', email: w.sender?.email ?? '', reply_to: w.sender?.reply_to ?? '' },
})

/** Only what was changed is sent: others may be changing the rest. */
function changeOf(before: Values, now: Values): WorkspaceChange {
  const change: WorkspaceChange = {}
  for (const key of KEYS) if (now[key] !== before[key]) change[key] = now[key].trim()
  if (JSON.stringify(now.sender) !== JSON.stringify(before.sender)) change.sender = now.sender
  return change
}

/** Name, address, region and sender of a workspace. */
export function WorkspaceForm({ ws, workspace }: { ws: string; workspace: WorkspaceDetail }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const announce = useAnnounce()
  const form = useForm(valuesOf(workspace))
  const { values } = form
  useLeaveGuard(form.dirty)
  const save = useMutation({
    mutationFn: () => updateWorkspace(ws, changeOf(form.start, values)),
    onError: form.fail,
    onSuccess: async (saved) => {
      form.reset(valuesOf(saved))
      announce(words.saved)
      client.setQueryData(['ws', saved.slug, 'workspace'], saved)
      await client.invalidateQueries({ queryKey: meQuery.queryKey })
      if (saved.slug !== ws) await navigate({ to: '/w/$ws/settings', params: { ws: saved.slug }, replace: true, ignoreBlocker: true })
    },
  })
  const submit = () => {
    form.fail(null)
    save.mutate()
  }
  const money = useMemo(currencies, [])
  const lands = useMemo(countries, [])
  const languages = useMemo(() => Object.entries(words.locales).map(([value, label]) => ({ value, label })), [])
  const mine = ownTimezone()
  return (
    <section className={classes.card} aria-labelledby="general-title">
      <FormFrame onSubmit={submit} failure={form.failure} keys={[...KEYS, 'sender/name', 'sender/email', 'sender/reply_to']} title={words.failed}>
        <div>
          <Title order={2} id="general-title" className={classes.legend}>
            {words.general}
          </Title>
          <div className={classes.two}>
            <TextInput label={words.name} {...form.text('name')} />
            <TextInput label={words.slug} description={words.slugHelp} inputWrapperOrder={ORDER} {...form.text('slug')} />
          </div>
          <Title order={3} className={classes.legend}>
            {words.region}
          </Title>
          <div className={classes.two}>
            <div>
              <ZoneSelect
                label={words.timezone}
                description={words.timezoneHelp}
                value={values.timezone}
                onChange={(timezone) => form.set({ timezone })}
                error={form.error('timezone')}
              />
              {values.timezone !== mine && (
                <Anchor component="button" type="button" size="sm" onClick={() => form.set({ timezone: mine })}>
                  {words.useMine(mine)}
                </Anchor>
              )}
            </div>
            <LateSelect
              label={words.country}
              description={words.countryHelp}
              inputWrapperOrder={ORDER}
              placeholder={words.notSet}
              data={lands}
              value={values.default_country || null}
              onChange={(v) => form.set({ default_country: v ?? '' })}
              error={form.error('default_country')}
              searchable
              clearable
            />
            <LateSelect
              label={words.locale}
              data={languages.some((l) => l.value === values.locale) ? languages : [...languages, { value: values.locale, label: values.locale }]}
              value={values.locale || null}
              onChange={(v) => v && form.set({ locale: v })}
              error={form.error('locale')}
              searchable
              allowDeselect={false}
            />
            <LateSelect
              label={words.currency}
              placeholder={words.notSet}
              data={money}
              value={values.currency || null}
              onChange={(v) => form.set({ currency: v ?? '' })}
              error={form.error('currency')}
              searchable
              clearable
              limit={60}
            />
          </div>
          <Title order={3} className={classes.legend}>
            {words.sender}
          </Title>
          <div className={classes.two}>
            <TextInput
              label={words.senderName}
              value={values.sender.name}
              error={form.error('sender/name')}
              onChange={(e) => form.set({ sender: { ...values.sender, name: e.currentTarget.value } }, 'sender/name')}
            />
            <TextInput
              label={words.senderEmail}
              description={words.senderEmailHelp}
              inputWrapperOrder={ORDER}
              type="email"
              value={values.sender.email}
              error={form.error('sender/email')}
              onChange={(e) => form.set({ sender: { ...values.sender, email: e.currentTarget.value } }, 'sender/email')}
            />
            <TextInput
              label={words.senderReplyTo}
              description={words.senderReplyToHelp}
              inputWrapperOrder={ORDER}
              type="email"
              value={values.sender.reply_to}
              error={form.error('sender/reply_to')}
              onChange={(e) => form.set({ sender: { ...values.sender, reply_to: e.currentTarget.value } }, 'sender/reply_to')}
            />
          </div>
        </div>
        <div className={classes.save}>
          {form.dirty && (
            <>
              <Text size="sm" c="dimmed">
                {words.unsaved}
              </Text>
              <Button variant="default" onClick={() => form.reset(valuesOf(workspace))}>
                {words.undo}
              </Button>
            </>
          )}
          <Button type="submit" disabled={!form.dirty} loading={save.isPending}>
            {words.save}
          </Button>
        </div>
      </FormFrame>
    </section>
  )
}
