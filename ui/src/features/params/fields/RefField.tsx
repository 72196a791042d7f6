import { Button, Combobox, InputBase, Input, useCombobox } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { paramsWords as words } from '../../../lib/text/en/params'
import { asText } from '../../mapping'
import { canMakeByName, isKnownRef } from '../api'
import { ConnectionDialog } from '../ConnectionDialog'
import type { FieldProps } from '../FieldView'
import { useForm } from '../Form'
import { Mappable } from '../Mappable'
import { useTargets } from '../useTargets'
import { TextField } from './TextField'

/** Points to an offer, a connection and so on: pick one, or make one on the spot. */
export function RefField(props: FieldProps) {
  if (!props.field.ref || !isKnownRef(props.field.ref)) return <TextField {...props} />
  return <KnownRef {...props} refKind={props.field.ref} />
}

const NEW = '\u0000new'

function KnownRef({ refKind, ...props }: FieldProps & { refKind: string }) {
  const { field, value, onChange, error, readOnly, hideLabel } = props
  const { scope } = useForm()
  const { targets, isPending, add, make } = useTargets(scope.ws, refKind)
  const [search, setSearch] = useState('')
  const [connecting, setConnecting] = useState(false)
  const combobox = useCombobox({
    onDropdownOpen: () => combobox.updateSelectedOptionIndex('active'),
    onDropdownClose: () => {
      combobox.resetSelectedOption()
      setSearch('')
    },
  })
  const id = asText(value)
  const chosen = targets.find((t) => t.id === id || t.label === id)
  const label = chosen?.label ?? (id === '' || isPending ? id : words.ref.gone(id))
  const wanted = search.trim()
  const found = targets.filter((t) => t.label.toLowerCase().includes(wanted.toLowerCase()))
  const byName = canMakeByName(refKind)
  const makes = wanted !== '' && byName && !targets.some((t) => t.label.toLowerCase() === wanted.toLowerCase())
  const what = words.ref.kinds[refKind] ?? refKind
  const { dropdownOpened, selectFirstOption } = combobox
  useEffect(() => {
    // Enter takes what was typed: the first that fits, else the new one.
    if (dropdownOpened && wanted !== '') selectFirstOption()
  }, [dropdownOpened, selectFirstOption, wanted, found.length, makes])
  const submit = (option: string) => {
    combobox.closeDropdown()
    if (option !== NEW) onChange(option)
    else if (byName) make.mutate(wanted, { onSuccess: (made) => onChange(made.id) })
    else setConnecting(true)
  }
  return (
    <Mappable {...props}>
      <Combobox store={combobox} onOptionSubmit={submit} zIndex={310}>
        <Combobox.Target withExpandedAttribute>
          <InputBase
            role="combobox"
            label={hideLabel ? undefined : field.label}
            aria-label={hideLabel ? field.label : undefined}
            description={field.help}
            required={field.required}
            error={error ?? make.error?.message}
            readOnly={readOnly}
            placeholder={`${words.ref.pick}…`}
            value={combobox.dropdownOpened ? search : label}
            onChange={(e) => {
              setSearch(e.currentTarget.value)
              combobox.openDropdown()
            }}
            onClick={() => !readOnly && combobox.openDropdown()}
            onFocus={() => !readOnly && combobox.openDropdown()}
            onBlur={() => combobox.closeDropdown()}
            rightSection={id !== '' && !field.required && !readOnly ? <Input.ClearButton aria-label={words.clear} onMouseDown={(e) => e.preventDefault()} onClick={() => onChange(undefined)} /> : <Combobox.Chevron />}
            rightSectionPointerEvents={id !== '' && !field.required ? 'all' : 'none'}
            autoComplete="off"
          />
        </Combobox.Target>
        <Combobox.Dropdown>
          <Combobox.Options mah={260} style={{ overflowY: 'auto' }}>
            {found.map((t) => (
              <Combobox.Option key={t.id} value={t.id} active={t.id === id}>
                {t.label}
              </Combobox.Option>
            ))}
            {found.length === 0 && !makes && !isPending && byName && <Combobox.Empty>{words.ref.typeToMake(what)}</Combobox.Empty>}
            {(makes || !byName) && (
              <Combobox.Option value={NEW} fw={600}>
                <IconPlus size={14} aria-hidden style={{ verticalAlign: '-2px', marginRight: 6 }} />
                {byName ? words.ref.make(wanted) : words.ref.makeNew}
              </Combobox.Option>
            )}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      {connecting && (
        <ConnectionDialog
          name={wanted}
          onClose={() => setConnecting(false)}
          onMade={(made) => {
            add(made)
            onChange(made.id)
            setConnecting(false)
          }}
        />
      )}
      {make.isPending && <Button size="xs" loading variant="subtle" aria-label={words.ref.make(wanted)} />}
    </Mappable>
  )
}
