import { Alert, Button, Text, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { IconCircleCheck, IconLock } from '@tabler/icons-react'
import { useState } from 'react'
import { fillClientLink, signInByLink, type Asked } from '../../api/agency'
import { ErrorNote } from '../../components/ErrorNote'
import { FormFrame } from '../../components/FormFrame'
import { agency } from '../../lib/text/en/agency'
import { connections } from '../../lib/text/en/setup'
import { exactTime } from '../../lib/time'
import { useForm } from '../../lib/useForm'
import classes from './Connect.module.css'
import { ConnectFrame } from './ConnectFrame'
import { ConnectionField } from './ConnectionField'
import { isShown, sentParams, typedParams } from './connectionForm'

const words = agency.connect

/** Sends a client to the service that lets us in; what came of it stands on the page that they come back to. */
export function ConnectSignIn({ token, asked }: { token: string; asked: Asked }) {
  const begin = useMutation({ mutationFn: () => signInByLink(token), onSuccess: ({ url }) => window.location.assign(url) })
  const title = words.title(asked.workspace)
  return (
    <ConnectFrame title={title}>
      <Title order={1} fz="h2">
        {title}
      </Title>
      <Text c="dimmed" size="sm" mt={4} mb="lg">
        {words.asksSignIn(asked.workspace, asked.name)}
      </Text>
      {begin.error && <ErrorNote error={begin.error} />}
      <Button fullWidth loading={begin.isPending || begin.isSuccess} onClick={() => begin.mutate()}>
        {words.signIn}
      </Button>
      <Text size="sm" c="dimmed" className={classes.safe}>
        <IconLock size={16} aria-hidden /> {words.signInSafe} {words.until} {exactTime(new Date(asked.expires_at))}.
      </Text>
    </ConnectFrame>
  )
}

/** Asks for the fields of one connection, tries them, and says what came of it. */
export function ConnectForm({ token, asked }: { token: string; asked: Asked }) {
  const form = useForm(typedParams(asked.fields, undefined))
  const [noJson, setNoJson] = useState('')
  const save = useMutation({
    mutationFn: (anyway: boolean) => fillClientLink({ token, params: sentParams(asked.fields, form.values, undefined), anyway }),
    onError: (error) => (error instanceof SyntaxError ? setNoJson(error.message) : form.fail(error)),
  })
  const title = words.title(asked.workspace)
  if (save.data?.stored) {
    return (
      <ConnectFrame title={words.done}>
        <IconCircleCheck size={38} stroke={1.6} aria-hidden className={classes.good} />
        <Title order={1} fz="h2" mb={4} role="status">
          {words.done}
        </Title>
        <Text c="dimmed">{words.doneHelp(asked.workspace)}</Text>
      </ConnectFrame>
    )
  }
  const submit = (anyway: boolean) => {
    form.fail(null)
    setNoJson('')
    save.mutate(anyway)
  }
  return (
    <ConnectFrame title={title}>
      <Title order={1} fz="h2">
        {title}
      </Title>
      <Text c="dimmed" size="sm" mt={4} mb="lg">
        {words.asks(asked.workspace, asked.name, asked.type_name)} {asked.summary}
      </Text>
      <FormFrame onSubmit={() => submit(false)} failure={form.failure} keys={asked.fields.map((f) => `params/${f.key}`)} title={words.failed}>
        {asked.fields
          .filter((field) => isShown(field, form.values))
          .map((field) => (
            <ConnectionField
              key={field.key}
              field={field}
              value={form.values[field.key]}
              error={form.error(`params/${field.key}`) ?? (noJson === field.key ? connections.badJson : undefined)}
              onChange={(value) => form.set({ [field.key]: value }, `params/${field.key}`)}
            />
          ))}
        {save.data?.message && (
          <Alert color="yellow" title={words.failedTest} role="alert">
            {save.data.message}
            <Button variant="default" size="xs" mt="xs" display="block" loading={save.isPending} onClick={() => submit(true)}>
              {words.anyway}
            </Button>
          </Alert>
        )}
        <Button type="submit" fullWidth loading={save.isPending}>
          {asked.testable ? words.test : words.submit}
        </Button>
        <Text size="sm" c="dimmed" className={classes.safe}>
          <IconLock size={16} aria-hidden /> {words.safe} {words.until} {exactTime(new Date(asked.expires_at))}.
        </Text>
      </FormFrame>
    </ConnectFrame>
  )
}
