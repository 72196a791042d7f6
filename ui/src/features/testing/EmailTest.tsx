import { Alert, Anchor, Button, Group, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { IconEye, IconSend } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { previewEmail, testEmail, type EmailOrder, type EmailView } from '../../api/outbox'
import { ContactSelect } from '../../components/ContactSelect'
import { ErrorNote } from '../../components/ErrorNote'
import { Facts } from '../../components/Facts'
import { MailParts } from '../../components/MailParts'
import type { TabProps } from '../../lib/document/panel'
import { senderLine } from '../../lib/senderLine'
import { emailTest as words, outbox } from '../../lib/text/en/outbox'
import { useMappingWorld } from '../mapping'

type Props = Pick<TabProps, 'ws' | 'workflow' | 'stepId' | 'value' | 'save' | 'readOnly'>

/** An e-mail step as a chosen contact would get it, and a test to whoever is signed in. */
export function EmailTest({ ws, workflow, stepId, value, save, readOnly }: Props) {
  const client = useQueryClient()
  const { trigger, request } = useMappingWorld()
  const [contact, setContact] = useState('')
  // As it is typed now; where it stands among the steps is looked up in the stored draft.
  const order = (): EmailOrder => ({
    step: stepId,
    trigger: trigger?.id,
    request_id: request?.id,
    contact_id: contact || undefined,
    params: { ...value.params },
  })
  const stored = async <T,>(then: () => Promise<T>) => {
    if (!readOnly) await save()
    return then()
  }
  const preview = useMutation({ mutationFn: () => stored(() => previewEmail(ws, workflow.id, order())) })
  const test = useMutation({
    mutationFn: () => stored(() => testEmail(ws, workflow.id, order())),
    onSuccess: () => client.invalidateQueries({ queryKey: ['ws', ws, 'outbox'] }),
  })
  return (
    <Stack gap="sm" component="section" aria-labelledby="email-test">
      <Title order={3} id="email-test">
        {words.title}
      </Title>
      <ContactSelect ws={ws} label={words.contact} help={words.contactHelp} placeholder={words.contactNone} value={contact} onChange={setContact} clearable />
      <Group gap="xs">
        <Button variant="default" leftSection={<IconEye size={16} aria-hidden />} loading={preview.isPending} onClick={() => preview.mutate()}>
          {words.preview}
        </Button>
        <Button variant="default" leftSection={<IconSend size={16} aria-hidden />} loading={test.isPending} onClick={() => test.mutate()}>
          {words.send}
        </Button>
      </Group>
      <ErrorNote error={preview.error} title={words.failed} />
      <ErrorNote error={test.error} title={words.notSent} />
      {test.data && (
        <Text size="sm" role="status">
          {test.data.email_delivery === 'smtp' ? words.sent(test.data.to) : words.kept(test.data.to)}{' '}
          <Anchor inherit underline="always" renderRoot={(props) => <Link to="/w/$ws/outbox" params={{ ws }} search={{ id: test.data.message_id }} {...props} />}>
            {words.show}
          </Anchor>
        </Text>
      )}
      {preview.data && <Shown email={preview.data} />}
    </Stack>
  )
}

function Shown({ email }: { email: EmailView }) {
  return (
    <Stack gap="sm">
      {email.skipped !== '' && (
        <Alert variant="light" color="orange" p="xs" title={words.skipped} styles={{ message: { color: 'var(--mantine-color-text)' }, title: { color: 'var(--mantine-color-text)' } }}>
          {email.skipped}
        </Alert>
      )}
      {email.missing.length > 0 && <Text size="sm">{words.missing(email.missing.join(', '))}</Text>}
      {email.notes.map((note) => (
        <Text key={note} size="sm">
          {note}
        </Text>
      ))}
      <EmailFacts email={email} />
      <MailParts html={email.html} text={email.text} />
    </Stack>
  )
}

function EmailFacts({ email }: { email: EmailView }) {
  return (
    <Facts
      stacked
      facts={[
        [outbox.to, email.to || words.nobody],
        [outbox.from, senderLine(email)],
        [outbox.replyTo, email.reply_to],
        [words.subject, email.subject],
      ]}
    />
  )
}
