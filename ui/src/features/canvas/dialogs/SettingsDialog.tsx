import { Button, Checkbox, Group, Radio, Select, Stack, Switch, TextInput } from '@mantine/core'
import { Modal } from '../../../components/Modal'
import { ZoneSelect } from '../../../components/ZoneSelect'
import type { Settings, Window } from '../../../lib/definition'
import { ownTimezone } from '../../../lib/places'
import { canvas } from '../../../lib/text/en/canvas'
import { useEditor, useEditorStore } from '../store'

const words = canvas.settings
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const OFFICE: Window = { days: DAYS.slice(0, 5), from: '09:00', to: '17:00' }
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/

/** The rules of the workflow as a whole. Each change is one of the document, as on the canvas. */
export function SettingsDialog({ onClose }: { onClose: () => void }) {
  const store = useEditorStore()
  const settings = useEditor((s) => s.draft.definition.settings) ?? {}
  const readOnly = useEditor((s) => s.readOnly)
  const set = (part: Partial<Settings>, label?: string) => {
    const next: Settings = { ...settings, ...part }
    // What is off is not written, so that a document has one form.
    if (!next.stop_on_reply) delete next.stop_on_reply
    if (!next.window) delete next.window
    if (next.reentry === 'always') delete next.reentry
    store.getState().edit({ op: 'settings', settings: next }, label && `settings/${label}`)
  }
  return (
    <Modal opened onClose={onClose} title={words.title}>
      <Stack gap="lg">
        <Radio.Group label={words.contact} description={words.contactHelp} value={settings.contact ?? 'optional'} onChange={(contact) => set({ contact: contact as Settings['contact'] })}>
          <Stack gap={6} mt={6}>
            <Radio value="optional" label={words.optional} disabled={readOnly} />
            <Radio value="required" label={words.required} disabled={readOnly} />
          </Stack>
        </Radio.Group>
        <Radio.Group label={words.reentry} description={words.reentryHelp} value={settings.reentry ?? 'always'} onChange={(reentry) => set({ reentry: reentry as Settings['reentry'] })}>
          <Stack gap={6} mt={6}>
            <Radio value="always" label={words.always} disabled={readOnly} />
            <Radio value="after" label={words.after} disabled={readOnly} />
            <Radio value="never" label={words.never} disabled={readOnly} />
          </Stack>
        </Radio.Group>
        <Switch label={words.reply} description={words.replyHelp} checked={settings.stop_on_reply ?? false} disabled={readOnly} onChange={(e) => set({ stop_on_reply: e.currentTarget.checked })} />
        <Zone value={settings.timezone ?? null} onChange={(timezone) => set({ timezone })} readOnly={readOnly} />
        <Hours value={settings.window ?? null} onChange={(window, label) => set({ window }, label)} readOnly={readOnly} />
        <Group justify="flex-end">
          <Button onClick={onClose}>{words.save}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}

function Zone({ value, onChange, readOnly }: { value: string | null; onChange: (zone: string | null) => void; readOnly: boolean }) {
  const kind = value === null ? 'workspace' : value === 'contact' ? 'contact' : 'other'
  return (
    <Stack gap="xs">
      <Select
        label={words.zone}
        data={[
          { value: 'workspace', label: words.zoneWorkspace },
          { value: 'contact', label: words.zoneContact },
          { value: 'other', label: words.zoneOther },
        ]}
        value={kind}
        allowDeselect={false}
        disabled={readOnly}
        onChange={(next) => onChange(next === 'workspace' ? null : next === 'contact' ? 'contact' : ownTimezone())}
      />
      {kind === 'other' && value !== null && !readOnly && <ZoneSelect label={words.zoneName} value={value} onChange={onChange} />}
    </Stack>
  )
}

function Hours({ value, onChange, readOnly }: { value: Window | null; onChange: (window: Window | null, label?: string) => void; readOnly: boolean }) {
  const time = (key: 'from' | 'to', label: string) => value && (
    <TextInput
      label={label}
      value={value[key]}
      maxLength={5}
      w={110}
      disabled={readOnly}
      error={!TIME.test(value[key]) && !(key === 'to' && value.to === '24:00') && words.time}
      onChange={(e) => onChange({ ...value, [key]: e.currentTarget.value }, key)}
    />
  )
  return (
    <Stack gap="xs">
      <Switch label={words.window} description={words.windowHelp} checked={value !== null} disabled={readOnly} onChange={(e) => onChange(e.currentTarget.checked ? OFFICE : null)} />
      {value && (
        <>
          <Group align="flex-start">
            {time('from', words.from)}
            {time('to', words.to)}
          </Group>
          <Checkbox.Group label={words.days} value={value.days?.length ? value.days : DAYS} onChange={(days) => days.length > 0 && onChange({ ...value, days: days.length === DAYS.length ? [] : DAYS.filter((d) => days.includes(d)) })}>
            <Group gap="sm" mt={6}>
              {DAYS.map((day) => (
                <Checkbox key={day} value={day} label={words.day[day]} disabled={readOnly} />
              ))}
            </Group>
          </Checkbox.Group>
        </>
      )}
    </Stack>
  )
}
