import { Button, Group, Modal, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { actOnSale } from '../../api/sales'
import { useAnnounce } from '../../components/Announcer'
import { FormFrame } from '../../components/FormFrame'
import { typedAmount } from '../../lib/money'
import { common } from '../../lib/text/en/common'
import { sales as words } from '../../lib/text/en/sales'
import { useForm } from '../../lib/useForm'
import type { OfferedAct } from './saleActs'
import { staleSales } from './staleSales'

/** Records what became of a sale. */
export function ActDialog({ ws, act, currency, onClose }: { ws: string; act: OfferedAct; currency: string; onClose: () => void }) {
  const client = useQueryClient()
  const announce = useAnnounce()
  const form = useForm({ amount: '', reason: '' })
  const asksAmount = act.act === 'refund'
  const typed = form.values.amount.trim()
  const amount = typed === '' ? undefined : typedAmount(typed, currency)
  const wrong = asksAmount && typed !== '' && amount === undefined
  const save = useMutation({
    mutationFn: () =>
      actOnSale(ws, {
        kind: act.kind,
        id: act.id,
        act: act.act,
        body: { change: act.change, amount: asksAmount ? amount : undefined, reason: form.values.reason.trim() || undefined },
      }),
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
    <Modal opened onClose={onClose} title={act.label}>
      <FormFrame onSubmit={submit} failure={form.failure} keys={['amount', 'reason']} title={words.actFailed}>
        <Text size="sm">{act.help}</Text>
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
        {act.change !== 'renewed' && act.change !== 'trial_ended' && act.act !== 'reactivate' && <TextInput label={words.reason} maxLength={1000} {...form.text('reason')} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {act.label}
          </Button>
        </Group>
      </FormFrame>
    </Modal>
  )
}
