import { Anchor, Button, SegmentedControl, Skeleton, Text, Title } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { IconEdit, IconGift, IconPlus, IconTrash } from '@tabler/icons-react'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { contactName, contactQuery } from '../../api/contacts'
import { deleteOffer, grantsQuery, offerQuery, revokeGrant, type Grant, type Offer } from '../../api/offers'
import { MayButton } from '../../components/MayButton'
import { useAnnounce } from '../../components/Announcer'
import { ErrorNote } from '../../components/ErrorNote'
import { Facts } from '../../components/Facts'
import listClasses from '../../components/List.module.css'
import { ListFrame } from '../../components/ListFrame'
import { Empty, Page } from '../../components/Page'
import { TimeAgo } from '../../components/TimeAgo'
import { offers as words } from '../../lib/text/en/offers'
import classes from './Offers.module.css'

// Asked for at once, but the page does not wait for it.
const loadUrls = () => import('./OfferUrls')
loadUrls().catch(() => undefined) // asked for again where it is shown
const OfferUrls = lazy(() => loadUrls().then((m) => ({ default: m.OfferUrls })))
const OfferDialog = lazy(() => import('./OfferDialog').then((m) => ({ default: m.OfferDialog })))
const GrantDialog = lazy(() => import('../../components/GrantDialog').then((m) => ({ default: m.GrantDialog })))
const ConfirmDialog = lazy(() => import('../../components/ConfirmDialog').then((m) => ({ default: m.ConfirmDialog })))

type Opened = 'edit' | 'grant' | 'delete'

/** One offer, the addresses by which other systems grant it, and who has it. */
export function OfferPage() {
  const { ws, id } = useParams({ from: '/w/$ws/offers/$id' })
  const { data: offer, error, isPending, refetch } = useQuery(offerQuery(ws, id))
  const [opened, setOpened] = useState<Opened>()
  const close = () => setOpened(undefined)
  const back = { label: words.back, to: { to: '/w/$ws/offers', params: { ws } } as const }
  if (!offer) {
    return (
      <Page title={words.title} back={back}>
        {isPending ? <Skeleton height={200} radius="lg" /> : <ErrorNote error={error} onRetry={() => void refetch()} />}
      </Page>
    )
  }
  return (
    <Page
      title={offer.title}
      back={back}
      actions={
        <>
          <MayButton ws={ws} needs="offers:write" variant="subtle" color="gray" leftSection={<IconTrash size={17} aria-hidden />} onClick={() => setOpened('delete')}>
            {words.remove.button}
          </MayButton>
          <MayButton ws={ws} needs="offers:write" variant="default" leftSection={<IconEdit size={17} aria-hidden />} onClick={() => setOpened('edit')}>
            {words.editButton}
          </MayButton>
          <MayButton ws={ws} needs="offers:write" leftSection={<IconPlus size={17} aria-hidden />} onClick={() => setOpened('grant')}>
            {words.grants.grant}
          </MayButton>
        </>
      }
    >
      <Facts
        facts={[
          [words.number, offer.number],
          [words.form.products, offer.products.length > 0 ? offer.products.map((p) => p.title).join(', ') : words.noProducts],
          [
            words.sales,
            <Anchor key="sales" inherit renderRoot={(props) => <Link to="/w/$ws/sales" params={{ ws }} search={{ offer_id: offer.id }} {...props} />}>
              {words.showSales}
            </Anchor>,
          ],
          [words.created, <TimeAgo key="at" at={offer.created_at} />],
        ]}
      />
      <Suspense fallback={<Skeleton height={320} mt="lg" radius="lg" />}>
        <OfferUrls ws={ws} offer={offer} />
      </Suspense>
      <Grants ws={ws} offer={offer} onGrant={() => setOpened('grant')} />
      <Suspense>
        {opened === 'edit' && <OfferDialog ws={ws} offer={offer} onClose={close} />}
        {opened === 'grant' && <GrantDialog ws={ws} offer={offer} onClose={close} />}
        {opened === 'delete' && <Remove ws={ws} offer={offer} onClose={close} />}
      </Suspense>
    </Page>
  )
}

