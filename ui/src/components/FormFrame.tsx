import { Stack, Text } from '@mantine/core'
import { useEffect, useRef, type FormEvent, type ReactNode } from 'react'
import { ApiError } from '../api/http'
import { unplaced } from '../lib/useForm'
import { ErrorNote } from './ErrorNote'

interface Props {
  onSubmit: () => void
  failure: unknown
  /** Keys of the fields that show their own problems. */
  keys: readonly string[]
  title?: string
  children: ReactNode
}

/** A form: what no field can show stands above it, and the first wrong field gets the focus. */
export function FormFrame({ onSubmit, failure, keys, title, children }: Props) {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (failure) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  }, [failure])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    onSubmit()
  }
  const problems = failure instanceof ApiError ? failure.problems : []
  const rest = unplaced(problems, keys)
  const shown = failure && (problems.length === 0 || rest.length > 0)
  return (
    <form ref={form} onSubmit={submit} noValidate>
      <Stack gap="md">
        {shown ? (
          <ErrorNote error={failure} title={title}>
            {rest.map((p) => (
              <Text key={`${p.pointer}${p.detail}`} size="sm">
                {p.detail}
              </Text>
            ))}
          </ErrorNote>
        ) : null}
        {children}
      </Stack>
    </form>
  )
}
