import { Button, Combobox, Input, InputBase, useCombobox } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useEffect, useState, type ReactNode } from 'react'
import { canMakeByName } from '../api/targets'
import { paramsWords as words } from '../lib/text/en/params'
import { useTargets } from './useTargets'

interface Props {
  ws: string
  /** What kind of thing: offer, tag, connection. */
  kind: string
  /** Only connections of this type. */
  of?: string
  /** Its id, or the name as stored; empty for none. */
  value: string
  /** What is stored: the id, or for things known by their name that. */
  by?: 'id' | 'label'
  /** undefined takes the choice away. */
  onChange: (value: string | undefined) => void
  label: string
  hideLabel?: boolean
  help?: ReactNode
  required?: boolean
  error?: ReactNode
  readOnly?: boolean
  /** Makes what needs more than a name, beginning with what was typed. */
  onMakeOther?: (name: string) => void
  pointer?: string
}

const NEW = '\u0000new'

/** Picks one of the workspace's offers, tags, connections …, or makes one on the spot. */
export function TargetSelect({ ws, kind, of, value, by = 'id', onChange, label, hideLabel, help, required = false, error, readOnly = false, onMakeOther, pointer }: Props) {
  const { targets, isPending, make } = useTargets(ws, kind, of)
  const [search, setSearch] = useState('')
  const combobox = useCombobox({
    onDropdownOpen: () => combobox.updateSelectedOptionIndex('active'),
    onDropdownClose: () => {
      combobox.resetSelectedOption()
      setSearch('')
    },
  })
  const chosen = targets.find((t) => t.id === value || t.label === value)
  // A tag that nobody has made yet is a name like any other; an id that leads nowhere is worth a word.
  const shown = chosen?.label ?? (value === '' || isPending || by === 'label' ? value : words.ref.gone(value))
  const wanted = search.trim()
  const found = targets.filter((t) => t.label.toLowerCase().includes(wanted.toLowerCase())).slice(0, MOST)
  const byName = canMakeByName(kind)
  const makes = wanted !== '' && byName && !targets.some((t) => t.label.toLowerCase() === wanted.toLowerCase())
  const clears = value !== '' && !required && !readOnly
  const { dropdownOpened, selectFirstOption } = combobox
  useEffect(() => {
    // Enter takes what was typed: the first that fits, else the new one.
    if (dropdownOpened && wanted !== '') selectFirstOption()
  }, [dropdownOpened, selectFirstOption, wanted, found.length, makes])
  const submit = (option: string) => {
    combobox.closeDropdown()
    if (option !== NEW) onChange(option)
    else if (byName) make.mutate(wanted, { onSuccess: (made) => onChange(made[by]) })
    else onMakeOther?.(wanted)
  }
  return (
    <>
      <Combobox store={combobox} onOptionSubmit={submit} zIndex={310}>
        <Combobox.Target withExpandedAttribute>
          <InputBase
            role="combobox"
            label={hideLabel ? undefined : label}
            aria-label={hideLabel ? label : undefined}
            description={help}
            required={required}
            error={error ?? make.error?.message}
            readOnly={readOnly}
            placeholder={`${words.ref.pick}…`}
            value={dropdownOpened ? search : shown}
            onChange={(e) => {
              setSearch(e.currentTarget.value)
              combobox.openDropdown()
            }}
            onClick={() => !readOnly && combobox.openDropdown()}
            onFocus={() => !readOnly && combobox.openDropdown()}
            onBlur={() => combobox.closeDropdown()}
            rightSection={clears ? <Input.ClearButton aria-label={words.clear} onMouseDown={(e) => e.preventDefault()} onClick={() => onChange(undefined)} /> : <Combobox.Chevron />}
            rightSectionPointerEvents={clears ? 'all' : 'none'}
            data-field={pointer}
            autoComplete="off"
          />
        </Combobox.Target>
        <Combobox.Dropdown>
          <Combobox.Options mah={260} style={{ overflowY: 'auto' }}>
            {found.map((t) => (
              <Combobox.Option key={t.id} value={t[by]} active={t === chosen}>
                {t.label}
              </Combobox.Option>
            ))}
            {found.length === 0 && !makes && !isPending && byName && <Combobox.Empty>{words.ref.typeToMake(words.ref.kinds[kind] ?? kind)}</Combobox.Empty>}
            {(makes || !byName) && (
              <Combobox.Option value={NEW} fw={600}>
                <IconPlus size={14} aria-hidden style={{ verticalAlign: '-2px', marginRight: 6 }} />
                {byName ? words.ref.make(wanted) : words.ref.makeNew}
              </Combobox.Option>
            )}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      {make.isPending && <Button size="xs" loading variant="subtle" aria-label={words.ref.make(wanted)} />}
    </>
  )
}

/** More choices than this are found by typing. */
const MOST = 100
