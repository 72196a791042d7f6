import { useEffect, useRef } from 'react'
import { useEditor } from '../store'

/** Takes the keyboard when this card becomes the current one by keyboard. */
export function useFocusOfCurrent(id: string) {
  const button = useRef<HTMLButtonElement>(null)
  const wanted = useEditor((s) => s.focusOn?.id === id && s.focusOn)
  useEffect(() => {
    if (wanted) button.current?.focus({ preventScroll: true })
  }, [wanted])
  return button
}
