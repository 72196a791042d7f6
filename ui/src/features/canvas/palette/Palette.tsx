import { Text } from '@mantine/core'
import { IconUser } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import type { NodeType } from '../../../api/nodeTypes'
import { Modal } from '../../../components/Modal'
import { SearchList, type Entry, type EntryGroup } from '../../../components/SearchList'
import { StepIcon } from '../../../components/StepIcon'
import { placeKey } from '../../../lib/document/edit'
import { canvas as words } from '../../../lib/text/en/canvas'
import { useDesk } from '../desk'
import { useEditor, useEditorStore } from '../store'
import type { Adding } from '../store/view'
import { entries, recentTypes, rememberType } from './entries'
import classes from './Palette.module.css'
import { useAdd } from './useAdd'

/** Where steps and triggers are chosen; opened by a +. */
export function Palette() {
  const store = useEditorStore()
  const adding = useEditor((s) => s.adding)
  const done = () => store.getState().setView({ adding: undefined })
  const close = () => {
    const opener = adding?.what === 'step' ? `[data-plus="+${placeKey(adding.place)}"]` : '[data-plus]'
    done()
    document.querySelector<HTMLElement>(opener)?.focus()
  }
  const title = adding?.what === 'trigger' ? words.palette.trigger : words.palette.step
  return (
    <Modal opened={adding !== undefined} onClose={close} title={title} size={640} yOffset="8vh" centered={false} returnFocus={false}>
      {adding && <Chooser key={adding.what} adding={adding} onDone={done} />}
    </Modal>
  )
}

interface TypeEntry extends Entry {
  type: NodeType
}

function entryOf(type: NodeType): TypeEntry {
  const mark = type.contact === 'required' && (
    <span className={classes.mark}>
      <IconUser size={14} aria-hidden />
      {words.card.needsContact}
    </span>
  )
  return { id: type.type, label: type.name, help: type.summary, icon: <StepIcon type={type.type} />, mark, type }
}

function Chooser({ adding, onDone }: { adding: Adding; onDone: () => void }) {
  const { types, nodeType } = useDesk()
  const add = useAdd()
  const [wanted, setWanted] = useState('')
  const groups = useMemo<EntryGroup<TypeEntry>[]>(() => {
    const wantsTrigger = adding.what === 'trigger'
    const fits = [...types.values()].filter((t) => t.kind !== 'connection' && (t.kind === 'trigger') === wantsTrigger)
    const named = fits.map((t) => nodeType(t.type))
    return entries(named, wanted, recentTypes()).map((g) => ({ title: g.title, entries: g.types.map(entryOf) }))
  }, [types, nodeType, adding.what, wanted])
  return (
    <SearchList
      label={words.palette.search}
      placeholder={words.palette.search}
      wanted={wanted}
      onSearch={setWanted}
      groups={groups}
      onPick={({ type }) => {
        rememberType(type.type)
        add(adding, type)
        onDone()
      }}
      none={
        <>
          <b>{words.palette.none}</b>
          <Text size="sm" c="dimmed">
            {words.palette.noneHelp}
          </Text>
        </>
      }
    />
  )
}
