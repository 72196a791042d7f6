import { useBlocker } from '@tanstack/react-router'
import { common } from '../lib/text/en/common'

/** Asks before a page with unsaved changes is left, by a link or with the window. */
export function useLeaveGuard(unsaved: boolean) {
  useBlocker({
    // The browser's own question: it comes in its language and cannot be missed.
    shouldBlockFn: () => unsaved && !window.confirm(`${common.leave.title}\n\n${common.leave.help}`),
    enableBeforeUnload: unsaved,
  })
}
