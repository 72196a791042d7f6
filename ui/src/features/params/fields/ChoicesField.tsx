import { Button, Combobox, Group, Input, InputBase, Loader, Text, useCombobox } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { paramsWords as words } from '../../../lib/text/en/params'
import { asText } from '../../mapping'
import type { FieldProps } from '../FieldView'
import { Mappable } from '../Mappable'
import { useChoices, type Choices } from '../useChoices'

/** A text that the service behind the connection can list: choose one, type an ID, or map it. */
export function ChoicesField(props: FieldProps) {
  return (
    <Mappable {...props}>
      <Chooser {...props} />
    </Mappable>
  )
}

/** More choices than this are found by typing. */
const MOST = 100
const TYPED = '\u0000typed'

function Chooser({ field, value, onChange, error, readOnly, hideLabel }: FieldProps) {
  const text = asText(value)
  const [search, setSearch] = useState('')
  const combobox = useCombobox({
    onDropdownOpen: () => combobox.updateSelectedOptionIndex('active'),
    onDropdownClose: () => combobox.resetSelectedOption(),
  })
  const { dropdownOpened, selectFirstOption } = combobox
  // The list is asked for to choose from, and for the name of what is chosen.
  const choices = useChoices(field, !readOnly && (dropdownOpened || text !== ''))
  const wanted = search.trim()
  const chosen = choices.items.find((o) => o.value === text)
  const found = matching(choices, wanted)
  const typed = wanted !== '' && !choices.items.some((o) => o.value === wanted)
  useEffect(() => {
    // Enter takes the first that fits, else what was typed.
    if (dropdownOpened && wanted !== '') selectFirstOption()
  }, [dropdownOpened, selectFirstOption, wanted, found.length])
  const close = () => {
    setSearch('')
    combobox.closeDropdown()
  }
  const take = (next: string | undefined) => {
    close()
    onChange(next)
  }
  // What was typed and fits no name is an ID; half a name is none, and passing by changes nothing.
  const leave = () => (typed && found.length === 0 && !choices.isLoading ? take(wanted) : close())
  const open = () => !readOnly && combobox.openDropdown()
  const clears = text !== '' && !field.required && !readOnly
  return (
    <>
      <Combobox store={combobox} onOptionSubmit={(option) => take(option === TYPED ? wanted : option)} zIndex={310}>
        <Combobox.Target withExpandedAttribute>
          <InputBase
            role="combobox"
            label={hideLabel ? undefined : field.label}
            aria-label={hideLabel ? field.label : undefined}
            description={field.help}
            required={field.required}
            error={error}
            readOnly={readOnly}
            placeholder={words.choices.pick}
            value={dropdownOpened ? search : (chosen?.label ?? text)}
            onChange={(e) => {
              setSearch(e.currentTarget.value)
              combobox.openDropdown()
            }}
            onClick={open}
            onFocus={open}
            onBlur={leave}
            rightSection={choices.isLoading ? <Loader size={16} /> : clears ? <Input.ClearButton aria-label={words.clear} onMouseDown={(e) => e.preventDefault()} onClick={() => take(undefined)} /> : <Combobox.Chevron />}
            rightSectionPointerEvents={clears ? 'all' : 'none'}
            autoComplete="off"
          />
        </Combobox.Target>
        <Combobox.Dropdown>
          <Combobox.Options mah={260} style={{ overflowY: 'auto' }}>
            {found.map((o) => (
              <Combobox.Option key={o.value} value={o.value} active={o === chosen}>
                {o.label}
                {o.label !== o.value && (
                  <Text span size="xs" c="dimmed" ml={8}>
                    {o.value}
                  </Text>
                )}
              </Combobox.Option>
            ))}
            {typed && <Combobox.Option value={TYPED}>{words.choices.use(wanted)}</Combobox.Option>}
            {found.length === 0 && !typed && <Combobox.Empty>{choices.hint || (choices.isLoading ? words.choices.loading : choices.problem ? words.choices.type : words.choices.none)}</Combobox.Empty>}
          </Combobox.Options>
          {choices.isLoaded && (
            <Combobox.Footer>
              <Group justify="space-between" gap="xs" wrap="nowrap">
                <Text size="xs" c="dimmed">
                  {choices.more || found.length === MOST ? words.choices.more : words.choices.loaded(choices.items.length)}
                </Text>
                <Button size="compact-xs" variant="subtle" leftSection={<IconRefresh size={13} aria-hidden />} loading={choices.isLoading} onMouseDown={(e) => e.preventDefault()} onClick={choices.again}>
                  {words.choices.again}
                </Button>
              </Group>
            </Combobox.Footer>
          )}
        </Combobox.Dropdown>
      </Combobox>
      {choices.problem && (
        <Group gap="xs" mt={6} role="status" align="baseline">
          <Text size="sm" c="var(--mantine-color-error)" style={{ flex: 1 }}>
            {choices.problem}
          </Text>
          <Button size="compact-xs" variant="default" loading={choices.isLoading} onClick={choices.again}>
            {words.choices.retry}
          </Button>
        </Group>
      )}
    </>
  )
}

const matching = (choices: Choices, wanted: string) => {
  const like = wanted.toLowerCase()
  return choices.items.filter((o) => o.label.toLowerCase().includes(like) || o.value.toLowerCase().includes(like)).slice(0, MOST)
}