function Grants({ ws, offer, onGrant }: { ws: string; offer: Offer; onGrant: () => void }) {
  const [active, setActive] = useState('true')
  const list = useInfiniteQuery(grantsQuery(ws, { offer_id: offer.id, active: active || undefined }))
  const [revoking, setRevoking] = useState<{ grant: Grant; name: string }>()
  return (
    <section aria-labelledby="grants-title">
      <div className={classes.head}>
        <Title order={2} id="grants-title">
          {words.grants.title}
        </Title>
        <SegmentedControl
          size="xs"
          aria-label={words.grants.show}
          value={active}
          onChange={setActive}
          data={[
            { value: 'true', label: words.grants.active },
            { value: '', label: words.grants.all },
          ]}
        />
      </div>
      <ListFrame
        list={list}
        label={words.grants.title}
        empty={
          <Empty icon={IconGift} title={words.grants.none} action={<Button onClick={onGrant}>{words.grants.grant}</Button>}>
            <Text c="dimmed">{words.grants.noneHelp}</Text>
          </Empty>
        }
        row={(grant) => <Row key={grant.id} ws={ws} grant={grant} onRevoke={(name) => setRevoking({ grant, name })} />}
      />
      <Suspense>{revoking && <Revoke ws={ws} {...revoking} onClose={() => setRevoking(undefined)} />}</Suspense>
    </section>
  )
}

function Row({ ws, grant, onRevoke }: { ws: string; grant: Grant; onRevoke: (name: string) => void }) {
  const { data: contact, isError } = useQuery({ ...contactQuery(ws, grant.contact_id), retry: false })
  const name = contact ? contactName(contact) : isError ? words.grants.erased : '…'
  return (
    <li className={`${listClasses.row} ${classes.grant}`}>
      <div className={classes.cell}>
        <Link to="/w/$ws/contacts/$id" params={{ ws, id: grant.contact_id }} className={listClasses.name}>
          {name}
        </Link>
        <div className={`${listClasses.dim} ${listClasses.clip}`}>
          {grant.run_id ? (
            <Anchor inherit className={listClasses.above} renderRoot={(props) => <Link to="/w/$ws/runs/$id" params={{ ws, id: grant.run_id! }} {...props} />}>
              {words.grants.by}
            </Anchor>
          ) : (
            words.grants.byHand
          )}
        </div>
      </div>
      <span className={`${listClasses.dim} ${listClasses.above}`}>
        {grant.revoked_at ? `${words.grants.revoke}: ` : ''}
        <TimeAgo at={grant.revoked_at ?? grant.granted_at} />
      </span>
      {grant.revoked_at ? (
        <span />
      ) : (
        <Button size="compact-sm" variant="default" className={listClasses.above} onClick={() => onRevoke(name)}>
          {words.grants.revoke}
        </Button>
      )}
    </li>
  )
}

function Revoke({ ws, grant, name, onClose }: { ws: string; grant: Grant; name: string; onClose: () => void }) {
  const client = useQueryClient()
  const revoke = useMutation({
    mutationFn: () => revokeGrant(ws, grant.id),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['ws', ws, 'offers'] })
      onClose()
    },
  })
  return (
    <ConfirmDialog title={words.grants.revokeTitle(name)} confirm={words.grants.revoke} pending={revoke.isPending} error={revoke.error} onConfirm={() => revoke.mutate()} onClose={onClose}>
      {words.grants.revokeHelp}
    </ConfirmDialog>
  )
}

function Remove({ ws, offer, onClose }: { ws: string; offer: Offer; onClose: () => void }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const announce = useAnnounce()
  const remove = useMutation({
    mutationFn: () => deleteOffer(ws, offer.id),
    onSuccess: async () => {
      announce(words.remove.done)
      await navigate({ to: '/w/$ws/offers', params: { ws } })
      client.removeQueries({ queryKey: ['ws', ws, 'offers', 'one', offer.id] })
      void client.invalidateQueries({ queryKey: ['ws', ws, 'offers'] })
    },
  })
  return (
    <ConfirmDialog title={words.remove.title(offer.title)} confirm={words.remove.go} pending={remove.isPending} error={remove.error} onConfirm={() => remove.mutate()} onClose={onClose}>
      {words.remove.help}
    </ConfirmDialog>
  )
}
