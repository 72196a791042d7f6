import { UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import {
  IconAddressBook,
  IconAlertTriangle,
  IconBraces,
  IconDots,
  IconForms,
  IconGift,
  IconHistory,
  IconHome,
  IconInbox,
  IconKey,
  IconListCheck,
  IconMail,
  IconPlugConnected,
  IconReceipt,
  IconRoute,
  IconSend,
  IconSettings,
  IconUserCog,
  IconUsers,
  IconWebhook,
  IconTemplate,
  type Icon,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { failuresQuery } from '../api/health'
import { meQuery, seesMany } from '../api/session'
import { text } from '../lib/text'
import { shell } from '../lib/text/en/shell'
import { lazyMenu } from './lazyMenu'
import { useMay } from './useMay'
import classes from './Shell.module.css'

interface Entry {
  to:
    | '/w/$ws'
    | '/w/$ws/workflows'
    | '/w/$ws/templates'
    | '/w/$ws/requests'
    | '/w/$ws/runs'
    | '/w/$ws/attention'
    | '/w/$ws/contacts'
    | '/w/$ws/offers'
    | '/w/$ws/sales'
    | '/w/$ws/forms'
    | '/w/$ws/values'
    | '/w/$ws/connections'
    | '/w/$ws/clients'
    | '/w/$ws/keys'
    | '/w/$ws/members'
    | '/w/$ws/audit'
    | '/w/$ws/hooks'
    | '/w/$ws/deliveries'
    | '/w/$ws/outbox'
    | '/w/$ws/settings'
  label: string
  icon: Icon
  /** For those who see several workspaces. */
  many?: boolean
  /** Stands in the bar of narrow screens; the others are behind "More". */
  first?: boolean
  /** The right that the page needs; it is left out for who has it not. */
  needs?: string
}

interface Section {
  title?: string
  entries: Entry[]
}

/** Every page, in the groups in which people look for them. */
export const SECTIONS: Section[] = [
  {
    entries: [
      { to: '/w/$ws/clients', label: shell.clients, icon: IconUsers, many: true },
      { to: '/w/$ws', label: shell.home, icon: IconHome, first: true },
      { to: '/w/$ws/workflows', label: shell.workflows, icon: IconRoute, first: true },
      { to: '/w/$ws/templates', label: shell.templates, icon: IconTemplate, needs: 'payloads:read' },
    ],
  },
  {
    title: shell.groups.watch,
    entries: [
      { to: '/w/$ws/requests', label: shell.requests, icon: IconInbox, needs: 'runs:read' },
      { to: '/w/$ws/runs', label: shell.runs, icon: IconHistory, first: true, needs: 'runs:read' },
      { to: '/w/$ws/deliveries', label: shell.deliveries, icon: IconSend, needs: 'hooks:read' },
      { to: '/w/$ws/attention', label: shell.attention, icon: IconAlertTriangle, needs: 'runs:read' },
    ],
  },
  {
    title: shell.groups.people,
    entries: [
      { to: '/w/$ws/contacts', label: shell.contacts, icon: IconAddressBook, first: true, needs: 'contacts:read' },
      { to: '/w/$ws/offers', label: shell.offers, icon: IconGift, needs: 'offers:read' },
      { to: '/w/$ws/sales', label: shell.sales, icon: IconReceipt, needs: 'sales:read' },
      { to: '/w/$ws/forms', label: shell.forms, icon: IconForms, needs: 'forms:read' },
    ],
  },
  {
    title: shell.groups.setUp,
    entries: [
      { to: '/w/$ws/values', label: shell.values, icon: IconBraces, needs: 'values:read' },
      { to: '/w/$ws/connections', label: shell.connections, icon: IconPlugConnected, needs: 'connections:read' },
      { to: '/w/$ws/hooks', label: shell.hooks, icon: IconWebhook, needs: 'hooks:read' },
      { to: '/w/$ws/members', label: shell.members, icon: IconUserCog, needs: 'members:read' },
      { to: '/w/$ws/keys', label: shell.keys, icon: IconKey, needs: 'keys:read' },
      { to: '/w/$ws/audit', label: shell.audit, icon: IconListCheck, needs: 'audit:read' },
      { to: '/w/$ws/outbox', label: shell.outbox, icon: IconMail, needs: 'workspaces:write' },
      { to: '/w/$ws/settings', label: shell.settings, icon: IconSettings, needs: 'workspaces:write' },
    ],
  },
]

/** The pages that the signed-in person may see. */
export function useSections(ws: string): Section[] {
  const { may } = useMay(ws)
  return SECTIONS.map((s) => ({ ...s, entries: s.entries.filter((e) => !e.needs || may(e.needs)) })).filter((s) => s.entries.length > 0)
}

/** The way to every page: at the side, as icons on a tablet, as a bar on a phone. */
export function Navigation({ ws }: { ws: string }) {
  const { may } = useMay(ws)
  const { data: stuck = 0 } = useQuery({ ...failuresQuery(ws), enabled: may('runs:read'), select: (page) => page.items.reduce((sum, group) => sum + group.count, 0) })
  const { data: many = false } = useQuery({ ...meQuery, select: seesMany })
  return (
    <nav className={classes.nav} aria-label={text.shell.navigation}>
      {useSections(ws).map((section) => (
        <div key={section.title ?? ''} className={classes.section}>
          {section.title && (
            <div className={classes.sectionTitle} aria-hidden>
              {section.title}
            </div>
          )}
          {section.entries.filter((entry) => !entry.many || many).map((entry) => (
            <NavLink key={entry.to} ws={ws} entry={entry} count={entry.to === '/w/$ws/attention' ? stuck : 0} />
          ))}
        </div>
      ))}
      <div className={classes.moreLink}>
        <More ws={ws} />
      </div>
    </nav>
  )
}

function NavLink({ ws, entry, count }: { ws: string; entry: Entry; count: number }) {
  const { to, label, icon: Icon, first } = entry
  return (
    <Link
      to={to}
      params={{ ws }}
      className={`${classes.link} ${first ? '' : classes.later}`}
      activeOptions={{ includeSearch: false, exact: to === '/w/$ws' }}
      title={label}
    >
      <Icon size={20} stroke={1.8} aria-hidden />
      <span className={classes.linkText}>{label}</span>
      {count > 0 && (
        <span className={classes.count} aria-label={shell.waiting(count)} role="img">
          {count > 99 ? '99+' : count}
        </span>
      )}
    </Link>
  )
}

const More = lazyMenu<{ ws: string }>(
  () => import('./MoreMenu').then((m) => m.MoreMenu),
  (_props, press, prepare) => (
    <UnstyledButton className={classes.link} aria-haspopup="menu" onClick={press} onPointerEnter={prepare} onFocus={prepare}>
      <IconDots size={20} aria-hidden />
      <span className={classes.linkText}>{shell.more}</span>
    </UnstyledButton>
  ),
)
