import { Button, type ButtonProps } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { IconExternalLink } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { getConnection, signIn, type Connection } from '../api/settings'
import { connecting as words } from '../lib/text/en/connecting'
import { ErrorNote } from './ErrorNote'

/** How often it looks whether somebody has signed in meanwhile, and for how long: a sign-in works for 15 minutes. */
const LOOK_MS = 1_500
const MOST_MS = 15 * 60_000

interface Props extends Pick<ButtonProps, 'size' | 'variant'> {
  ws: string
  connection: Connection
  /** Called once the service has let us in. */
  onConnected?: () => void
}

/** Opens the service's page in a window of its own, and waits until somebody has signed in there. */
export function ConnectButton({ ws, connection, onConnected, ...look }: Props) {
  const client = useQueryClient()
  // Whether the window was closed cannot be known: our policy cuts it off from this page.
  const [since, setSince] = useState<number>()
  const before = connection.sign_in?.connected_at
  const begin = useMutation({
    mutationFn: async (page: Window | null) => {
      try {
        const { url } = await signIn(ws, connection.id, window.location.pathname)
        if (!page) {
          // The browser opens no window: the page itself goes there, and comes back.
          window.location.assign(url)
          return
        }
        page.opener = null
        page.location.href = url
        setSince(Date.now())
      } catch (error) {
        page?.close()
        throw error
      }
    },
  })
  useEffect(() => {
    if (!since) return
    const timer = setInterval(async () => {
      const now = await getConnection(ws, connection.id).catch(() => undefined)
      const done = now?.sign_in?.status === 'connected' && now.sign_in.connected_at !== before
      if (!done && Date.now() - since < MOST_MS) return
      setSince(undefined)
      await client.invalidateQueries({ queryKey: ['ws', ws, 'connections'] })
      if (done) onConnected?.()
    }, LOOK_MS)
    return () => clearInterval(timer)
  }, [since, ws, connection.id, before, client, onConnected])
  const again = connection.sign_in?.status !== 'not_connected'
  return (
    <>
      <Button
        {...look}
        rightSection={<IconExternalLink size={15} aria-hidden />}
        loading={begin.isPending}
        aria-label={again ? words.reconnectOne(connection.name) : words.connectOne(connection.name)}
        // The window is opened by the click itself: later ones are blocked.
        onClick={() => begin.mutate(window.open('about:blank', '_blank', 'popup,width=600,height=760'))}
      >
        {since ? words.waiting : again ? words.reconnect : words.connect}
      </Button>
      <ErrorNote error={begin.error} />
    </>
  )
}
