import { Button, Text, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { meQuery, updateMe, type Me } from '../../api/session'
import { useAnnounce } from '../../components/Announcer'
import { FormFrame } from '../../components/FormFrame'
import { useLeaveGuard } from '../../components/useLeaveGuard'
import { ZoneSelect } from '../../components/ZoneSelect'
import { settings as words } from '../../lib/text/en/setup'
import { useForm } from '../../lib/useForm'
import classes from './Settings.module.css'

/** What the person who is signed in decides for themselves, in all workspaces. */
export function MemberForm() {
  const { data: me } = useQuery(meQuery)
  return me?.user ? <Form key={me.user.id} user={me.user} /> : null
}

function Form({ user }: { user: Me['user'] }) {
  const client = useQueryClient()
  const announce = useAnnounce()
  const form = useForm({ timezone: user.timezone ?? '' })
  useLeaveGuard(form.dirty)
  const save = useMutation({
    mutationFn: () => updateMe(form.values),
    onError: form.fail,
    onSuccess: (me) => {
      client.setQueryData(meQuery.queryKey, me)
      form.reset({ timezone: me.user.timezone ?? '' })
      announce(words.saved)
    },
  })
  return (
    <section className={classes.card} aria-labelledby="you-title">
      <Title order={2} id="you-title">
        {words.you}
      </Title>
      <Text size="sm" c="dimmed" mb="md">
        {words.youHelp(user.name || user.email)}
      </Text>
      <FormFrame
        onSubmit={() => {
          form.fail(null)
          save.mutate()
        }}
        failure={form.failure}
        keys={['timezone']}
        title={words.failed}
      >
        <div className={classes.two}>
          <ZoneSelect
            label={words.yourTimezone}
            description={words.yourTimezoneHelp}
            value={form.values.timezone}
            onChange={(timezone) => form.set({ timezone })}
            error={form.error('timezone')}
            browser
          />
        </div>
        <div className={classes.save}>
          <Button type="submit" disabled={!form.dirty} loading={save.isPending}>
            {words.save}
          </Button>
        </div>
      </FormFrame>
    </section>
  )
}
