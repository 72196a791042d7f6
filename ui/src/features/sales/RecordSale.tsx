import { ActionIcon, Button, Group, Select, Switch, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { createOrder, createPurchase, type Interval, type PaymentType, type SaleKind } from '../../api/sales'
import { workspaceQuery } from '../../api/settings'
import { targetsQuery } from '../../api/targets'
import { useAnnounce } from '../../components/Announcer'
import { ContactSelect, NEW } from '../../components/ContactSelect'
import { FormFrame } from '../../components/FormFrame'
import { Modal } from '../../components/Modal'
import { typedAmount } from '../../lib/money'
import { currencies } from '../../lib/places'
import { common } from '../../lib/text/en/common'
import { sales } from '../../lib/text/en/sales'
import { problemAt, useForm } from '../../lib/useForm'
import classes from './Sales.module.css'
import { staleSales } from './staleSales'

const words = sales.form
const optionsOf = (labels: Record<string, string>) => Object.entries(labels).map(([value, label]) => ({ value, label }))
const TYPES = optionsOf(sales.types)
const INTERVALS = optionsOf(sales.intervals)
const MOST_BUMPS = 9

interface Line {
  /** Names the row while it is edited. */
  row: number
  offer_id: string
  amount: string
}

/** Records a sale by hand, as a test or for what was sold elsewhere. */
export function RecordSale({ ws, onClose, onDone }: { ws: string; onClose: () => void; onDone: (kind: SaleKind) => void }) {
  const client = useQueryClient()
  const announce = useAnnounce()
  const { data: workspace } = useQuery(workspaceQuery(ws))
  const form = useForm({ contact: '', lines: [{ row: 0, offer_id: '', amount: '' }] as Line[], payment_type: 'one_time' as PaymentType, interval: 'month' as Interval, currency: '', access: true })
  const [tried, setTried] = useState(false)
  const v = form.values
  const currency = v.currency || workspace?.currency || 'USD'
  const free = v.payment_type === 'free'
  const amounts = v.lines.map((line) => (free ? 0 : typedAmount(line.amount, currency)))
  const isOrder = v.lines.length > 1
  const save = useMutation({
    mutationFn: (): Promise<unknown> => {
      const buyer = v.contact.startsWith(NEW) ? { email: v.contact.slice(NEW.length) } : { contact_id: v.contact }
      const paid = { payment_type: v.payment_type, interval: v.payment_type === 'subscription' ? v.interval : undefined }
      const shared = { ...buyer, currency, access: v.access }
      if (!isOrder) return createPurchase(ws, { ...shared, ...paid, offer_id: v.lines[0]!.offer_id, amount: amounts[0]! })
      // Bumps are bought once, whatever the main offer is.
      const items = v.lines.map((line, i) => ({ offer_id: line.offer_id, amount: amounts[i]!, ...(i === 0 ? paid : { payment_type: 'one_time' as const }) }))
      return createOrder(ws, { ...shared, items })
    },
    onError: form.fail,
    onSuccess: () => {
      staleSales(client, ws)
      announce(words.done)
      onDone(isOrder ? 'orders' : 'purchases')
      onClose()
    },
  })
  const submit = () => {
    setTried(true)
    if (!v.contact || v.lines.some((line) => !line.offer_id) || amounts.includes(undefined)) return
    form.fail(null)
    save.mutate()
  }
  const change = (i: number, part: Partial<Line>) => form.set({ lines: v.lines.map((line, j) => (j === i ? { ...line, ...part } : line)) }, 'items', 'offer_id', 'offer', 'amount')
  return (
    <Modal opened onClose={onClose} changed={form.dirty} title={words.title} size="lg">
      <FormFrame onSubmit={submit} failure={form.failure} keys={['contact_id', 'email', 'items', 'offer_id', 'offer', 'amount', 'payment_type', 'interval', 'currency']} title={words.failed}>
        <Text size="sm" c="dimmed">
          {words.help}
        </Text>
        <ContactSelect
          ws={ws}
          label={words.contact}
          help={words.contactHelp}
          nobody={words.nobody}
          makes={words.newContact}
          value={v.contact}
          onChange={(contact) => form.set({ contact }, 'contact_id', 'email')}
          error={form.error('contact_id') ?? form.error('email') ?? (tried && !v.contact ? words.needContact : undefined)}
          autoFocus
        />
        {v.lines.map((line, i) => {
          const at = isOrder ? `items/${i}/` : ''
          const problem = (name: string) => problemAt(form.problems, at + name)
          return (
            <LineRow
              key={line.row}
              ws={ws}
              nth={i}
              many={isOrder}
              line={line}
              currency={currency}
              free={free}
              offerError={problem('offer_id') ?? problem('offer') ?? (tried && !line.offer_id ? words.needOffer : undefined)}
              amountError={problem('amount') ?? (tried && amounts[i] === undefined ? words.badAmount : undefined)}
              onChange={(part) => change(i, part)}
              onRemove={() => form.set({ lines: v.lines.filter((_, j) => j !== i) })}
            />
          )
        })}
        {!free && v.lines.length <= MOST_BUMPS && (
          <div>
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<IconPlus size={15} aria-hidden />}
              onClick={() => form.set({ lines: [...v.lines, { row: Math.max(...v.lines.map((l) => l.row)) + 1, offer_id: '', amount: '' }] })}
            >
              {words.addBump}
            </Button>
            {isOrder && (
              <Text size="sm" c="dimmed" mt={4}>
                {words.bumpHelp}
              </Text>
            )}
          </div>
        )}
        <div className={classes.pair}>
          <Select
            label={words.type}
            data={TYPES.filter((t) => !isOrder || t.value !== 'free')}
            value={v.payment_type}
            onChange={(value) => value && form.set({ payment_type: value as PaymentType })}
            allowDeselect={false}
            error={form.error('payment_type')}
          />
          {v.payment_type === 'subscription' && (
            <Select label={words.interval} data={INTERVALS} value={v.interval} onChange={(value) => value && form.set({ interval: value as Interval })} allowDeselect={false} error={form.error('interval')} />
          )}
          {!free && (
            <Select label={words.currency} data={currencies()} value={currency} onChange={(value) => value && form.set({ currency: value })} allowDeselect={false} searchable error={form.error('currency')} />
          )}
        </div>
        <Switch label={words.access} checked={v.access} onChange={(e) => form.set({ access: e.currentTarget.checked })} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {words.go}
          </Button>
        </Group>
      </FormFrame>
    </Modal>
  )
}

