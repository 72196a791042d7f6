import { ActionIcon, Text } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { IconBraces, IconEdit, IconPlus, IconTrash } from '@tabler/icons-react'
import { useParams } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { deleteValue, valuesQuery, type CustomValue } from '../../api/settings'
import { MayButton } from '../../components/MayButton'
import { CopyButton } from '../../components/CopyButton'
import listClasses from '../../components/List.module.css'
import { ListFrame } from '../../components/ListFrame'
import { NoneMatch } from '../../components/NoneMatch'
import { Empty, Page } from '../../components/Page'
import { SearchBox } from '../../components/SearchBox'
import { TimeAgo } from '../../components/TimeAgo'
import { printJson } from '../../lib/json'
import { common } from '../../lib/text/en/common'
import { values as words } from '../../lib/text/en/setup'
import classes from './Values.module.css'

const ValueDialog = lazy(() => import('./ValueDialog').then((m) => ({ default: m.ValueDialog })))
const ConfirmDialog = lazy(() => import('../../components/ConfirmDialog').then((m) => ({ default: m.ConfirmDialog })))

const shown = (value: unknown) => (typeof value === 'string' ? value : printJson(value, 0))
const SEARCH_FROM = 8

/** Values that many workflows share. */
export function ValuesPage() {
  const { ws } = useParams({ from: '/w/$ws/values' })
  const list = useInfiniteQuery(valuesQuery(ws))
  const [wanted, setWanted] = useState('')
  const [editing, setEditing] = useState<CustomValue | 'new'>()
  const [removing, setRemoving] = useState<CustomValue>()
  const needle = wanted.trim().toLocaleLowerCase()
  const total = list.data?.pages.reduce((sum, page) => sum + (page.items?.length ?? 0), 0) ?? 0
  const create = (
    <MayButton ws={ws} needs="values:write" leftSection={<IconPlus size={17} aria-hidden />} onClick={() => setEditing('new')}>
      {words.create}
    </MayButton>
  )
  return (
    <Page title={words.title} help={words.help} actions={total > 0 ? create : undefined}>
      {total >= SEARCH_FROM && (
        <div className={listClasses.tools}>
          <SearchBox label={words.search} value={wanted} onChange={setWanted} />
        </div>
      )}
      <ListFrame
        list={list}
        label={words.title}
        keep={needle === '' ? undefined : (v) => `${v.name} ${v.key} ${shown(v.value)}`.toLocaleLowerCase().includes(needle)}
        empty={
          needle === '' ? (
            <Empty icon={IconBraces} title={words.emptyTitle} action={create}>
              <Text c="dimmed">{words.emptyHelp}</Text>
            </Empty>
          ) : (
            <NoneMatch title={words.none} help={words.noneHelp} />
          )
        }
        row={(value) => (
          <li key={value.id} className={`${listClasses.row} ${classes.row}`}>
            <div className={classes.cell}>
              <div className={classes.name}>{value.name}</div>
              <div className={`${listClasses.dim} ${classes.key}`}>{value.key}</div>
            </div>
            <div className={`${classes.cell} ${listClasses.clip}`} title={shown(value.value)}>
              {shown(value.value)}
            </div>
            <span className={listClasses.dim}>
              <TimeAgo at={value.updated_at} />
            </span>
            <div className={classes.actions}>
              <CopyButton value={`{{ custom_values.${value.key} }}`} label={words.copy(value.key)} />
              <ActionIcon size="lg" aria-label={words.editOne(value.name)} onClick={() => setEditing(value)}>
                <IconEdit size={18} aria-hidden />
              </ActionIcon>
              <ActionIcon size="lg" aria-label={words.removeOne(value.name)} onClick={() => setRemoving(value)}>
                <IconTrash size={18} aria-hidden />
              </ActionIcon>
            </div>
          </li>
        )}
      />
      <Suspense>
        {editing && <ValueDialog ws={ws} value={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />}
        {removing && <Remove ws={ws} value={removing} onClose={() => setRemoving(undefined)} />}
      </Suspense>
    </Page>
  )
}

function Remove({ ws, value, onClose }: { ws: string; value: CustomValue; onClose: () => void }) {
  const client = useQueryClient()
  const remove = useMutation({
    mutationFn: () => deleteValue(ws, value.id),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['ws', ws, 'values'] })
      onClose()
    },
  })
  return (
    <ConfirmDialog title={words.removeTitle(value.name)} confirm={common.remove} pending={remove.isPending} error={remove.error} onConfirm={() => remove.mutate()} onClose={onClose}>
      {words.removeHelp}
    </ConfirmDialog>
  )
}
