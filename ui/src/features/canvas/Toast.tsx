import { createContext, useCallback, useContext, useEffect, useState, type ReactNode } from 'react'
import { useAnnounce } from '../../components/Announcer'
import classes from './Editor.module.css'

const SHOWN_MS = 4_000

const Toast = createContext<(message: string) => void>(() => undefined)

/** Says a message: shown for a moment, and read out. */
export const useToast = () => useContext(Toast)

export function ToastProvider({ children }: { children: ReactNode }) {
  const announce = useAnnounce()
  const [shown, setShown] = useState<{ message: string }>()
  const say = useCallback(
    (message: string) => {
      setShown({ message })
      announce(message)
    },
    [announce],
  )
  useEffect(() => {
    if (!shown) return undefined
    const timer = setTimeout(() => setShown(undefined), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [shown])
  return (
    <Toast value={say}>
      {children}
      {shown && (
        <div className={classes.toast} aria-hidden>
          {shown.message}
        </div>
      )}
    </Toast>
  )
}
