import { Anchor, Button, Group, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { hooksKey } from '../api/hooks'
import { hooks } from '../lib/text/en/hooks'
import { useForm } from '../lib/useForm'
import { useAnnounce } from './Announcer'
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

/** The one address of another service that a thing calls: empty for none. */
export function AddressForm({ ws, label, help, field, url, save }: Props) {
  const client = useQueryClient()
  const announce = useAnnounce()
  const form = useForm<Record<string, string>>({ [field]: url ?? '' })
  const store = useMutation({
    mutationFn: () => save((form.values[field] ?? '').trim()),
    onError: form.fail,
    onSuccess: () => {
      form.reset({ [field]: (form.values[field] ?? '').trim() })
      announce(words.saved)
      void client.invalidateQueries({ queryKey: hooksKey(ws) })
    },
  })
  const submit = () => {
    form.fail(null)
    store.mutate()
  }
  return (
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
      <Group justify="space-between">
        {url ? (
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
  )
}
