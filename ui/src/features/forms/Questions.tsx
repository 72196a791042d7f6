import { Button, Title } from '@mantine/core'
import { IconAt, IconCheckbox, IconLetterCase, IconPhone, IconSelector, type Icon } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { FormFieldKind } from '../../api/forms'
import { ApiError } from '../../api/http'
import { useAnnounce } from '../../components/Announcer'
import { forms } from '../../lib/text/en/forms'
import type { DraftForm } from './Builder'
import { moved, newField, type DraftField } from './formDraft'
import classes from './Forms.module.css'
import { QuestionCard } from './QuestionCard'

const words = forms.build

export const KIND_ICONS: Record<FormFieldKind, Icon> = { text: IconLetterCase, email: IconAt, phone: IconPhone, choice: IconSelector, consent: IconCheckbox }
const KINDS = Object.keys(words.kinds) as FormFieldKind[]

/** What is wrong with the parts of questions, by their rows: a question may move, and its problem moves with it. */
type Problems = ReadonlyMap<number, Record<string, string>>

function problemsOf(failure: unknown, fields: DraftField[]): Problems {
  const found = new Map<number, Record<string, string>>()
  for (const problem of failure instanceof ApiError ? failure.problems : []) {
    const [, place, name] = /^\/(?:body\/)?fields\/(\d+)\/(\w+)/.exec(problem.pointer ?? '') ?? []
    const row = fields[Number(place)]?.row
    if (row !== undefined && name) found.set(row, { [name]: problem.detail ?? '', ...found.get(row) })
  }
  return found
}

const without = (problems: Problems, row: number): Problems => new Map([...problems].filter(([one]) => one !== row))

/** The questions of a form, in their order. */
export function Questions({ ws, form }: { ws: string; form: DraftForm }) {
  const announce = useAnnounce()
  const [opened, setOpened] = useState<number>()
  const list = useRef<HTMLUListElement>(null)
  const fields = form.values.fields
  const [wrong, setWrong] = useState<Problems>(new Map())
  useEffect(() => {
    const found = problemsOf(form.failure, fields)
    setWrong(found)
    const first = fields.find((f) => found.has(f.row))
    if (!first) return
    setOpened(first.row)
    requestAnimationFrame(() => {
      // A wrong field further up has the focus already.
      if (document.activeElement?.getAttribute('aria-invalid') !== 'true') list.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
    })
    // Only when a save has failed: afterwards people open what they want.
  }, [form.failure])
  const set = (next: DraftField[]) => form.set({ fields: next })
  const add = (kind: FormFieldKind) => {
    const made = newField(kind, fields)
    set([...fields, made])
    setOpened(made.row)
    const label = () => list.current?.querySelector<HTMLInputElement>(`[data-row="${made.row}"] input`)
    requestAnimationFrame(() => {
      label()?.focus()
      label()?.select()
    })
  }
  const move = (from: number, to: number) => {
    const next = moved(fields, from, to)
    if (next === fields) return
    set(next)
    announce(words.moved(fields[from]!.label, to + 1, fields.length))
    // The question takes its buttons along, and the keyboard stays with it.
    requestAnimationFrame(() => {
      const buttons = list.current?.querySelectorAll<HTMLButtonElement>(`[data-row="${fields[from]!.row}"] [data-move]`)
      const [up, down] = Array.from(buttons ?? [])
      const [same, other] = to > from ? [down, up] : [up, down]
      if (same?.disabled) other?.focus()
      else same?.focus()
    })
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
            problem={(name) => wrong.get(field.row)?.[name]}
            onToggle={() => setOpened(opened === field.row ? undefined : field.row)}
            onChange={(part) => {
              set(fields.map((f) => (f.row === field.row ? { ...f, ...part } : f)))
              setWrong(without(wrong, field.row))
            }}
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