interface LineProps {
  ws: string
  nth: number
  /** Room is left for the button that removes a line. */
  many: boolean
  line: Line
  currency: string
  free: boolean
  offerError?: string
  amountError?: string
  onChange: (part: Partial<Line>) => void
  onRemove: () => void
}

function LineRow({ ws, nth, many, line, currency, free, offerError, amountError, onChange, onRemove }: LineProps) {
  const { data: offers } = useQuery(targetsQuery(ws, 'offer'))
  return (
    <div className={`${classes.line} ${many ? classes.many : ''}`}>
      <Select
        label={nth === 0 ? words.offer : words.bump(nth)}
        placeholder={words.chooseOffer}
        data={(offers ?? []).map((o) => ({ value: o.id, label: o.label }))}
        value={line.offer_id || null}
        onChange={(id) => onChange({ offer_id: id ?? '' })}
        nothingFoundMessage={words.noOffer}
        searchable
        error={offerError}
      />
      {!free && (
        <TextInput
          label={words.amount}
          aria-label={nth === 0 ? undefined : words.bumpAmount(nth)}
          inputMode="decimal"
          rightSection={currency}
          rightSectionWidth={52}
          value={line.amount}
          onChange={(e) => onChange({ amount: e.currentTarget.value })}
          error={amountError}
        />
      )}
      {nth > 0 && (
        <ActionIcon size="lg" className={classes.trash} aria-label={words.removeBump(nth)} onClick={onRemove}>
          <IconTrash size={18} aria-hidden />
        </ActionIcon>
      )}
    </div>
  )
}
