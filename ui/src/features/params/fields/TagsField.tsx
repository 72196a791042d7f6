import { ActionIcon, Combobox, Input, InputBase, Pill, Popover, Tooltip, useCombobox } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTargets } from '../../../components/useTargets'
import { paramsWords as words } from '../../../lib/text/en/params'
import { asText, mappingTo, Picker, PillField } from '../../mapping'
import type { FieldProps } from '../FieldView'
import { useForm } from '../Form'
import { isMapped } from '../Mappable'
import classes from '../Params.module.css'
import { entriesOf } from './ListField'

const NEW = '\u0000new'

/** Tags: picked, made on the spot, or mapped. */
export function TagsField({ field, value, onChange, pointer, error, readOnly }: FieldProps) {
  const { scope } = useForm()
  const { targets, make } = useTargets(scope.ws, 'tag')
  const [search, setSearch] = useState('')
  const [picking, setPicking] = useState(false)
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption(), onDropdownOpen: () => combobox.selectFirstOption() })
  const tags = isMapped(value) ? [value] : entriesOf(value)
  const set = (next: unknown[]) => onChange(next.length === 0 ? undefined : next)
  const has = (name: string) => tags.some((tag) => asText(tag).toLowerCase() === name.toLowerCase())
  const wanted = search.trim()
  const found = targets.filter((t) => !has(t.label) && t.label.toLowerCase().includes(wanted.toLowerCase())).slice(0, 50)
  const makes = wanted !== '' && !has(wanted) && !targets.some((t) => t.label.toLowerCase() === wanted.toLowerCase())
  const add = (name: string) => {
    setSearch('')
    combobox.closeDropdown()
    if (!has(name)) set([...tags, name])
  }
  const submit = (option: string) => (option === NEW ? make.mutate(wanted, { onSuccess: (made) => add(made.label) }) : add(option))
  return (
    <Input.Wrapper label={field.label} labelElement="div" description={field.help} withAsterisk={field.required} error={error ?? make.error?.message} data-field={pointer}>
      {tags.length > 0 && (
        <div className={classes.chips} style={{ marginTop: 4 }}>
          {tags.map((tag, index) =>
            isMapped(tag) ? null : (
              <Pill key={index} size="md" withRemoveButton={!readOnly} onRemove={() => set(tags.filter((_, i) => i !== index))} removeButtonProps={{ 'aria-label': words.remove(asText(tag)), tabIndex: 0, 'aria-hidden': undefined }}>
                {asText(tag)}
              </Pill>
            ),
          )}
        </div>
      )}
      {tags.map((tag, index) =>
        isMapped(tag) ? (
          <div key={index} style={{ marginBottom: 6 }}>
            <PillField hideLabel label={`${field.label}, ${words.entry(index + 1)}`} value={tag} readOnly={readOnly} onChange={(next) => set(next === '' ? tags.filter((_, i) => i !== index) : tags.map((t, i) => (i === index ? next : t)))} />
          </div>
        ) : null,
      )}
      {!readOnly && (
        <div className={classes.mappable} style={{ marginTop: 4 }}>
          <div className={classes.grow}>
            <Combobox store={combobox} onOptionSubmit={submit} zIndex={310}>
              <Combobox.Target withExpandedAttribute>
                <InputBase
                  role="combobox"
                  aria-label={`${field.label}: ${words.tags.add}`}
                  placeholder={field.example ?? words.tags.add}
                  value={search}
                  onChange={(e) => {
                    setSearch(e.currentTarget.value)
                    combobox.openDropdown()
                    combobox.selectFirstOption()
                  }}
                  onClick={() => combobox.openDropdown()}
                  onFocus={() => combobox.openDropdown()}
                  onBlur={() => combobox.closeDropdown()}
                  onKeyDown={(e) => {
                    if (e.key === 'Backspace' && search === '' && tags.length > 0) set(tags.slice(0, -1))
                  }}
                  autoComplete="off"
                />
              </Combobox.Target>
              <Combobox.Dropdown hidden={found.length === 0 && !makes}>
                <Combobox.Options mah={240} style={{ overflowY: 'auto' }}>
                  {found.map((t) => (
                    <Combobox.Option key={t.id} value={t.label}>
                      {t.label}
                    </Combobox.Option>
                  ))}
                  {makes && (
                    <Combobox.Option value={NEW} fw={600}>
                      {words.tags.make(wanted)}
                    </Combobox.Option>
                  )}
                </Combobox.Options>
              </Combobox.Dropdown>
            </Combobox>
          </div>
          {!field.no_map && (
            <Popover opened={picking} onChange={setPicking} position="bottom-end" shadow="lg" trapFocus returnFocus zIndex={310}>
              <Popover.Target>
                <Tooltip label={words.tags.insert} withinPortal={false}>
                  <ActionIcon className={classes.mapButton} onClick={() => setPicking((o) => !o)} aria-label={`${words.tags.insert}: ${field.label}`}>
                    <IconPlus size={16} aria-hidden />
                  </ActionIcon>
                </Tooltip>
              </Popover.Target>
              <Popover.Dropdown p={0}>
                {picking && (
                  <Picker
                    valuesOnly
                    onPick={(picked) => {
                      setPicking(false)
                      if ('path' in picked) set([...tags, mappingTo(picked.path)])
                    }}
                  />
                )}
              </Popover.Dropdown>
            </Popover>
          )}
        </div>
      )}
    </Input.Wrapper>
  )
}
