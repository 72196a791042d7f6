import { Anchor, Button, Skeleton, Text, Title } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { IconList, IconRefresh, IconShieldLock } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { addressesQuery, type OfferAddresses } from '../../api/activation'
import { offerQuery, updateOffer, type Offer } from '../../api/offers'
import { AddressForm } from '../../components/AddressForm'
import { CopyButton } from '../../components/CopyButton'
import { ErrorNote } from '../../components/ErrorNote'
import { TimeAgo } from '../../components/TimeAgo'
import { reach } from '../../lib/address'
import { activation as words } from '../../lib/text/en/activation'
import { hooks } from '../../lib/text/en/hooks'
import classes from './OfferUrls.module.css'
import { WhatToSend } from './WhatToSend'

const RotateDialog = lazy(() => import('./RotateDialog').then((m) => ({ default: m.RotateDialog })))

/** The addresses by which other systems grant and revoke an offer, and how to call them. */
export function OfferUrls({ ws, offer }: { ws: string; offer: Offer }) {
  const { data, error, isPending, refetch } = useQuery(addressesQuery(ws, offer.id))
  const [rotating, setRotating] = useState(false)
  const seen = data?.activation_url && data.deactivation_url
  return (
    <section className={classes.card} aria-labelledby="webhooks-title">
      <div className={classes.head}>
        <Title order={2} id="webhooks-title">
          {words.title}
        </Title>
        {seen && (
          <Button variant="default" size="xs" leftSection={<IconRefresh size={15} aria-hidden />} onClick={() => setRotating(true)}>
            {words.rotate.button}
          </Button>
        )}
      </div>
      <Text size="sm" c="dimmed" mb="md">
        {words.help}
      </Text>
      <ErrorNote error={error} onRetry={() => void refetch()} />
      {isPending && <Skeleton height={150} />}
      {data && !seen && <Text>{words.hidden}</Text>}
      {data?.activation_url && data.deactivation_url && (
        <>
          <Address label={words.activate} help={words.activateHelp} url={data.activation_url} />
          <Address label={words.deactivate} help={words.deactivateHelp} url={data.deactivation_url} />
          <Anchor className={classes.log} renderRoot={(props) => <Link to="/w/$ws/offers/$id/log" params={{ ws, id: offer.id }} {...props} />}>
            <IconList size={17} aria-hidden />
            {words.log}
          </Anchor>
          <p className={classes.secret}>
            <IconShieldLock size={17} aria-hidden />
            {words.secret}
          </p>
          {reach(data.activation_url) === 'nearby' && <p className={classes.nearby}>{words.nearby}</p>}
          <Old data={data} />
          <div className={classes.how}>
            <PurchaseUrl ws={ws} offer={offer} />
          </div>
          <WhatToSend activation={data.activation_url} deactivation={data.deactivation_url} />
        </>
      )}
      <Suspense>{rotating && <RotateDialog ws={ws} id={offer.id} onClose={() => setRotating(false)} />}</Suspense>
    </section>
  )
}

function PurchaseUrl({ ws, offer }: { ws: string; offer: Offer }) {
  const client = useQueryClient()
  const save = async (url: string) => {
    client.setQueryData(offerQuery(ws, offer.id).queryKey, await updateOffer(ws, offer.id, { purchase_webhook_url: url }))
  }
  const { offer: label, offerHelp: help } = hooks.elsewhere
  return <AddressForm ws={ws} label={label} help={help} field="purchase_webhook_url" url={offer.purchase_webhook_url} save={save} />
}

function Address({ label, help, url }: { label: string; help: string; url: string }) {
  return (
    <div className={classes.address}>
      <div className={classes.label}>
        {label} <span>{help}</span>
      </div>
      <div className={classes.url}>
        <code tabIndex={0} role="textbox" aria-readonly aria-label={label}>
          {url}
        </code>
        <CopyButton value={url} label={words.copy(label)} />
      </div>
    </div>
  )
}

function Old({ data }: { data: OfferAddresses }) {
  const { old_urls: urls, old_callers: callers } = data
  if (urls.length === 0 && callers.length === 0) return null
  return (
    <div className={classes.old} role="region" aria-label={words.old.callers}>
      {urls.length > 0 && (
        <p>
          <b>{words.old.title}.</b>{' '}
          {urls.map((url) => (
            <span key={url.expires_at}>
              {words.old.until} <TimeAgo at={url.expires_at} />.{' '}
            </span>
          ))}
        </p>
      )}
      {callers.length === 0 ? (
        <p>{words.old.none}</p>
      ) : (
        <>
          <p>{urls.length > 0 ? words.old.move : words.old.ended}</p>
          <ul>
            {callers.map((c) => (
              <li key={`${c.ip} ${c.user_agent}`}>
                <b>{c.ip}</b> · {c.user_agent || words.old.unknown} · {words.old.calls(c.calls)} · <TimeAgo at={c.last_call_at} />
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
