import { Button, Text } from '@mantine/core'
import { IconUserPlus } from '@tabler/icons-react'
import { useLayoutEffect } from 'react'
import { canvas as words } from '../../../lib/text/en/canvas'
import classes from './Panel.module.css'
import type { ContactOfferProps } from './useContactOffer'

/** Leads from the first sample to the contact that it is about. */
export function ContactOffer({ who, create, find }: ContactOfferProps) {
  useLayoutEffect(keepFocusInView, [])
  return (
    <section className={classes.offer} aria-label={words.contactOffer.label}>
      <div>
        <Text size="sm" fw={600}>
          {words.contactOffer.title(who)}
        </Text>
        <Text size="sm">{words.contactOffer.help}</Text>
      </div>
      <Button leftSection={<IconUserPlus size={17} aria-hidden />} onClick={create}>
        {words.contactOffer.create}
      </Button>
      {find && (
        <Button variant="default" size="xs" onClick={find}>
          {words.contactOffer.find}
        </Button>
      )}
    </section>
  )
}

/** The offer takes room from the form above it: what has the keyboard there stays in view, now and when a dialog gives it back. */
function keepFocusInView() {
  const show = (at: EventTarget | null) => {
    if (at instanceof Element && at.closest('aside[data-panel] [role=tabpanel]')) at.scrollIntoView({ block: 'nearest' })
  }
  const onFocus = (event: FocusEvent) => show(event.target)
  show(document.activeElement)
  document.addEventListener('focusin', onFocus)
  return () => document.removeEventListener('focusin', onFocus)
}
