import { Button, type ButtonProps } from '@mantine/core'
import type { ComponentPropsWithoutRef } from 'react'
import { useMay } from './useMay'

interface Props extends ButtonProps, Omit<ComponentPropsWithoutRef<'button'>, keyof ButtonProps> {
  ws: string
  /** The right without which the button is off and says why. */
  needs: string
}

/** A button for what not every role may do. */
export function MayButton({ ws, needs, ...props }: Props) {
  return <Button {...props} {...useMay(ws).unless(needs)} />
}
