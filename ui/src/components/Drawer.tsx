import { Drawer as Base, type DrawerProps } from '@mantine/core'
import { useGiveBack } from './useGiveBack'

/** What slides in from the side. It gives the keyboard back to what opened it, also when it is removed while open. */
export function Drawer(props: DrawerProps) {
  useGiveBack(props.opened)
  return <Base {...props} returnFocus={false} />
}
