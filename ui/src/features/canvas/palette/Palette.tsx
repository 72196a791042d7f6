import { Modal, Text, TextInput } from '@mantine/core'
import { IconSearch, IconUser } from '@tabler/icons-react'
import { useId, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import type { NodeType } from '../../../api/nodeTypes'
import { StepIcon } from '../../../components/StepIcon'
import { addTrigger, insertSteps, newStep, newTrigger } from '../../../lib/document/edit'
import { canvas as words } from '../../../lib/text/en/canvas'
import { useActions } from '../actions/context'
import { useDesk } from '../desk'
import { useEditor, useEditorStore } from '../store'
import type { Adding } from '../store/view'
import { entries, recentTypes, rememberType } from './entries'
import classes from './Palette.module.css'

/** Where steps and triggers are chosen; opened by a +. */
export function Palette() {
  const store = useEditorStore()
  const adding = useEditor((s) => s.adding)
  const close = () => store.getState().setView({ adding: undefined })
  const title = adding?.what === 'trigger' ? words.palette.trigger : words.palette.step
  return (
    <Modal opened={adding !== undefined} onClose={close} title={title} size={640} yOffset="8vh" centered={false} returnFocus>
      {adding && <Chooser key={adding.what} adding={adding} onDone={close} />}
    </Modal>
  )
}

function Chooser({ adding, onDone }: { adding: Adding; onDone: () => void }) {
  const { types, nodeType } = useDesk()
  const add = useAdd()
  const [wanted, setWanted] = useState('')
  const [at, setAt] = useState(0)
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const groups = useMemo(() => {
    const fits = [...types.values()].filter((t) => (adding.what === 'trigger' ? t.kind === 'trigger' : t.kind !== 'trigger' && t.kind !== 'connection'))
    return entries(fits.map((t) => nodeType(t.type)), wanted, recentTypes())
  }, [types, nodeType, adding.what, wanted])
  const flat = groups.flatMap((g) => g.types)
  const take = (type: NodeType | undefined) => {
    if (!type) return
    rememberType(type.type)
    add(adding, type)
    onDone()
  }
  const onKey = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (by !== undefined && flat.length > 0) {
      event.preventDefault()
      const next = (at + by + flat.length) % flat.length
      setAt(next)
      list.current?.querySelectorAll('[role=option]')[next]?.scrollIntoView({ block: 'nearest' })
    }
    if (event.key === 'Enter') {
      event.preventDefault()
      take(flat[at])
    }
  }
  let n = 0
  return (
    <>
      <TextInput
        data-autofocus
        role="combobox"
        aria-expanded
        aria-controls={`${id}-list`}
        aria-activedescendant={flat.length > 0 ? `${id}-${at}` : undefined}
        aria-label={words.palette.search}
        placeholder={words.palette.search}
        leftSection={<IconSearch size={18} aria-hidden />}
        value={wanted}
        onChange={(event) => {
          setWanted(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={onKey}
      />
      <div ref={list} id={`${id}-list`} role="listbox" aria-label={words.palette.step} className={classes.list}>
        {groups.map((group) => (
          <div key={group.title} role="group" aria-label={group.title || words.palette.step}>
            {group.title && <div className={classes.group}>{group.title}</div>}
            {group.types.map((type) => {
              const index = n++
              return (
                <div
                  key={type.type}
                  id={`${id}-${index}`}
                  role="option"
                  aria-selected={index === at}
                  data-type={type.type}
                  className={classes.entry}
                  onClick={() => take(type)}
                  onPointerMove={() => setAt(index)}
                >
                  <StepIcon type={type.type} />
                  <span className={classes.words}>
                    <b>{type.name}</b>
                    <span>{type.summary}</span>
                  </span>
                  {type.contact === 'required' && (
                    <span className={classes.mark}>
                      <IconUser size={14} aria-hidden />
                      {words.card.needsContact}
                    </span>
                  )}
                </div>
              )
            })}
          </div>
        ))}
        {flat.length === 0 && (
          <div className={classes.none}>
            <b>{words.palette.none}</b>
            <Text size="sm" c="dimmed">
              {words.palette.noneHelp}
            </Text>
          </div>
        )}
      </div>
    </>
  )
}

/** Adds what was chosen, and opens it. */
function useAdd() {
  const store = useEditorStore()
  const { flow } = useActions()
  return (adding: Adding, type: NodeType) => {
    const { draft, edit, select, setTab } = store.getState()
    const { definition } = draft
    const made =
      adding.what === 'trigger'
        ? newTrigger(definition, type)
        : newStep(definition, type, { yes: words.yes, otherwise: words.otherwise })
    const op = adding.what === 'trigger' ? addTrigger(definition, made) : insertSteps(adding.place, [made])
    if (!edit(op)) return
    setTab('setup')
    if (adding.what === 'trigger' && (definition.triggers?.length ?? 0) >= 3) store.getState().setView({ allTriggers: true })
    select(made.id)
    flow.reveal(made.id)
  }
}
