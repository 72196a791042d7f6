import { ActionIcon, TextInput } from '@mantine/core'
import { IconSearch, IconX } from '@tabler/icons-react'
import { useMemo, useState, type KeyboardEvent } from 'react'
import { stepName } from '../../lib/definition'
import { canvas } from '../../lib/text/en/canvas'
import { useActions } from './actions/context'
import { useDesk } from './desk'
import classes from './Find.module.css'
import { search } from './search'
import { useEditor, useEditorStore } from './store'

const words = canvas.find

/** The search over the canvas (Ctrl+F). */
export function Find() {
  const finding = useEditor((s) => s.finding)
  return finding ? <Search /> : null
}

function Search() {
  const { nodeType } = useDesk()
  const { flow } = useActions()
  const store = useEditorStore()
  const definition = useEditor((s) => s.draft.definition)
  const [wanted, setWanted] = useState('')
  const [at, setAt] = useState(-1)
  const found = useMemo(() => search(definition, wanted, nodeType), [definition, wanted, nodeType])
  const close = () => store.getState().setView({ finding: false })
  const go = (index: number) => {
    const hit = found[index]
    if (!hit) return
    setAt(index)
    if (definition.triggers?.some((t) => t.id === hit.id)) store.getState().setView({ allTriggers: true })
    store.getState().select(hit.id, false)
    flow.reveal(hit.id)
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && found.length > 0) go((at + (event.shiftKey ? -1 : 1) + found.length) % found.length)
    else if (event.key === 'ArrowDown') go(Math.min(found.length - 1, at + 1))
    else if (event.key === 'ArrowUp') go(Math.max(0, at - 1))
    else if (event.key === 'Escape') close()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <search className={classes.box}>
      <div className={classes.line}>
        <TextInput
          className={classes.input}
          aria-label={words.label}
          placeholder={words.label}
          autoFocus
          leftSection={<IconSearch size={17} aria-hidden />}
          value={wanted}
          onChange={(event) => {
            setWanted(event.currentTarget.value)
            setAt(-1)
          }}
          onKeyDown={onKey}
        />
        <ActionIcon size="lg" aria-label={words.close} onClick={close}>
          <IconX size={18} aria-hidden />
        </ActionIcon>
      </div>
      <span role="status" className={classes.count}>
        {wanted.trim() !== '' && words.results(found.length)}
      </span>
      {found.length > 0 && (
        <ul className={classes.list}>
          {found.map((hit, index) => (
            <li key={hit.id}>
              <button type="button" aria-current={index === at || undefined} onClick={() => go(index)}>
                <b>{stepName(hit.subject, nodeType(hit.subject.type).name)}</b>
                <span>{hit.in ? words.in(hit.in) : nodeType(hit.subject.type).name}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </search>
  )
}
