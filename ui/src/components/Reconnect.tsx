import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconPlugConnectedX } from '@tabler/icons-react'
import { lostConnectionsQuery } from '../api/settings'
import { connecting as words } from '../lib/text/en/connecting'
import { ConnectButton } from './ConnectButton'
import classes from './Reconnect.module.css'
import tones from './Tone.module.css'

/** One card for each connection that its service signed out, whatever it stopped; nothing when all work. */
export function Reconnect({ ws }: { ws: string }) {
  const { data } = useQuery(lostConnectionsQuery(ws))
  const lost = data?.items ?? []
  if (lost.length === 0) return null
  return (
    <section className={classes.cards} aria-label={words.lostTitle}>
      {lost.map((connection) => (
        <div key={connection.id} className={classes.card}>
          <span className={`${tones.tile} ${tones.bad}`} aria-hidden>
            <IconPlugConnectedX size={22} />
          </span>
          <div className={classes.words}>
            <Text fw={600}>{words.lost(connection.name)}</Text>
            <Text size="sm">{words.lostHelp}</Text>
            {connection.sign_in?.reason && (
              <Text size="sm" c="dimmed">
                {words.said(connection.sign_in.reason)}
              </Text>
            )}
          </div>
          <ConnectButton ws={ws} connection={connection} />
        </div>
      ))}
    </section>
  )
}
