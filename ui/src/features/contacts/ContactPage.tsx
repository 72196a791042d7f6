import { Anchor, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { IconEdit, IconPlayerPlay, IconTrash } from '@tabler/icons-react'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { contactName, contactQuery, eraseContact, fieldsQuery, type Contact } from '../../api/contacts'
import { MayButton } from '../../components/MayButton'
import { useAnnounce } from '../../components/Announcer'
import { ErrorNote } from '../../components/ErrorNote'
import { Facts } from '../../components/Facts'
import { Page } from '../../components/Page'
import { TimeAgo } from '../../components/TimeAgo'
import { common } from '../../lib/text/en/common'
import { contacts as words } from '../../lib/text/en/contacts'
import classes from './Contacts.module.css'
import { Grants } from './Grants'
import { Timeline } from './Timeline'

const ContactDialog = lazy(() => import('./ContactDialog').then((m) => ({ default: m.ContactDialog })))
const AddToWorkflow = lazy(() => import('./AddToWorkflow').then((m) => ({ default: m.AddToWorkflow })))
const ConfirmDialog = lazy(() => import('../../components/ConfirmDialog').then((m) => ({ default: m.ConfirmDialog })))

type Opened = 'edit' | 'add' | 'erase'

/** One contact: who it is, what it has, and what happened over all workflows. */
export function ContactPage() {
  const { ws, id } = useParams({ from: '/w/$ws/contacts/$id' })
  const { data: contact, error, isPending, refetch } = useQuery(contactQuery(ws, id))
  const [opened, setOpened] = useState<Opened>()
  const back = { label: words.back, to: { to: '/w/$ws/contacts', params: { ws } } as const }
  const close = () => setOpened(undefined)
  if (!contact) {
    return (
      <Page title={words.title} back={back}>
        {isPending ? <Skeleton height={240} radius="lg" /> : <ErrorNote error={error} onRetry={() => void refetch()} />}
      </Page>
    )
  }
  return (
    <Page
      title={contactName(contact)}
      back={back}
      actions={
        <>
          <MayButton ws={ws} needs="contacts:write" variant="subtle" color="gray" leftSection={<IconTrash size={17} aria-hidden />} onClick={() => setOpened('erase')}>
            {words.erase.button}
          </MayButton>
          <MayButton ws={ws} needs="runs:write" variant="default" leftSection={<IconPlayerPlay size={17} aria-hidden />} onClick={() => setOpened('add')}>
            {words.addToWorkflow}
          </MayButton>
          <MayButton ws={ws} needs="contacts:write" leftSection={<IconEdit size={17} aria-hidden />} onClick={() => setOpened('edit')}>
            {words.editButton}
          </MayButton>
        </>
      }
    >
      <ErrorNote error={error} onRetry={() => void refetch()} />
      <div className={classes.columns}>
        <Stack gap="lg">
          <About ws={ws} contact={contact} />
          <section className={classes.card} aria-labelledby="tags-title">
            <Title order={2} id="tags-title" mb="xs">
              {words.tagsTitle}
            </Title>
            <div className={`${classes.tags} ${classes.wrap}`}>
              {contact.tags.length === 0 && <span className={classes.dim}>{words.noTags}</span>}
              {contact.tags.map((tag) => (
                <span key={tag} className={classes.tag}>
                  {tag}
                </span>
              ))}
            </div>
          </section>
          <Grants ws={ws} contact={contact} />
        </Stack>
        <Timeline ws={ws} id={contact.id} />
      </div>
      <Suspense>
        {opened === 'edit' && <ContactDialog ws={ws} contact={contact} onClose={close} />}
        {opened === 'add' && <AddToWorkflow ws={ws} ids={[contact.id]} onClose={close} />}
        {opened === 'erase' && <Erase ws={ws} contact={contact} onClose={close} />}
      </Suspense>
    </Page>
  )
}

function About({ ws, contact }: { ws: string; contact: Contact }) {
  const { data: fields } = useQuery(fieldsQuery(ws))
  const a = contact.address
  const address = [a?.line1, a?.line2, [a?.postal_code, a?.city].filter(Boolean).join(' '), a?.state, a?.country].filter(Boolean).join(', ')
  const f = words.facts
  return (
    <section className={classes.card} aria-labelledby="about-title">
      <Title order={2} id="about-title" mb="sm">
        {words.about}
      </Title>
      <Facts
        stacked
        facts={[
          [f.email, contact.email],
          [f.phone, contact.phone],
          [f.company, contact.company],
          [f.address, address],
          [f.timezone, contact.timezone],
          [f.birth, contact.date_of_birth],
          [f.external, contact.external_user_id],
          [f.source, contact.source],
          [f.mails, contact.subscribed ? f.mailsYes : f.mailsNo],
          ...(fields?.items ?? []).map((field): [string, string] => [field.label, shown(contact.fields?.[field.key])]),
          [
            f.sales,
            <Anchor key="sales" inherit renderRoot={(props) => <Link to="/w/$ws/sales" params={{ ws }} search={{ contact_id: contact.id }} {...props} />}>
              {f.showSales}
            </Anchor>,
          ],
          [f.added, <TimeAgo key="at" at={contact.created_at} />],
          [f.number, contact.number],
        ]}
      />
    </section>
  )
}

/** An own field's value as text; empty for none. */
function shown(value: unknown): string {
  if (value === null || value === undefined || value === '') return ''
  return typeof value === 'boolean' ? (value ? common.yes : common.no) : String(value)
}

function Erase({ ws, contact, onClose }: { ws: string; contact: Contact; onClose: () => void }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const announce = useAnnounce()
  const erase = useMutation({
    mutationFn: () => eraseContact(ws, contact.id),
    onSuccess: async () => {
      announce(words.erase.done)
      await navigate({ to: '/w/$ws/contacts', params: { ws } })
      client.removeQueries({ queryKey: ['ws', ws, 'contacts', 'one', contact.id] })
      void client.invalidateQueries({ queryKey: ['ws', ws] })
    },
  })
  return (
    <ConfirmDialog
      title={words.erase.title(contactName(contact))}
      confirm={words.erase.go}
      type={{ label: words.erase.label, word: words.erase.word }}
      pending={erase.isPending}
      error={erase.error}
      onConfirm={() => erase.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{words.erase.help}</Text>
    </ConfirmDialog>
  )
}
