import { Button, Divider, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { IconMathFunction, IconPlus, IconReplace, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { mappingWords as words } from '../../lib/text/en/mapping'
import { describe } from './describe'
import { mappingOf, parsePipe, printPath, type Path } from './expression'
import { useMappingWorld } from './MappingScope'
import { Picker } from './Picker'
import { Preview } from './Preview'
import { shapeOf, withEmpty, withFormat, type EmptyRule, type Format } from './shape'
import { triggerSourceOf } from './sources'

interface Props {
  source: string
  onChange: (source: string) => void
  onPickAnother: () => void
  onEdit: () => void
  onRemove: () => void
  onClose: () => void
}

const EMPTY: { value: EmptyRule; label: string }[] = [
  { value: 'keep', label: words.pill.keepEmpty },
  { value: 'text', label: words.pill.useText },
  { value: 'omit', label: words.pill.leaveOut },
  { value: 'null', label: words.pill.sendNull },
  { value: 'stop', label: words.pill.stopRun },
]

const FORMATS: { value: Format; label: string }[] = [
  { value: 'plain', label: words.pill.plainAgain },
  { value: 'lower', label: words.pill.lower },
  { value: 'upper', label: words.pill.upper },
  { value: 'title', label: words.pill.titleCase },
  { value: 'capitalize', label: words.pill.capitalize },
  { value: 'trim', label: words.pill.trim },
  { value: 'date', label: words.pill.date },
  { value: 'number', label: words.pill.number },
  { value: 'money', label: words.pill.money },
]

const DETAILS: Partial<Record<Format, { label: string; first: string; list: string[] }>> = {
  date: { label: words.pill.pattern, first: 'DD MMM YYYY', list: ['DD MMM YYYY', 'YYYY-MM-DD', 'DD.MM.YYYY', 'MM/DD/YYYY', 'DD MMM YYYY, HH:mm', 'dddd, DD MMMM YYYY'] },
  number: { label: words.pill.decimals, first: '2', list: ['0', '1', '2', '3'] },
  money: { label: words.pill.currency, first: '', list: ['USD', 'EUR', 'GBP', 'CHF', 'AUD', 'CAD', 'JPY'] },
}

/** What can be done with a pill: written otherwise, ruled when empty, exchanged, removed. */
export function PillMenu({ source, onChange, onPickAnother, onEdit, onRemove, onClose }: Props) {
  const world = useMappingWorld()
  const [adding, setAdding] = useState<string>()
  const info = describe(source, world)
  const shape = shapeOf(source)
  const details = DETAILS[shape.format]
  const lacking = world.others.filter((other) => info.lackedBy.includes(other.id))
  const other = lacking.find((o) => o.id === adding)
  const trigger = (world.definition.triggers ?? []).find((t) => t.id === adding)
  if (other && trigger) {
    return <Picker valuesOnly sources={[triggerSourceOf(trigger, other.name, other.value)]} onPick={(picked) => 'path' in picked && onChange(orElse(source, picked.path))} />
  }
  return (
    <Stack gap="xs" p="sm" w={320} onKeyDown={(e) => e.key === 'Enter' && e.target instanceof HTMLInputElement && onClose()}>
      <div>
        <Text fw={650} truncate>
          {info.label}
        </Text>
        <Text size="xs" c="dimmed" truncate>
          {[info.source, info.sample].filter(Boolean).join(' · ')}
        </Text>
        {info.why && (
          <Text size="sm" c={info.state === 'missing' ? 'var(--mantine-color-error)' : 'var(--tone-warn-ink)'} mt={4}>
            {info.why}
          </Text>
        )}
      </div>
      {lacking.map((o) => (
        <Button key={o.id} size="xs" variant="light" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setAdding(o.id)}>
          {words.pill.addFrom(o.name)}
        </Button>
      ))}
      <NativeSelect
        data-autofocus
        size="sm"
        label={words.pill.case}
        data={FORMATS}
        value={shape.format}
        onChange={(e) => {
          const format = e.currentTarget.value as Format
          onChange(withFormat(source, format, DETAILS[format]?.first ?? ''))
        }}
      />
      {details && (
        <TextInput
          size="sm"
          label={details.label}
          description={shape.format === 'money' ? words.pill.moneyHelp : undefined}
          value={shape.detail}
          onChange={(e) => onChange(withFormat(source, shape.format, e.currentTarget.value))}
          list={`pill-${shape.format}`}
          autoComplete="off"
        />
      )}
      {details && (
        <datalist id={`pill-${shape.format}`}>
          {details.list.map((d) => (
            <option key={d} value={d} />
          ))}
        </datalist>
      )}
      <NativeSelect
        size="sm"
        label={words.pill.whenEmpty}
        data={EMPTY}
        value={shape.empty}
        onChange={(e) => {
          const rule = e.currentTarget.value as EmptyRule
          onChange(withEmpty(source, rule, rule === 'stop' ? words.pill.stopDefault(info.label) : shape.emptyText))
        }}
      />
      {(shape.empty === 'text' || shape.empty === 'stop') && (
        <TextInput
          size="sm"
          label={shape.empty === 'text' ? words.pill.text : words.pill.stopMessage}
          value={shape.emptyText}
          onChange={(e) => onChange(withEmpty(source, shape.empty, e.currentTarget.value))}
        />
      )}
      <Preview value={mappingOf(source)} />
      <Divider />
      <Group gap={4}>
        <Button size="compact-sm" variant="subtle" leftSection={<IconReplace size={15} aria-hidden />} onClick={onPickAnother}>
          {words.pill.another}
        </Button>
        <Button size="compact-sm" variant="subtle" leftSection={<IconMathFunction size={15} aria-hidden />} onClick={onEdit}>
          {words.pill.edit}
        </Button>
        <Button size="compact-sm" variant="subtle" color="red" leftSection={<IconTrash size={15} aria-hidden />} onClick={onRemove}>
          {words.pill.remove}
        </Button>
      </Group>
    </Stack>
  )
}

/** Adds a value that counts when the first is empty: a becomes first(a, b), functions stay behind. */
function orElse(source: string, path: Path): string {
  const pipe = parsePipe(source)
  const inside = /^first\(([\s\S]*)\)$/.exec(pipe.base)?.[1] ?? pipe.base
  const calls = pipe.calls.map((call) => ` | ${call.name}(${call.args.join(', ')})`).join('')
  return `first(${inside}, ${printPath(path)})${calls}`
}
