import { Skeleton, Title } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { checkoutQuery, setCheckout } from '../../api/hooks'
import { AddressForm } from '../../components/AddressForm'
import { ErrorNote } from '../../components/ErrorNote'
import { hooks } from '../../lib/text/en/hooks'
import classes from './Settings.module.css'

const words = hooks.elsewhere

/** What is called at every purchase of the site. */
export function CheckoutForm({ ws }: { ws: string }) {
  const client = useQueryClient()
  const { data, error, isPending, refetch } = useQuery(checkoutQuery(ws))
  const save = async (url: string) => {
    client.setQueryData(checkoutQuery(ws).queryKey, await setCheckout(ws, url))
  }
  return (
    <section className={classes.card} aria-labelledby="checkout-title">
      <Title order={2} id="checkout-title" mb="sm">
        {words.checkout}
      </Title>
      <ErrorNote error={error} onRetry={() => void refetch()} />
      {isPending && <Skeleton height={90} />}
      {data && <AddressForm ws={ws} label={words.site} help={words.siteHelp} field="purchase_webhook_url" url={data.purchase_webhook_url} save={save} />}
    </section>
  )
}
