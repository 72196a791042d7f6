import { Skeleton, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconLinkOff } from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { openClientLink } from '../../api/agency'
import { ApiError } from '../../api/http'
import { ErrorNote } from '../../components/ErrorNote'
import { agency } from '../../lib/text/en/agency'
import classes from './Connect.module.css'
import { ConnectFrame } from './ConnectFrame'

const ConnectForm = lazy(() => import('./ConnectForm').then((m) => ({ default: m.ConnectForm })))
const ConnectSignIn = lazy(() => import('./ConnectForm').then((m) => ({ default: m.ConnectSignIn })))

const words = agency.connect

/** The token behind the #, taken out of the address bar so that it is not kept or shared by accident. */
function useFragment(): string {
  const [token] = useState(() => window.location.hash.slice(1))
  useEffect(() => {
    if (window.location.hash) window.history.replaceState(window.history.state, '', window.location.pathname)
  }, [])
  return token
}

/** Where a client without an account fills in one connection. */
export function ConnectPage() {
  const token = useFragment()
  const { data, error, refetch } = useQuery({
    queryKey: ['client-link', token],
    queryFn: () => openClientLink(token),
    enabled: token !== '',
    retry: false,
    staleTime: Infinity,
  })
  if (token === '' || (error instanceof ApiError && error.status === 404)) return <Over title={words.unknown} help={words.unknownHelp} />
  if (error instanceof ApiError && error.status === 410) return <Over title={words.over} help={error.message} />
  const waiting = <ConnectFrame title={agency.link.address}>{error ? <ErrorNote error={error} onRetry={() => void refetch()} /> : <Skeleton height={180} />}</ConnectFrame>
  if (!data) return waiting
  return (
    <Suspense fallback={waiting}>
      {data.sign_in ? <ConnectSignIn token={token} asked={data} /> : <ConnectForm token={token} asked={data} />}
    </Suspense>
  )
}

function Over({ title, help }: { title: string; help: string }) {
  return (
    <ConnectFrame title={title}>
      <IconLinkOff size={34} stroke={1.6} aria-hidden className={classes.sign} />
      <Title order={1} fz="h2" mb={4}>
        {title}
      </Title>
      <Text c="dimmed">{help}</Text>
    </ConnectFrame>
  )
}
