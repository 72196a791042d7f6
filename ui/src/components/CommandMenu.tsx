import { useDebouncedValue } from '@mantine/hooks'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { IconAddressBook, IconBuilding, IconHistory, IconInbox, IconRoute } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { searchQuery } from '../api/agency'
import { meQuery, seesMany } from '../api/session'
import { workflowsQuery } from '../api/workflows'
import { allCommands, type Command } from '../lib/commands'
import { foundPlace } from '../lib/foundPlace'
import { shell } from '../lib/text/en/shell'
import { Modal } from './Modal'
import { SECTIONS } from './Navigation'
import { SearchList, type Entry, type EntryGroup } from './SearchList'

const words = shell.commands
const MOST_WORKFLOWS = 6
const MOST_FOUND = 8
/** Shorter words find too much to be worth asking for. */
const FEWEST = 3

interface CommandEntry extends Entry {
  run: () => void
}

/** Everything that can be done or opened from here, by a few letters of its name. */
export function CommandMenu({ ws, onClose }: { ws: string; onClose: () => void }) {
  const [wanted, setWanted] = useState('')
  const [commands] = useState(allCommands)
  const pages = usePages(ws)
  const workflows = useWorkflows(ws, wanted)
  const clients = useClients(ws)
  const elsewhere = useEverywhere(ws, wanted)
  const groups = useMemo(
    () => [...grouped([...commands, ...workflows, ...pages, ...clients], wanted), ...elsewhere],
    [commands, workflows, pages, clients, elsewhere, wanted],
  )
  return (
    <Modal opened onClose={onClose} title={words.title} size={600} yOffset="10vh" centered={false}>
      <SearchList
        label={words.search}
        placeholder={words.search}
        wanted={wanted}
        onSearch={setWanted}
        groups={groups}
        onPick={(entry) => {
          onClose()
          // After the menu has gone, so that what opens now keeps the focus.
          setTimeout(entry.run)
        }}
        none={<b>{words.none}</b>}
      />
    </Modal>
  )
}

function grouped(commands: Command[], wanted: string): EntryGroup<CommandEntry>[] {
  const needles = wanted.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  const groups = new Map<string, CommandEntry[]>()
  for (const command of commands) {
    const text = `${command.label} ${command.group} ${command.words ?? ''}`.toLocaleLowerCase()
    if (!needles.every((needle) => text.includes(needle))) continue
    groups.set(command.group, [...(groups.get(command.group) ?? []), entryOf(command)])
  }
  return [...groups].map(([title, entries]) => ({ title, entries }))
}

const entryOf = ({ id, label, hint, icon: Icon, run }: Command): CommandEntry => ({
  id,
  label,
  run,
  icon: Icon && <Icon size={19} aria-hidden />,
  mark: hint && <kbd style={{ font: 'inherit', fontSize: '0.8125rem' }}>{hint}</kbd>,
})

function usePages(ws: string): Command[] {
  const navigate = useNavigate()
  return useMemo(
    () =>
      SECTIONS.flatMap((section) => section.entries).map(({ to, label, icon }) => ({
        id: `page.${to}`,
        label,
        group: words.pages,
        icon,
        run: () => void navigate({ to, params: { ws } }),
      })),
    [navigate, ws],
  )
}

/** The way to other workspaces, by a part of their name. */
function useClients(ws: string): Command[] {
  const navigate = useNavigate()
  const { data: me } = useQuery(meQuery)
  return useMemo(
    () =>
      (me?.workspaces ?? [])
        .filter((w) => w.slug !== ws && w.id !== ws)
        .map((w) => ({
          id: `client.${w.id}`,
          label: w.name,
          group: words.clients,
          words: w.slug,
          icon: IconBuilding,
          run: () => void navigate({ to: '/w/$ws', params: { ws: w.slug } }),
        })),
    [me, navigate, ws],
  )
}

const FOUND_ICONS = { contact: IconAddressBook, workflow: IconRoute, run: IconHistory, request: IconInbox }

/** What the server finds at all clients: e-mails, ids, workflows of others. It matched there, so nothing narrows it here. */
function useEverywhere(ws: string, wanted: string): EntryGroup<CommandEntry>[] {
  const navigate = useNavigate()
  const [q] = useDebouncedValue(wanted.trim(), 250)
  const { data: many = false } = useQuery({ ...meQuery, select: seesMany })
  const { data } = useQuery({ ...searchQuery(q), enabled: many && q.length >= FEWEST })
  return useMemo(() => {
    const items = (q.length < FEWEST ? [] : (data?.items ?? [])).filter((f) => f.kind !== 'workflow' || (f.workspace.slug !== ws && f.workspace.id !== ws))
    const entries = items.slice(0, MOST_FOUND).map((f) =>
      entryOf({
        id: `found.${f.kind}.${f.id}`,
        label: `${f.label} ${words.inClient(f.workspace.name)}`,
        group: words.everywhere,
        icon: FOUND_ICONS[f.kind],
        run: () => void navigate(foundPlace(f)),
      }),
    )
    return entries.length > 0 ? [{ title: words.everywhere, entries }] : []
  }, [data, navigate, q, ws])
}

/** Workflows by a part of their name. */
function useWorkflows(ws: string, wanted: string): Command[] {
  const navigate = useNavigate()
  const [q] = useDebouncedValue(wanted.trim(), 200)
  const { data } = useInfiniteQuery({ ...workflowsQuery(ws, { q }), enabled: q !== '' })
  return useMemo(
    () =>
      (q === '' ? [] : (data?.pages[0]?.items ?? [])).slice(0, MOST_WORKFLOWS).map((workflow) => ({
        id: `workflow.${workflow.id}`,
        label: workflow.name,
        group: words.workflows,
        icon: IconRoute,
        run: () => void navigate({ to: '/w/$ws/workflows/$id', params: { ws, id: workflow.id }, search: {} }),
      })),
    [data, navigate, ws, q],
  )
}
