import { Anchor, Button, Skeleton, Title } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { contactName, type Contact } from '../../api/contacts'
import { grantsQuery, offersQuery, revokeGrant, type Grant } from '../../api/offers'
import { ErrorNote } from '../../components/ErrorNote'
import { TimeAgo } from '../../components/TimeAgo'
import { contacts as words } from '../../lib/text/en/contacts'
import classes from './Contacts.module.css'

const ConfirmDialog = lazy(() => import('../../components/ConfirmDialog').then((m) => ({ default: m.ConfirmDialog })))
const GrantDialog = lazy(() => import('../../components/GrantDialog').then((m) => ({ default: m.GrantDialog })))

/** What a contact was granted, newest first. */
export function Grants({ ws, contact }: { ws: string; contact: Contact }) {
  const grants = useInfiniteQuery(grantsQuery(ws, { contact_id: contact.id }))
  const offers = useInfiniteQuery(offersQuery(ws))
  const [granting, setGranting] = useState(false)
  const [revoking, setRevoking] = useState<Grant>()
  const titles = new Map((offers.data?.pages ?? []).flatMap((p) => p.items ?? []).map((o) => [o.id, o.title]))
  const rows = (grants.data?.pages ?? []).flatMap((p) => p.items ?? [])
  const title = (grant: Grant) => titles.get(grant.offer_id) ?? words.unknownOffer
  return (
    <section className={classes.card} aria-labelledby="offers-title">
      <div className={classes.cardHead}>
        <Title order={2} id="offers-title">
          {words.offersTitle}
        </Title>
        <Button size="xs" variant="light" leftSection={<IconPlus size={15} aria-hidden />} onClick={() => setGranting(true)}>
          {words.grant}
        </Button>
      </div>
      <ErrorNote error={grants.error} onRetry={() => void grants.refetch()} />
      {grants.isPending && <Skeleton height={36} />}
      {grants.data && rows.length === 0 && <span className={classes.dim}>{words.noOffers}</span>}
      <ul className={classes.grants}>
        {rows.map((grant) => (
          <li key={grant.id}>
            <span>
              <Anchor inherit fw={550} renderRoot={(props) => <Link to="/w/$ws/offers/$id" params={{ ws, id: grant.offer_id }} {...props} />}>
                {title(grant)}
              </Anchor>
              <span className={classes.dim}>
                {' '}
                {grant.revoked_at ? words.revoked : words.granted} <TimeAgo at={grant.revoked_at ?? grant.granted_at} />
              </span>
            </span>
            {!grant.revoked_at && (
              <Button size="compact-xs" variant="subtle" color="gray" onClick={() => setRevoking(grant)}>
                {words.revoke}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {grants.hasNextPage && (
        <Button size="xs" variant="subtle" loading={grants.isFetchingNextPage} onClick={() => void grants.fetchNextPage()}>
          {words.moreTags(50)}
        </Button>
      )}
      <Suspense>
        {granting && <GrantDialog ws={ws} contact={{ id: contact.id, name: contactName(contact) }} onClose={() => setGranting(false)} />}
        {revoking && <Revoke ws={ws} grant={revoking} title={title(revoking)} onClose={() => setRevoking(undefined)} />}
      </Suspense>
    </section>
  )
}

function Revoke({ ws, grant, title, onClose }: { ws: string; grant: Grant; title: string; onClose: () => void }) {
  const client = useQueryClient()
  const revoke = useMutation({
    mutationFn: () => revokeGrant(ws, grant.id),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['ws', ws, 'offers'] })
      void client.invalidateQueries({ queryKey: ['ws', ws, 'contacts'], predicate: (q) => q.queryKey[3] !== 'feed' })
      onClose()
    },
  })
  return (
    <ConfirmDialog title={words.revokeTitle(title)} confirm={words.revoke} pending={revoke.isPending} error={revoke.error} onConfirm={() => revoke.mutate()} onClose={onClose}>
      {words.revokeHelp}
    </ConfirmDialog>
  )
}
