import { Button, Group, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { actOnSale, type SaleAct } from '../../api/sales'
import { useAnnounce } from '../../components/Announcer'
import { FormFrame } from '../../components/FormFrame'
import { Modal } from '../../components/Modal'
import { typedAmount } from '../../lib/money'
import { common } from '../../lib/text/en/common'
import { sales as words } from '../../lib/text/en/sales'
import { useForm } from '../../lib/useForm'
import { staleSales } from './staleSales'

/** Acts that need no reason. */
const PLAIN = new Set<SaleAct['act']>(['renewed', 'trial_ended', 'reactivate'])

/** Records what became of a sale. */
export function ActDialog({ ws, act, currency, onClose }: { ws: string; act: SaleAct; currency: string; onClose: () => void }) {
  const client = useQueryClient()
  const announce = useAnnounce()
  const form = useForm({ amount: '', reason: '' })
  const label = words.acts[act.act] ?? act.act
  const asksAmount = act.act === 'refund'
  const typed = form.values.amount.trim()
  const amount = typed === '' ? undefined : typedAmount(typed, currency)
  const wrong = typed !== '' && amount === undefined
  const save = useMutation({
    mutationFn: () => actOnSale(ws, act, { amount, reason: form.values.reason.trim() || undefined }),
    onError: form.fail,
    onSuccess: () => {
      staleSales(client, ws)
      announce(words.actDone)
      onClose()
    },
  })
  const submit = () => {
    if (wrong) return
    form.fail(null)
    save.mutate()
  }
  return (
    <Modal opened onClose={onClose} changed={form.dirty} title={label}>
      <FormFrame onSubmit={submit} failure={form.failure} keys={['amount', 'reason']} title={words.actFailed}>
        <Text size="sm">{words.actHelp[act.act]}</Text>
        {asksAmount && (
          <TextInput
            label={words.refundAmount}
            description={words.refundAll}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            inputMode="decimal"
            rightSection={currency}
            rightSectionWidth={52}
            {...form.text('amount')}
            error={form.error('amount') ?? (wrong ? words.form.badAmount : undefined)}
          />
        )}
        {!PLAIN.has(act.act) && <TextInput label={words.reason} maxLength={1000} {...form.text('reason')} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {label}
          </Button>
        </Group>
      </FormFrame>
    </Modal>
  )
}
