import { useEffect, useRef, useState } from 'react'

/**
 * Props of a menu that may have to be open from the start, because the button
 * that stood here while it was loaded was pressed. The menu's own button takes
 * the keyboard first, so that it has somewhere to go back to.
 */
export function useOpened<Target extends HTMLElement = HTMLButtonElement>(opened: boolean) {
  const target = useRef<Target>(null)
  const [open, setOpen] = useState(false)
  useEffect(() => {
    if (!opened) return
    target.current?.focus({ preventScroll: true })
    setOpen(true)
  }, [opened])
  return { target, menu: { opened: open, onChange: setOpen } }
}
