import { useEffect, useRef } from 'react'
import { useEditor } from '../store'

/** Takes the keyboard when this card becomes the current one by keyboard. */
export function useFocusOfCurrent(id: string) {
  const button = useRef<HTMLButtonElement>(null)
  const wanted = useEditor((s) => s.focusOn?.id === id && s.focusOn)
  useEffect(() => {
    // It may be drawn late; by then somebody may type in the panel already.
    if (wanted && !document.activeElement?.closest('aside[data-panel]')) button.current?.focus({ preventScroll: true })
  }, [wanted])
  return button
}
