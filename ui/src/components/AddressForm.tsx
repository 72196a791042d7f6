import { Anchor, Button, Group, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { hooksKey } from '../api/hooks'
import { hooks } from '../lib/text/en/hooks'
import { useForm } from '../lib/useForm'
import { useAnnounce } from './Announcer'
import { ConfirmDialog } from './ConfirmDialog'
import { FormFrame } from './FormFrame'

const words = hooks.elsewhere

interface Props {
  ws: string
  label: string
  help: string
  /** Where the address stands in the body, and in the problems that name it. */
  field: string
  url: string | null | undefined
  /** Stores it; an empty one takes it away. */
  save: (url: string) => Promise<unknown>
}

/** The one address of another service that a thing calls: empty for none, which is asked about first. */
export function AddressForm({ ws, label, help, field, url, save }: Props) {
  const client = useQueryClient()
  const announce = useAnnounce()
  const form = useForm<Record<string, string>>({ [field]: url ?? '' })
  const [removing, setRemoving] = useState(false)
  const stored = url ?? ''
  const typed = (form.values[field] ?? '').trim()
  // It may be changed elsewhere, as at its webhook; what is being typed here stays.
  const { reset, dirty } = form
  useEffect(() => {
    if (!dirty) reset({ [field]: stored })
  }, [stored, dirty, reset, field])
  const store = useMutation({
    mutationFn: save,
    onError: form.fail,
    onSettled: () => setRemoving(false),
    onSuccess: (_saved, now) => {
      reset({ [field]: now })
      announce(words.saved)
      void client.invalidateQueries({ queryKey: hooksKey(ws) })
    },
  })
  const submit = () => {
    form.fail(null)
    if (typed === '' && stored !== '') setRemoving(true)
    else store.mutate(typed)
  }
  return (
    <>
      <FormFrame onSubmit={submit} failure={form.failure} keys={[field]} title={words.failed}>
        <TextInput
          type="url"
          label={label}
          description={help}
          inputWrapperOrder={['label', 'description', 'input', 'error']}
          placeholder="https://"
          autoComplete="off"
          {...form.text(field)}
        />
        {stored !== '' && typed !== '' && typed !== stored && <Text size="sm">{words.changing}</Text>}
        <Group justify="space-between">
          {stored ? (
            <Anchor size="sm" renderRoot={(props) => <Link to="/w/$ws/hooks" params={{ ws }} {...props} />}>
              {words.show}
            </Anchor>
          ) : (
            <span />
          )}
          <Button type="submit" variant="default" disabled={!form.dirty} loading={store.isPending}>
            {words.save}
          </Button>
        </Group>
      </FormFrame>
      {removing && (
        <ConfirmDialog title={words.remove.title} confirm={words.remove.go} pending={store.isPending} onConfirm={() => store.mutate('')} onClose={() => setRemoving(false)}>
          {words.remove.help(stored)}
        </ConfirmDialog>
      )}
    </>
  )
}
