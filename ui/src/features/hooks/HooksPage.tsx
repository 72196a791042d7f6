import { Button, Skeleton, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { IconList, IconPlus, IconWebhook } from '@tabler/icons-react'
import { Link, useParams } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { hooksQuery, type Hook } from '../../api/hooks'
import { MayButton } from '../../components/MayButton'
import { ListFrame } from '../../components/ListFrame'
import { NoneMatch } from '../../components/NoneMatch'
import { Empty, Page } from '../../components/Page'
import { registerCommands } from '../../lib/commands'
import { hooks as words } from '../../lib/text/en/hooks'
import { stateOf } from './hookAbout'
import type { Wanted } from './HookFilters'
import { HookRow } from './HookRow'
import { useAboutNames } from './useAboutNames'

const HookFilters = lazy(() => import('./HookFilters').then((m) => ({ default: m.HookFilters })))
const HookDialog = lazy(() => import('./HookDialog').then((m) => ({ default: m.HookDialog })))

function fits(hook: Hook, { text, event, state }: Wanted): boolean {
  const needle = text.trim().toLocaleLowerCase()
  return (
    (event === null || hook.event === event) &&
    (state === null || stateOf(hook) === state) &&
    (needle === '' || `${hook.url} ${hook.name}`.toLocaleLowerCase().includes(needle))
  )
}

/** Every address that is called when something happens. */
export function HooksPage() {
  const { ws } = useParams({ from: '/w/$ws/hooks' })
  const list = useInfiniteQuery(hooksQuery(ws))
  const [wanted, setWanted] = useState<Wanted>({ text: '', event: null, state: null })
  const [creating, setCreating] = useState(false)
  useEffect(() => registerCommands(() => [{ id: 'hooks.create', label: words.create, group: words.title, icon: IconPlus, run: () => setCreating(true) }]), [])
  const all = list.data?.pages.flatMap((page) => page.items) ?? []
  const names = useAboutNames(ws, all)
  const narrowed = wanted.text.trim() !== '' || wanted.event !== null || wanted.state !== null
  const create = (
    <MayButton ws={ws} needs="hooks:write" leftSection={<IconPlus size={17} aria-hidden />} onClick={() => setCreating(true)}>
      {words.create}
    </MayButton>
  )
  return (
    <Page
      title={words.title}
      help={words.help}
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconList size={17} aria-hidden />}
            renderRoot={(props) => <Link to="/w/$ws/deliveries" params={{ ws }} search={{}} {...props} />}
          >
            {words.log}
          </Button>
          {all.length > 0 && create}
        </>
      }
    >
      {all.length > 1 && (
        <Suspense fallback={<Skeleton h={36} />}>
          <HookFilters wanted={wanted} onChange={setWanted} />
        </Suspense>
      )}
      <ListFrame
        list={list}
        label={words.title}
        keep={narrowed ? (hook) => fits(hook, wanted) : undefined}
        empty={
          narrowed ? (
            <NoneMatch title={words.none} help={words.noneHelp} />
          ) : (
            <Empty icon={IconWebhook} title={words.emptyTitle} action={create}>
              <Text c="dimmed">{words.emptyHelp}</Text>
            </Empty>
          )
        }
        row={(hook) => <HookRow key={hook.id} ws={ws} hook={hook} about={hook.resource_id ? (names.get(hook.resource_id) ?? hook.resource_id) : undefined} />}
      />
      <Suspense>{creating && <HookDialog ws={ws} onClose={() => setCreating(false)} />}</Suspense>
    </Page>
  )
}
