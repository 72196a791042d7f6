import { Button, Title } from '@mantine/core'
import { IconAt, IconCheckbox, IconLetterCase, IconPhone, IconSelector, type Icon } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { FormFieldKind } from '../../api/forms'
import { useAnnounce } from '../../components/Announcer'
import { forms } from '../../lib/text/en/forms'
import type { DraftForm } from './Builder'
import { moved, newField, type DraftField } from './formDraft'
import classes from './Forms.module.css'
import { QuestionCard } from './QuestionCard'

const words = forms.build

export const KIND_ICONS: Record<FormFieldKind, Icon> = { text: IconLetterCase, email: IconAt, phone: IconPhone, choice: IconSelector, consent: IconCheckbox }
const KINDS = Object.keys(words.kinds) as FormFieldKind[]

/** The questions of a form, in their order. */
export function Questions({ ws, form }: { ws: string; form: DraftForm }) {
  const announce = useAnnounce()
  const [opened, setOpened] = useState<number>()
  const list = useRef<HTMLUListElement>(null)
  const fields = form.values.fields
  const wrong = form.problems.map((p) => /^\/(?:body\/)?fields\/(\d+)/.exec(p.pointer ?? '')?.[1]).find(Boolean)
  useEffect(() => {
    if (wrong !== undefined) setOpened(fields[Number(wrong)]?.row)
    // Only when a save has failed: afterwards people open what they want.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [form.failure])
  const set = (next: DraftField[]) => form.set({ fields: next })
  const add = (kind: FormFieldKind) => {
    const made = newField(kind, fields)
    set([...fields, made])
    setOpened(made.row)
  }
  const move = (from: number, to: number) => {
    const next = moved(fields, from, to)
    if (next === fields) return
    set(next)
    announce(words.moved(fields[from]!.label, to + 1, fields.length))
  }
  const remove = (i: number) => {
    set(fields.filter((_, j) => j !== i))
    // The keyboard goes on at the question that took its place.
    const near = fields[i + 1] ?? fields[i - 1]
    requestAnimationFrame(() => near && list.current?.querySelector<HTMLElement>(`[data-row="${near.row}"] button`)?.focus())
  }
  return (
    <section className={classes.card} aria-labelledby="questions-title">
      <Title order={2} id="questions-title" mb="sm">
        {words.questions}
      </Title>
      {form.problems
        .filter((p) => /^\/(?:body\/)?fields$/.test(p.pointer ?? ''))
        .map((p) => (
          <p key={p.detail} className={classes.problem} role="alert">
            {p.detail}
          </p>
        ))}
      <ul ref={list} className={classes.questions}>
        {fields.map((field, i) => (
          <QuestionCard
            key={field.row}
            ws={ws}
            field={field}
            place={i}
            last={i === fields.length - 1}
            opened={opened === field.row}
            problem={(name) => form.error(`fields/${i}/${name}`)}
            onToggle={() => setOpened(opened === field.row ? undefined : field.row)}
            onChange={(part) => set(fields.map((f) => (f.row === field.row ? { ...f, ...part } : f)))}
            onMove={(to) => move(i, to)}
            onRemove={() => remove(i)}
          />
        ))}
      </ul>
      <div role="group" aria-label={words.add} className={classes.add}>
        <span aria-hidden>{words.add}:</span>
        {KINDS.map((kind) => {
          const Sign = KIND_ICONS[kind]
          return (
            <Button key={kind} size="xs" variant="default" leftSection={<Sign size={15} aria-hidden />} onClick={() => add(kind)}>
              {words.kinds[kind]}
            </Button>
          )
        })}
      </div>
    </section>
  )
}
