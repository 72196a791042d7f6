import { Button, Group, NumberInput, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { clientsQuery, setLimits, type Used } from '../../api/agency'
import { FormFrame } from '../../components/FormFrame'
import { Modal } from '../../components/Modal'
import { agency } from '../../lib/text/en/agency'
import { common } from '../../lib/text/en/common'
import { useForm } from '../../lib/useForm'

const words = agency.limits
const NAMES = ['runs_per_month', 'contacts', 'workflows'] as const

/** Sets what a client may use; an empty field takes a limit away. */
export function LimitsDialog({ client, onClose }: { client: Used; onClose: () => void }) {
  const queries = useQueryClient()
  const now = client.limits ?? {}
  const form = useForm<Record<string, number | string>>(Object.fromEntries(NAMES.map((name) => [name, now[name] ?? ''])))
  const save = useMutation({
    mutationFn: () => setLimits(client.slug, Object.fromEntries(NAMES.map((name) => [name, Number(form.values[name]) || 0]))),
    onError: form.fail,
    onSuccess: async () => {
      void queries.invalidateQueries({ queryKey: clientsQuery.queryKey })
      await queries.invalidateQueries({ queryKey: ['usage'] })
      onClose()
    },
  })
  const submit = () => {
    form.fail(null)
    save.mutate()
  }
  return (
    <Modal opened onClose={onClose} changed={form.dirty} title={words.title(client.name)}>
      <FormFrame onSubmit={submit} failure={form.failure} keys={NAMES.map((name) => `limits/${name}`)} title={words.failed}>
        <Text size="sm" c="dimmed">
          {words.help}
        </Text>
        {NAMES.map((name, i) => (
          <NumberInput
            key={name}
            data-autofocus={i === 0 || undefined}
            label={words[name]}
            description={name === 'runs_per_month' ? words.runsHelp : words.moreHelp}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            min={1}
            allowDecimal={false}
            thousandSeparator=","
            value={form.values[name]}
            onChange={(v) => form.set({ [name]: v }, `limits/${name}`)}
            error={form.error(`limits/${name}`)}
          />
        ))}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={!form.dirty}>
            {common.save}
          </Button>
        </Group>
      </FormFrame>
    </Modal>
  )
}
