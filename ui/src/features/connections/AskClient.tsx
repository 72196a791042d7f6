import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { askClient } from '../../api/agency'
import type { Connection } from '../../api/settings'
import { ErrorNote } from '../../components/ErrorNote'
import { Modal } from '../../components/Modal'
import { agency } from '../../lib/text/en/agency'
import { ClientLinkNote } from './ClientLinkNote'

interface Props {
  ws: string
  connection: Pick<Connection, 'id' | 'name'>
  onClose: () => void
}

/** Makes a link by which a client fills in a connection. */
export function AskClient({ ws, connection, onClose }: Props) {
  const client = useQueryClient()
  const { mutate, data, error, isIdle } = useMutation({
    mutationFn: () => askClient(ws, connection.id),
    onSuccess: () => client.invalidateQueries({ queryKey: ['ws', ws, 'connections'] }),
  })
  useEffect(() => {
    if (isIdle) mutate()
  }, [isIdle, mutate])
  return (
    <Modal opened onClose={onClose} title={agency.link.ask}>
      <ErrorNote error={error} onRetry={() => mutate()} />
      <ClientLinkNote name={connection.name} url={data?.url ?? ''} onDone={onClose} />
    </Modal>
  )
}
