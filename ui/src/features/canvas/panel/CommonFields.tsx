import { Button, Stack, Switch, Textarea } from '@mantine/core'
import { IconNote } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { Step, Trigger } from '../../../lib/definition'
import { canvas as words } from '../../../lib/text/en/canvas'
import { useEditor } from '../store'
import classes from './Panel.module.css'

interface Props {
  subject: Step | Trigger
  isTrigger: boolean
  onChange: (next: Step | Trigger, label?: string) => void
}

/** What every step has, whatever its type: a note, and whether it is skipped. */
export function CommonFields({ subject, isTrigger, onChange }: Props) {
  const readOnly = useEditor((s) => s.readOnly)
  const wanted = useEditor((s) => s.goTo?.pointer === '/note' && s.goTo)
  const [open, setOpen] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const shown = open || Boolean(subject.note) || Boolean(wanted)
  useEffect(() => {
    if (wanted || open) field.current?.focus()
  }, [wanted, open])
  const setNote = (note: string) => {
    const { note: _gone, ...rest } = subject
    onChange((note === '' ? rest : { ...subject, note }) as Step, 'note')
  }
  const setOff = (off: boolean) => {
    const { disabled: _gone, ...rest } = subject
    onChange((off ? { ...subject, disabled: true } : rest) as Step)
  }
  return (
    <Stack gap="md" className={classes.common}>
      {shown ? (
        <Textarea
          ref={field}
          label={words.panel.note}
          placeholder={words.panel.notePlaceholder}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={5000}
          readOnly={readOnly}
          value={subject.note ?? ''}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      ) : (
        !readOnly && (
          <Button variant="subtle" size="compact-sm" w="fit-content" leftSection={<IconNote size={16} aria-hidden />} onClick={() => setOpen(true)}>
            {words.panel.addNote}
          </Button>
        )
      )}
      <Switch
        label={isTrigger ? words.panel.offTrigger : words.panel.off}
        description={isTrigger ? undefined : words.panel.offHelp}
        checked={subject.disabled ?? false}
        disabled={readOnly}
        onChange={(event) => setOff(event.currentTarget.checked)}
      />
    </Stack>
  )
}
