import { Button, Group, Select, Text } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { grantOffer, offersQuery, type SendEmail } from '../api/offers'
import { common } from '../lib/text/en/common'
import { offers } from '../lib/text/en/offers'
import { useForm } from '../lib/useForm'
import { useAnnounce } from './Announcer'
import { ContactSelect } from './ContactSelect'
import { FormFrame } from './FormFrame'
import { Modal } from './Modal'

const words = offers.grantDialog
const EMAILS = Object.entries(words.emails).map(([value, label]) => ({ value, label }))

interface Props {
  ws: string
  /** Fixed when given; chosen in the dialog otherwise. */
  contact?: { id: string; name: string }
  offer?: { id: string; title: string }
  onClose: () => void
}

/** Grants an offer to a contact by hand. */
export function GrantDialog({ ws, contact, offer, onClose }: Props) {
  const client = useQueryClient()
  const announce = useAnnounce()
  const form = useForm<{ contact_id: string; offer_id: string; send_email: SendEmail }>({
    contact_id: contact?.id ?? '',
    offer_id: offer?.id ?? '',
    send_email: 'if_subscribed',
  })
  const [tried, setTried] = useState(false)
  const grant = useMutation({
    mutationFn: () => grantOffer(ws, form.values),
    onError: form.fail,
    onSuccess: (made) => {
      void client.invalidateQueries({ queryKey: ['ws', ws, 'offers'] })
      void client.invalidateQueries({ queryKey: ['ws', ws, 'contacts'], predicate: (q) => q.queryKey[3] !== 'feed' })
      if (made.already_granted) return
      announce(words.granted)
      onClose()
    },
  })
  const submit = () => {
    setTried(true)
    if (!form.values.contact_id || !form.values.offer_id) return
    form.fail(null)
    grant.mutate()
  }
  return (
    <Modal opened onClose={onClose} changed={form.dirty} title={words.title}>
      <FormFrame onSubmit={submit} failure={form.failure} keys={['contact_id', 'offer_id', 'send_email']} title={words.failed}>
        {grant.data?.already_granted && (
          <Text size="sm" role="status">
            {words.already}
          </Text>
        )}
        {contact ? (
          <Fixed label={words.contact} value={contact.name} />
        ) : (
          <ContactSelect
            ws={ws}
            label={words.contact}
            help={words.contactHelp}
            value={form.values.contact_id}
            onChange={(id) => form.set({ contact_id: id })}
            autoFocus
            error={form.error('contact_id') ?? (tried && !form.values.contact_id ? words.needContact : undefined)}
          />
        )}
        {offer ? (
          <Fixed label={words.offer} value={offer.title} />
        ) : (
          <OfferSelect
            ws={ws}
            value={form.values.offer_id}
            onChange={(id) => form.set({ offer_id: id })}
            error={form.error('offer_id') ?? (tried && !form.values.offer_id ? words.needOffer : undefined)}
          />
        )}
        <Select
          label={words.email}
          description={words.emailHelp}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data={EMAILS}
          value={form.values.send_email}
          onChange={(value) => value && form.set({ send_email: value as SendEmail })}
          allowDeselect={false}
          error={form.error('send_email')}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={grant.isPending}>
            {words.go}
          </Button>
        </Group>
      </FormFrame>
    </Modal>
  )
}

function Fixed({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <Text size="sm" fw={500}>
        {label}
      </Text>
      <Text>{value}</Text>
    </div>
  )
}

interface ChoiceProps {
  ws: string
  value: string
  onChange: (id: string) => void
  error?: string
}

function OfferSelect({ ws, value, onChange, error }: ChoiceProps) {
  const { data } = useInfiniteQuery(offersQuery(ws))
  const all = (data?.pages ?? []).flatMap((page) => page.items ?? [])
  return (
    <Select
      label={words.offer}
      placeholder={words.chooseOffer}
      data={all.map((o) => ({ value: o.id, label: o.title }))}
      value={value || null}
      onChange={(id) => onChange(id ?? '')}
      nothingFoundMessage={words.noOffer}
      searchable
      error={error}
    />
  )
}
