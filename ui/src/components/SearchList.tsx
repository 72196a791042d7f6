import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import classes from './SearchList.module.css'

export interface Entry {
  id: string
  label: string
  /** A second line. */
  help?: string
  icon?: ReactNode
  /** What stands at the end of the line. */
  mark?: ReactNode
}

export interface EntryGroup<T extends Entry> {
  title: string
  entries: T[]
}

interface Props<T extends Entry> {
  label: string
  placeholder: string
  wanted: string
  onSearch: (wanted: string) => void
  groups: EntryGroup<T>[]
  onPick: (entry: T) => void
  /** Shown when there is nothing to choose. */
  none: ReactNode
}

/** A search field over a list in groups; arrows and Enter choose without leaving the field. */
export function SearchList<T extends Entry>({ label, placeholder, wanted, onSearch, groups, onPick, none }: Props<T>) {
  const [at, setAt] = useState(0)
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const flat = groups.flatMap((group) => group.entries)
  const current = Math.min(at, flat.length - 1)
  const step = (by: number) => {
    const next = (current + by + flat.length) % flat.length
    setAt(next)
    list.current?.querySelectorAll('[role=option]')[next]?.scrollIntoView({ block: 'nearest' })
  }
  const onKey = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (event.nativeEvent.isComposing || (by === undefined && event.key !== 'Enter')) return
    event.preventDefault()
    const entry = flat[current]
    if (by !== undefined && flat.length > 0) step(by)
    else if (event.key === 'Enter' && entry) onPick(entry)
  }
  let position = 0
  return (
    <>
      <TextInput
        data-autofocus
        role="combobox"
        aria-expanded
        aria-autocomplete="list"
        aria-controls={`${id}-list`}
        aria-activedescendant={flat.length > 0 ? `${id}-${current}` : undefined}
        aria-label={label}
        placeholder={placeholder}
        leftSection={<IconSearch size={18} aria-hidden />}
        value={wanted}
        onChange={(event) => {
          onSearch(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={onKey}
      />
      <div ref={list} id={`${id}-list`} role="listbox" aria-label={label} className={classes.list}>
        {groups.map((group, n) => (
          <div key={`${group.title}-${n}`} role="group" aria-label={group.title || label}>
            {group.title && (
              <div className={classes.group} aria-hidden>
                {group.title}
              </div>
            )}
            {group.entries.map((entry) => {
              const index = position++
              return (
                <div
                  key={entry.id}
                  id={`${id}-${index}`}
                  role="option"
                  aria-selected={index === current}
                  data-entry={entry.id}
                  className={classes.entry}
                  onClick={() => onPick(entry)}
                  onPointerMove={() => setAt(index)}
                >
                  {entry.icon}
                  <span className={classes.words}>
                    <b>{entry.label}</b>
                    {entry.help && <span>{entry.help}</span>}
                  </span>
                  {entry.mark}
                </div>
              )
            })}
          </div>
        ))}
      </div>
      {flat.length === 0 && <div className={classes.none}>{none}</div>}
    </>
  )
}
