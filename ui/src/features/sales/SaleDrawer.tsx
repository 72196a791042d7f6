import { Anchor, Button, Group, Skeleton, Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { saleQuery, type Order, type Sale, type SaleAct, type SaleKind } from '../../api/sales'
import { Drawer } from '../../components/Drawer'
import { ErrorNote } from '../../components/ErrorNote'
import { Facts } from '../../components/Facts'
import tones from '../../components/Tone.module.css'
import { common } from '../../lib/text/en/common'
import { money } from '../../lib/money'
import { sales as words } from '../../lib/text/en/sales'
import classes from './Sales.module.css'
import { actsOf } from './saleActs'
import { factsOf } from './saleFacts'
import { lineOf, nameOf, type Titles } from './saleText'

const ActDialog = lazy(() => import('./ActDialog').then((m) => ({ default: m.ActDialog })))

interface Props {
  ws: string
  kind: SaleKind
  id: string
  titles: Titles
  onClose: () => void
}

/** One sale: all that is known of it, and what can be recorded further. */
export function SaleDrawer({ ws, kind, id, titles, onClose }: Props) {
  const { data: sale, error, isPending, refetch } = useQuery(saleQuery(ws, kind, id))
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="md"
      title={sale ? nameOf(kind, sale) : words.tabs[kind]}
      closeButtonProps={{ 'aria-label': common.close }}
      attributes={{ header: { role: 'presentation' } }}
    >
      {isPending && <Skeleton height={240} />}
      <ErrorNote error={error} onRetry={() => void refetch()} />
      {sale && <Content ws={ws} kind={kind} sale={sale} titles={titles} />}
    </Drawer>
  )
}

function Content({ ws, kind, sale, titles }: { ws: string; kind: SaleKind; sale: Sale; titles: Titles }) {
  const [doing, setDoing] = useState<SaleAct>()
  const line = lineOf(kind, sale, titles)
  const acts = actsOf(kind, sale)
  const refs = [
    ['order_id', 'orders', words.facts.order],
    ['purchase_id', 'purchases', words.facts.purchase],
    ['subscription_id', 'subscriptions', words.facts.subscription],
  ] as const
  return (
    <Stack gap="lg">
      <div>
        <Group gap="sm" mb="sm">
          <Title order={3} size="h1">
            {line.amount}
          </Title>
          <span className={`${tones.badge} ${tones[line.tone]}`}>{line.state}</span>
        </Group>
        <Facts
          stacked
          facts={[
            ...factsOf(ws, kind, sale, titles),
            ...refs.flatMap(([key, tab, label]): [string, React.ReactNode][] => {
              const to = (sale as unknown as Record<string, unknown>)[key]
              return typeof to === 'string' ? [[label, <Elsewhere key={key} ws={ws} tab={tab} id={to} />]] : []
            }),
          ]}
        />
      </div>
      {kind === 'orders' && <Items order={sale as Order} />}
      {acts.length > 0 && (
        <Group gap="xs">
          {acts.map((act) => (
            <Button key={act.act} size="xs" variant="default" onClick={() => setDoing(act)}>
              {words.acts[act.act]}
            </Button>
          ))}
        </Group>
      )}
      <Suspense>{doing && <ActDialog ws={ws} act={doing} currency={sale.currency} onClose={() => setDoing(undefined)} />}</Suspense>
    </Stack>
  )
}

function Elsewhere({ ws, tab, id }: { ws: string; tab: SaleKind; id: string }) {
  return (
    <Anchor inherit renderRoot={(props) => <Link to="/w/$ws/sales" params={{ ws }} search={{ tab, id }} {...props} />}>
      {words.facts.show}
    </Anchor>
  )
}

function Items({ order }: { order: Order }) {
  return (
    <section aria-labelledby="items-title">
      <Title order={3} id="items-title" mb="xs">
        {words.items}
      </Title>
      <ul className={classes.items}>
        {order.items.map((item) => (
          <li key={item.id}>
            <div>
              {item.title}
              {item.quantity > 1 && ` × ${item.quantity}`}
              <div>
                <span>
                  {words.roles[item.role]} · {words.types[item.payment_type] ?? item.payment_type}
                </span>
              </div>
            </div>
            <b>{money(item.amount, order.currency)}</b>
          </li>
        ))}
      </ul>
    </section>
  )
}
