import type { KeyboardEvent } from 'react'

/**
 * For dialogs that go away at once: Escape is theirs alone. The library closes
 * a dialog before others hear the key, who then take it for their own and close
 * the panel too.
 */
export const closedByEscape = (close: () => void) => ({
  closeOnEscape: false,
  onKeyDown: (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    event.preventDefault()
    close()
  },
})
