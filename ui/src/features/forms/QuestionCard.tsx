import { ActionIcon, Select, Stack, Switch, Textarea, TextInput, UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconAlertTriangle, IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react'
import { fieldsQuery } from '../../api/contacts'
import { contacts } from '../../lib/text/en/contacts'
import { forms } from '../../lib/text/en/forms'
import type { DraftField } from './formDraft'
import classes from './Forms.module.css'
import { KIND_ICONS } from './Questions'

const words = forms.build

interface Props {
  ws: string
  field: DraftField
  place: number
  last: boolean
  opened: boolean
  /** What is wrong with a part of it. */
  problem: (name: string) => string | undefined
  onToggle: () => void
  onChange: (part: Partial<DraftField>) => void
  onMove: (to: number) => void
  onRemove: () => void
}

const PARTS = ['label', 'key', 'kind', 'help', 'options', 'to']

/** One question: a line, which opens to be edited. */
export function QuestionCard({ ws, field, place, last, opened, problem, onToggle, onChange, onMove, onRemove }: Props) {
  const Sign = KIND_ICONS[field.kind]
  const name = field.label || words.unnamed
  const wrong = PARTS.some((part) => problem(part))
  return (
    <li className={classes.question} data-row={field.row}>
      <div className={classes.line}>
        <UnstyledButton className={classes.what} aria-expanded={opened} onClick={onToggle}>
          <Sign size={18} aria-hidden className={classes.sign} />
          <span className={classes.name}>
            {name}
            <small>
              {words.kinds[field.kind]}
              {field.required && ` · ${words.requiredShort}`}
            </small>
          </span>
          {wrong && (
            <span className={classes.wrong}>
              <IconAlertTriangle size={15} aria-hidden /> {words.wrong}
            </span>
          )}
        </UnstyledButton>
        <ActionIcon size="lg" aria-label={words.up(name)} data-move disabled={place === 0} onClick={() => onMove(place - 1)}>
          <IconArrowUp size={17} aria-hidden />
        </ActionIcon>
        <ActionIcon size="lg" aria-label={words.down(name)} data-move disabled={last} onClick={() => onMove(place + 1)}>
          <IconArrowDown size={17} aria-hidden />
        </ActionIcon>
        <ActionIcon size="lg" aria-label={words.remove(name)} onClick={onRemove}>
          <IconTrash size={17} aria-hidden />
        </ActionIcon>
      </div>
      {opened && (
        <Stack gap="sm" className={classes.edit}>
          <TextInput label={words.label} value={field.label} onChange={(e) => onChange({ label: e.currentTarget.value })} error={problem('label') ?? problem('key') ?? problem('kind')} />
          {field.kind === 'choice' && (
            <Textarea
              label={words.options}
              description={words.optionsHelp}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              autosize
              minRows={2}
              maxRows={10}
              value={(field.options ?? []).join('\n')}
              onChange={(e) => onChange({ options: e.currentTarget.value.split('\n') })}
              error={problem('options')}
            />
          )}
          <TextInput label={words.helpText} value={field.help ?? ''} onChange={(e) => onChange({ help: e.currentTarget.value })} error={problem('help')} />
          <Goal ws={ws} field={field} error={problem('to')} onChange={(to) => onChange({ to })} />
          <Switch label={words.required} checked={field.required ?? false} onChange={(e) => onChange({ required: e.currentTarget.checked })} />
          {field.key && (
            <div className={classes.key}>
              {words.key} <code>trigger.submission.answers.{field.key}</code>
            </div>
          )}
        </Stack>
      )}
    </li>
  )
}

const TEXTS: [to: string, label: string][] = [
  ['name', contacts.form.name],
  ['first_name', contacts.form.first_name],
  ['last_name', contacts.form.last_name],
  ['company', contacts.form.company],
  ['address.line1', contacts.form.line1],
  ['address.city', contacts.form.city],
  ['address.state', contacts.form.state],
  ['address.postal_code', contacts.form.postal_code],
  ['address.country', contacts.form.country],
  ['date_of_birth', contacts.form.date_of_birth],
  ['timezone', contacts.form.timezone],
]

/** Where an answer goes: a field of the contact, or nowhere. */
function Goal({ ws, field, error, onChange }: { ws: string; field: DraftField; error?: string; onChange: (to: string) => void }) {
  const { data: own } = useQuery(fieldsQuery(ws))
  const to = field.to ?? ''
  const usual =
    field.kind === 'email' ? [['email', contacts.form.email]] : field.kind === 'phone' ? [['phone', contacts.form.phone]] : field.kind === 'consent' ? [['subscribed', words.toSubscribed]] : TEXTS
  const options = [
    // Before it is saved an e-mail address and a phone number go to the contact's own.
    ...(to === '' && field.kind !== 'email' && field.kind !== 'phone' ? [{ value: '', label: words.toDefault }] : []),
    ...usual.map(([value, label]) => ({ value: value!, label: label! })),
    ...(field.kind === 'email' || field.kind === 'phone' ? [] : (own?.items ?? []).map((f) => ({ value: `fields.${f.key}`, label: words.toOwn(f.label) }))),
    { value: 'none', label: words.toNone },
  ]
  if (to.startsWith('fields.') && !options.some((o) => o.value === to)) options.unshift({ value: to, label: words.toNew(to.slice('fields.'.length)) })
  const value = to === '' && (field.kind === 'email' || field.kind === 'phone') ? field.kind : to
  return <Select label={words.to} data={options} value={value} onChange={(next) => next !== null && onChange(next)} allowDeselect={false} error={error} />
}
