// Shortcuts as text: "mod+shift+z", "Delete", "a". mod is Ctrl, and the command
// key on a Mac.

const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform)

interface Pressed {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  shiftKey: boolean
  altKey: boolean
}

/** Whether a key event is the shortcut. */
export function isPressed(event: Pressed, shortcut: string): boolean {
  const parts = shortcut.split('+')
  const key = parts.at(-1) ?? ''
  const wants = (name: string) => parts.includes(name)
  const mod = isMac ? event.metaKey : event.ctrlKey
  const other = isMac ? event.ctrlKey : event.metaKey
  // Signs such as ? need Shift on some keyboards and not on others.
  const shiftFits = event.shiftKey === wants('shift') || (key.length === 1 && !/[a-z0-9]/i.test(key))
  return event.key.toLowerCase() === key.toLowerCase() && mod === wants('mod') && !other && event.altKey === wants('alt') && shiftFits
}

/** Whether a shortcut is one key without Ctrl or Alt: a letter that people also type. */
export const isSingle = (shortcut: string): boolean => !/mod|alt/.test(shortcut) && /(^|\+)[a-z0-9]$/.test(shortcut)

const WORDS: Record<string, string> = {
  mod: isMac ? '⌘' : 'Ctrl',
  shift: 'Shift',
  alt: 'Alt',
  Delete: 'Del',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
}

/** A shortcut as people read it: "Ctrl+Shift+Z". */
export const keyWords = (shortcut: string): string =>
  shortcut
    .split('+')
    .map((part) => WORDS[part] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join('+')
