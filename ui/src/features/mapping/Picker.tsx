import { Button, Text, TextInput } from '@mantine/core'
import { IconPlus, IconSearch } from '@tabler/icons-react'
import { useDeferredValue, useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { mappingWords as words } from '../../lib/text/en/mapping'
import type { MappingFunction } from './api'
import type { Path } from './expression'
import { useMappingWorld } from './MappingScope'
import { NewCustomValue } from './NewCustomValue'
import classes from './Picker.module.css'
import { PickerRow } from './PickerRow'
import { PickerSample } from './PickerSample'
import { CHUNK, searchRows, treeRows, type Row } from './rows'
import type { Source } from './sources'

export type Picked = { path: Path } | { fn: MappingFunction }

interface Props {
  onPick: (picked: Picked) => void
  /** Leaves functions out, where only a value fits. */
  valuesOnly?: boolean
  /** Other sources than those of this place. */
  sources?: Source[]
  /** What was typed elsewhere until the search takes the keyboard; asked for once. */
  typedAhead?: () => string
}

/** Everything that can be inserted: search, values as a tree, functions. */
export function Picker({ onPick, valuesOnly = false, sources: given, typedAhead }: Props) {
  const world = useMappingWorld()
  const sources = given ?? world.sources
  const functions = valuesOnly ? NO_FUNCTIONS : world.language.functions
  const [search, setSearch] = useState('')
  const [making, setMaking] = useState<string>()
  const wanted = useDeferredValue(search.trim())
  const tree = useTree()
  const rows = useMemo(
    () => (wanted === '' ? treeRows(sources, functions, tree.opened) : searchRows(sources, functions, wanted)),
    [sources, functions, tree.opened, wanted],
  )
  const [activeId, setActiveId] = useState<string>()
  const active = rows.find((row) => row.id === activeId) ?? rows.find((row) => row.kind === 'value' && row.open === undefined) ?? rows[0]
  const list = useRef<HTMLDivElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const id = useId()

  // It may take the place of a menu, whose focus would be lost.
  const ahead = useRef(typedAhead)
  useEffect(() => {
    const focus = requestAnimationFrame(() => {
      const typed = ahead.current?.() ?? ''
      ahead.current = undefined
      if (typed !== '') setSearch(typed)
      field.current?.focus({ preventScroll: true })
    })
    return () => cancelAnimationFrame(focus)
  }, [making])
  useEffect(() => {
    list.current?.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest' })
  }, [active?.id])

  const use = (row: Row) => {
    if (row.kind === 'more') tree.more(row.id)
    else if (row.open !== undefined && wanted === '') tree.toggle(row.id)
    else if (row.fn) onPick({ fn: row.fn })
    else if (row.path) onPick({ path: row.path })
    setActiveId(row.id)
  }

  const keys = (event: KeyboardEvent<HTMLInputElement>) => {
    const at = active ? rows.indexOf(active) : -1
    const move = (to: number) => setActiveId(rows[Math.max(0, Math.min(rows.length - 1, to))]?.id)
    const moves: Record<string, () => void> = {
      ArrowDown: () => move(at + 1),
      ArrowUp: () => move(at - 1),
      PageDown: () => move(at + 10),
      PageUp: () => move(at - 10),
      // Who types fast means what stands in the field, not what is shown yet.
      Enter: () => {
        const meant = wanted === search.trim() ? active : searchRows(sources, functions, search.trim())[0]
        if (meant) use(meant)
        else setMaking(search.trim()) // nothing has this name: it can have it
      },
    }
    if (search === '' && active?.open === false) moves.ArrowRight = () => tree.toggle(active.id)
    if (search === '') moves.ArrowLeft = () => (active?.open ? tree.toggle(active.id) : move(parentOf(rows, at)))
    const run = moves[event.key]
    if (!run) return
    event.preventDefault()
    run()
  }

  if (making !== undefined) return <NewCustomValue name={making} onCancel={() => setMaking(undefined)} onMade={(key) => onPick({ path: ['custom_values', key] })} />
  return (
    <div className={classes.picker}>
      <div className={classes.head}>
        <TextInput
          ref={field}
          data-autofocus
          size="sm"
          aria-label={words.picker.search}
          placeholder={words.picker.search}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={search}
          onChange={(e) => {
            setSearch(e.currentTarget.value)
            setActiveId(undefined)
          }}
          onKeyDown={keys}
          role="combobox"
          aria-expanded
          aria-haspopup="tree"
          aria-controls={`${id}-tree`}
          aria-activedescendant={active && `${id}-${active.id}`}
          autoComplete="off"
        />
        <PickerSample />
      </div>
      <div className={classes.tree} role="tree" id={`${id}-tree`} aria-label={words.picker.tree} ref={list}>
        {rows.map((row) => (
          <PickerRow key={row.id} id={`${id}-${row.id}`} row={row} active={row.id === active?.id} searching={wanted !== ''} onUse={() => use(row)} />
        ))}
      </div>
      {rows.length === 0 && (
        <div className={classes.nothing} role="status">
          <Text fw={600}>{words.picker.none}</Text>
          <Text size="sm" c="dimmed">
            {words.picker.noneHelp}
          </Text>
        </div>
      )}
      <div className={classes.foot}>
        <span>{words.picker.keys}</span>
        <Button size="compact-xs" variant="subtle" style={{ flex: 'none' }} leftSection={<IconPlus size={13} aria-hidden />} onClick={() => setMaking(rows.length === 0 ? search.trim() : '')}>
          {words.picker.newValue}
        </Button>
      </div>
    </div>
  )
}

const NO_FUNCTIONS: MappingFunction[] = []

/** The row above that a row stands in. */
function parentOf(rows: Row[], at: number): number {
  const level = rows[at]?.level ?? 1
  for (let i = at - 1; i >= 0; i--) {
    if ((rows[i]?.level ?? 1) < level) return i
  }
  return 0
}

/** Which rows are open, and how much of long ones. */
function useTree() {
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set())
  const [shown, setShown] = useState<ReadonlyMap<string, number>>(new Map())
  const toggle = (id: string) =>
    setToggled((last) => {
      const next = new Set(last)
      if (!next.delete(id)) next.add(id)
      return next
    })
  const more = (rowId: string) => {
    const id = rowId.replace(/\/more$/, '')
    setShown((last) => new Map(last).set(id, (last.get(id) ?? CHUNK) + CHUNK))
  }
  const opened = useMemo(() => ({ toggled, shown }), [toggled, shown])
  return { opened, toggle, more }
}
