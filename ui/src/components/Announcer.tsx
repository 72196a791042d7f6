import { VisuallyHidden } from '@mantine/core'
import { createContext, useCallback, useContext, useState, type ReactNode } from 'react'

const Announce = createContext<(message: string) => void>(() => undefined)

/** Says a message to those who do not see the page change. */
export const useAnnounce = () => useContext(Announce)

export function Announcer({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState({ message: '', turn: 0 })
  const announce = useCallback((message: string) => setSaid((last) => ({ message, turn: last.turn + 1 })), [])
  return (
    <Announce value={announce}>
      {children}
      <VisuallyHidden role="status" key={said.turn % 2}>
        {said.message}
      </VisuallyHidden>
    </Announce>
  )
}
