import { Button, Group, TagsInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { createOffer, updateOffer, type Offer } from '../../api/offers'
import { useAnnounce } from '../../components/Announcer'
import { FormFrame } from '../../components/FormFrame'
import { Modal } from '../../components/Modal'
import { common } from '../../lib/text/en/common'
import { offers } from '../../lib/text/en/offers'
import { useForm } from '../../lib/useForm'

const words = offers.form

/** Creates an offer, or changes one. */
export function OfferDialog({ ws, offer, onClose }: { ws: string; offer?: Offer; onClose: () => void }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const announce = useAnnounce()
  const form = useForm({ title: offer?.title ?? '', products: (offer?.products ?? []).map((p) => p.title) })
  const [tried, setTried] = useState(false)
  const save = useMutation({
    mutationFn: () => {
      // A product that keeps its title keeps its id, and so everybody's access.
      const known = new Map((offer?.products ?? []).map((p) => [p.title, p.id]))
      const products = form.values.products.map((title) => (known.has(title) ? { id: known.get(title)!, title } : { title }))
      const title = form.values.title.trim()
      if (!offer) return createOffer(ws, { title, products })
      const same = JSON.stringify(form.values.products) === JSON.stringify(form.start.products)
      return updateOffer(ws, offer.id, { title: title === form.start.title ? undefined : title, products: same ? undefined : products })
    },
    onError: form.fail,
    onSuccess: async (saved) => {
      void client.invalidateQueries({ queryKey: ['ws', ws, 'offers'] })
      announce(offer ? words.saved : words.made)
      onClose()
      if (!offer) await navigate({ to: '/w/$ws/offers/$id', params: { ws, id: saved.id } })
    },
  })
  const submit = () => {
    setTried(true)
    if (form.values.title.trim() === '') return
    form.fail(null)
    save.mutate()
  }
  return (
    <Modal opened onClose={onClose} changed={form.dirty} title={offer ? offers.edit : offers.create}>
      <FormFrame onSubmit={submit} failure={form.failure} keys={['title', 'products']} title={words.failed}>
        <TextInput
          label={words.title}
          description={words.titleHelp}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data-autofocus
          {...form.text('title')}
          error={form.error('title') ?? (tried && form.values.title.trim() === '' ? words.needTitle : undefined)}
        />
        <TagsInput
          label={words.products}
          description={words.productsHelp}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={form.values.products}
          onChange={(products) => form.set({ products })}
          error={form.error('products')}
          acceptValueOnBlur
          splitChars={[]}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {offer ? words.save : words.create}
          </Button>
        </Group>
      </FormFrame>
    </Modal>
  )
}
