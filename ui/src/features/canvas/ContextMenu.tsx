import { Menu } from '@mantine/core'
import { createContext, useContext, useMemo, useState, type MouseEvent, type ReactNode } from 'react'
import { canvas } from '../../lib/text/en/canvas'
import { useActions } from './actions/context'
import { CARD_MENU } from './actions'
import { keyWords } from './actions/keys'
import { useEditorStore } from './store'

interface MenuApi {
  /** Opens the menu of a step or trigger where the mouse is, or at the button. */
  open: (event: MouseEvent<HTMLElement>, id: string) => void
}

const MenuContext = createContext<MenuApi>({ open: () => undefined })
export const useMenu = () => useContext(MenuContext)

/** The menu of a card, and what opens it from within. */
export function ContextMenu({ children }: { children: ReactNode }) {
  const store = useEditorStore()
  const [at, setAt] = useState<{ x: number; y: number; from: HTMLElement }>()
  const api = useMemo<MenuApi>(
    () => ({
      open: (event, id) => {
        event.preventDefault()
        event.stopPropagation()
        const state = store.getState()
        if (!state.selected.has(id)) state.select(id, false)
        const target = event.currentTarget
        const rect = target.getBoundingClientRect()
        const byMouse = event.type === 'contextmenu'
        setAt({ x: byMouse ? event.clientX : rect.left, y: byMouse ? event.clientY : rect.bottom, from: target })
      },
    }),
    [store],
  )
  return (
    <MenuContext value={api}>
      {children}
      {at && <Opened at={at} onClose={() => setAt(undefined)} />}
    </MenuContext>
  )
}

function Opened({ at, onClose }: { at: { x: number; y: number; from: HTMLElement }; onClose: () => void }) {
  const actions = useActions()
  const shown = CARD_MENU.map((group) => group.filter((action) => action.when?.(actions) ?? true)).filter((group) => group.length > 0)
  const close = () => {
    onClose()
    at.from.focus()
  }
  return (
    <Menu opened onClose={close} position="bottom-start" width={260} trapFocus returnFocus={false}>
      <Menu.Target>
        {/* Only a place to hang from, which also names the menu. */}
        <span role="button" aria-hidden aria-label={canvas.actions.ofCard} style={{ position: 'fixed', left: at.x, top: at.y, width: 1, height: 1 }} />
      </Menu.Target>
      <Menu.Dropdown>
        {shown.map((group, index) => (
          <div key={group[0]?.id}>
            {index > 0 && <Menu.Divider />}
            {group.map((action) => (
              <Menu.Item
                key={action.id}
                leftSection={action.icon && <action.icon size={17} aria-hidden />}
                rightSection={action.keys?.[0] && <kbd style={{ fontSize: '0.75rem', color: 'var(--mantine-color-text)' }}>{keyWords(action.keys[0])}</kbd>}
                c={action.danger ? 'var(--mantine-color-error)' : undefined}
                onClick={() => void action.run(actions)}
              >
                {typeof action.label === 'string' ? action.label : action.label(actions)}
              </Menu.Item>
            ))}
          </div>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
