import { useEffect, type RefObject } from 'react'
import { singleKeys } from './singleKeys'
import type { ActionContext } from './action'
import { copied, paste } from './clipboard'
import { ACTIONS } from './index'
import { isPressed, isSingle } from './keys'
import { removeSelected } from './remove'
import { canEdit } from './target'

const TYPED = 'input, textarea, select, [contenteditable=true], [contenteditable=""], [role=textbox]'

const isTyping = (target: EventTarget | null) => target instanceof Element && target.closest(TYPED) !== null
const inDialog = (target: EventTarget | null) => target instanceof Element && target.closest('[role=dialog], [role=menu], [role=listbox]') !== null

/** Lets keys do what actions do, while this editor is on the page. */
export function useShortcuts(c: ActionContext, canvas: RefObject<HTMLElement | null>) {
  useEffect(() => {
    const onCanvas = () => canvas.current?.contains(document.activeElement) === true || document.activeElement === document.body
    const inPanel = () => document.activeElement?.closest('aside[data-panel]') != null
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || inDialog(event.target)) return
      const action = ACTIONS.find((a) => a.keys?.some((key) => fits(event, key)) && !isClipboard(a.id))
      if (!action || (action.onCanvas && !onCanvas() && !(worksInPanel(action.id) && inPanel()))) return
      if (isTyping(event.target) && !worksWhileTyping(action.id) && !worksInPanel(action.id)) return
      takeFocused(c)
      if (action.when && !action.when(c)) return
      event.preventDefault()
      void action.run(c)
    }
    const fits = (event: KeyboardEvent, key: string) => isPressed(event, key) && (!isSingle(key) || (singleKeys.get() && onCanvas()))
    const idle = (event: Event) => isTyping(event.target) || inDialog(event.target) || !onCanvas() || hasTextSelection()
    const onCopy = (event: ClipboardEvent) => {
      if (idle(event)) return
      const text = copied(c)
      if (text === '') return
      event.clipboardData?.setData('text/plain', text)
      event.preventDefault()
      if (event.type === 'cut' && canEdit(c)) removeSelected(c)
    }
    const onPaste = (event: ClipboardEvent) => {
      if (isTyping(event.target) || inDialog(event.target) || !onCanvas() || !canEdit(c)) return
      event.preventDefault()
      paste(c, event.clipboardData?.getData('text/plain') ?? '')
    }
    document.addEventListener('keydown', onKey)
    document.addEventListener('copy', onCopy)
    document.addEventListener('cut', onCopy)
    document.addEventListener('paste', onPaste)
    return () => {
      document.removeEventListener('keydown', onKey)
      document.removeEventListener('copy', onCopy)
      document.removeEventListener('cut', onCopy)
      document.removeEventListener('paste', onPaste)
    }
  }, [c, canvas])
}

/** Who came to a card with Tab means it, unless something is chosen. */
function takeFocused(c: ActionContext) {
  const { selected, select } = c.store.getState()
  const id = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.card : undefined
  if (id !== undefined && selected.size === 0) select(id, false)
}

/** These come as events of the clipboard, which need no permission. */
const isClipboard = (id: string) => id === 'copy' || id === 'cut' || id === 'paste'

/** Undo in a text field is the field's own. */
const worksWhileTyping = (id: string) => id === 'find' || id === 'test' || id === 'clear'

/** A new step begins in its form, and may want its name first. */
const worksInPanel = (id: string) => id === 'rename'

const hasTextSelection = () => (window.getSelection()?.toString() ?? '') !== ''
