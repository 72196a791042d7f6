import { Group, Text, UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { nodeTypesQuery } from '../../api/nodeTypes'
import type { Connection } from '../../api/settings'
import { Modal } from '../../components/Modal'
import { StepIcon } from '../../components/StepIcon'
import { connections as words } from '../../lib/text/en/setup'
import { ConnectionForm, type Made } from './ConnectionForm'
import { isOfApp, type ConnectionValues } from './connectionForm'
import classes from './Connections.module.css'

interface Props {
  ws: string
  connection?: Connection
  /** Made without asking for the kind. */
  type?: string
  /** What a new one is called at first. */
  name?: string
  /** What a new one begins with. */
  start?: ConnectionValues
  onMade?: (made: Made) => void
  onClose: () => void
}

/** Creates a connection of a kind, or changes one. */
export function ConnectionDialog({ ws, connection, type: fixed, name, start, onMade, onClose }: Props) {
  const { data: types } = useQuery(nodeTypesQuery)
  const [chosen, setChosen] = useState<string | undefined>(connection?.type ?? fixed)
  const kinds = Array.from(types?.values() ?? [])
    .filter((t) => t.kind === 'connection')
    // Ways to sign in anywhere stand before those at one service.
    .toSorted((a, b) => Number(isOfApp(a)) - Number(isOfApp(b)) || a.name.localeCompare(b.name))
  const type = kinds.find((t) => t.type === chosen)
  const [changed, setChanged] = useState(false)
  return (
    <Modal opened onClose={onClose} changed={type !== undefined && changed} title={connection ? words.edit : words.create}>
      {type ? (
        <ConnectionForm key={type.type} ws={ws} type={type} connection={connection} name={name} start={start} onMade={onMade} onBack={connection || fixed ? undefined : () => setChosen(undefined)} onChanged={setChanged} onClose={onClose} />
      ) : (
        <>
          <Text size="sm" mb="sm">
            {words.choose}
          </Text>
          <div className={classes.kinds}>
            {kinds.map((kind) => (
              <UnstyledButton key={kind.type} className={classes.kind} onClick={() => setChosen(kind.type)}>
                <Group wrap="nowrap" gap="sm">
                  {isOfApp(kind) && <StepIcon type={kind.type} />}
                  <div>
                    <Text fw={600}>{kind.name}</Text>
                    <Text size="sm" c="dimmed">
                      {kind.summary}
                    </Text>
                  </div>
                </Group>
              </UnstyledButton>
            ))}
          </div>
        </>
      )}
    </Modal>
  )
}
