import { Button, Group, Modal as Base, Text, type ModalProps } from '@mantine/core'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { common } from '../lib/text/en/common'
import { useGiveBack } from './useGiveBack'

const words = common.discard

interface Props extends ModalProps {
  /** Whether something was typed that closing would lose: Escape, the cross and a click beside it ask first. */
  changed?: boolean
}

/**
 * Every dialog of the app. It gives the keyboard back to what opened it, also
 * when it is removed while open; Escape is its own alone: the page below does
 * not hear it.
 */
export function Modal({ changed = false, returnFocus = true, closeOnEscape = true, onClose, onKeyDown, children, ...props }: Props) {
  const [asking, setAsking] = useState(false)
  useGiveBack(props.opened && returnFocus)
  const close = () => (changed ? setAsking(true) : onClose())
  useEscapeNowhere(props.opened, closeOnEscape && !asking, close)
  const escape = (event: KeyboardEvent<HTMLDivElement>) => {
    onKeyDown?.(event)
    if (!isOwnEscape(event)) return
    event.preventDefault()
    if (closeOnEscape) close()
  }
  return (
    <Base {...props} returnFocus={false} closeOnEscape={false} onClose={close} onKeyDown={escape}>
      {children}
      {asking && <Question zIndex={props.zIndex} onStay={() => setAsking(false)} onLeave={onClose} />}
    </Base>
  )
}

/** Escape in the dialog itself, and not in a menu or list that is open over it. */
function isOwnEscape(event: KeyboardEvent<HTMLDivElement>): boolean {
  const { target } = event
  if (event.key !== 'Escape' || event.defaultPrevented || event.nativeEvent.isComposing) return false
  if (!(target instanceof Element) || !event.currentTarget.contains(target)) return false
  return target.getAttribute('data-mantine-stop-propagation') !== 'true'
}

/** The open dialogs, the last one uppermost. */
const stack: object[] = []

/** Escape while nothing has the keyboard, as after a click on plain words: only the uppermost dialog hears it. */
function useEscapeNowhere(opened: boolean, active: boolean, close: () => void): void {
  const own = useRef({}).current
  useEffect(() => {
    if (!opened) return
    stack.push(own)
    return () => void stack.splice(stack.indexOf(own), 1)
  }, [opened, own])
  useEffect(() => {
    if (!opened || !active) return
    const heard = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'Escape' || event.target !== document.body || event.defaultPrevented || stack.at(-1) !== own) return
      event.preventDefault()
      close()
    }
    window.addEventListener('keydown', heard, { capture: true })
    return () => window.removeEventListener('keydown', heard, { capture: true })
  })
}

function Question({ zIndex, onStay, onLeave }: { zIndex: ModalProps['zIndex']; onStay: () => void; onLeave: () => void }) {
  return (
    <Modal opened onClose={onStay} title={words.title} size="sm" zIndex={zIndex}>
      <Text size="sm">{words.help}</Text>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onLeave}>
          {words.go}
        </Button>
        <Button data-autofocus onClick={onStay}>
          {words.stay}
        </Button>
      </Group>
    </Modal>
  )
}
