import { Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { IconGift, IconPlus } from '@tabler/icons-react'
import { Link, useParams } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { offersQuery, type Offer } from '../../api/offers'
import { MayButton } from '../../components/MayButton'
import listClasses from '../../components/List.module.css'
import { ListFrame } from '../../components/ListFrame'
import { NoneMatch } from '../../components/NoneMatch'
import { Empty, Page } from '../../components/Page'
import { SearchBox } from '../../components/SearchBox'
import { TimeAgo } from '../../components/TimeAgo'
import { offers as words } from '../../lib/text/en/offers'
import classes from './Offers.module.css'

const OfferDialog = lazy(() => import('./OfferDialog').then((m) => ({ default: m.OfferDialog })))
/** Fewer are seen at a glance. */
const SEARCH_FROM = 8

/** What can be granted. */
export function OffersPage() {
  const { ws } = useParams({ from: '/w/$ws/offers' })
  const list = useInfiniteQuery(offersQuery(ws))
  const [wanted, setWanted] = useState('')
  const [creating, setCreating] = useState(false)
  const needle = wanted.trim().toLocaleLowerCase()
  const total = list.data?.pages.reduce((sum, page) => sum + (page.items?.length ?? 0), 0) ?? 0
  const create = (
    <MayButton ws={ws} needs="offers:write" leftSection={<IconPlus size={17} aria-hidden />} onClick={() => setCreating(true)}>
      {words.create}
    </MayButton>
  )
  return (
    <Page title={words.title} help={words.help} actions={total > 0 ? create : undefined}>
      {total >= SEARCH_FROM && (
        <div className={listClasses.tools}>
          <SearchBox label={words.search} value={wanted} onChange={setWanted} />
        </div>
      )}
      <ListFrame
        list={list}
        label={words.title}
        keep={needle === '' ? undefined : (offer) => offer.title.toLocaleLowerCase().includes(needle)}
        empty={
          needle === '' ? (
            <Empty icon={IconGift} title={words.emptyTitle} action={create}>
              <Text c="dimmed">{words.emptyHelp}</Text>
            </Empty>
          ) : (
            <NoneMatch title={words.none} help={words.noneHelp} />
          )
        }
        row={(offer) => <Row key={offer.id} ws={ws} offer={offer} />}
      />
      <Suspense>{creating && <OfferDialog ws={ws} onClose={() => setCreating(false)} />}</Suspense>
    </Page>
  )
}

function Row({ ws, offer }: { ws: string; offer: Offer }) {
  return (
    <li className={`${listClasses.row} ${classes.row}`}>
      <div className={classes.cell}>
        <Link to="/w/$ws/offers/$id" params={{ ws, id: offer.id }} className={listClasses.name}>
          {offer.title}
        </Link>
        <div className={`${listClasses.dim} ${listClasses.clip}`}>
          {offer.products.length === 0 ? words.noProducts : offer.products.map((p) => p.title).join(', ')}
        </div>
      </div>
      <span className={listClasses.dim}>#{offer.number}</span>
      <span className={`${listClasses.dim} ${listClasses.above}`}>
        <TimeAgo at={offer.created_at} />
      </span>
    </li>
  )
}
