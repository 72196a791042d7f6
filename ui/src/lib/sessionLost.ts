// Whether the session ended while pages were open. They stay as they are, so
// that nothing typed is lost, until the person signs in again over them.
import { useSyncExternalStore } from 'react'

let lost = false
const listeners = new Set<() => void>()

export const sessionLost = {
  get: () => lost,
  set(value: boolean) {
    if (value === lost) return
    lost = value
    for (const listener of listeners) listener()
  },
  subscribe(listener: () => void) {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  },
}

export const useSessionLost = () => useSyncExternalStore(sessionLost.subscribe, sessionLost.get)
