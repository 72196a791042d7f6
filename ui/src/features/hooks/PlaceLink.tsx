import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Hook } from '../../api/hooks'
import listClasses from '../../components/List.module.css'
import { hooks as words } from '../../lib/text/en/hooks'

/** Leads to the page on which the address of a hook stands; nothing for a hook of its own. */
export function PlaceLink({ ws, hook, children }: { ws: string; hook: Hook; children?: ReactNode }) {
  const { place, resource_id: id } = hook
  if (place === '') return null
  const shared = { inherit: true, underline: 'always' as const, className: listClasses.above }
  const label = children ?? words.places[place]
  if (place === 'offer' && id) {
    return (
      <Anchor {...shared} renderRoot={(props) => <Link to="/w/$ws/offers/$id" params={{ ws, id }} {...props} />}>
        {label}
      </Anchor>
    )
  }
  if (place === 'form' && id) {
    return (
      <Anchor {...shared} renderRoot={(props) => <Link to="/w/$ws/forms/$id" params={{ ws, id }} search={{ tab: 'share' }} {...props} />}>
        {label}
      </Anchor>
    )
  }
  return (
    <Anchor {...shared} renderRoot={(props) => <Link to="/w/$ws/settings" params={{ ws }} {...props} />}>
      {label}
    </Anchor>
  )
}
