import { CloseButton, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { common } from '../lib/text/en/common'

interface Props {
  label: string
  value: string
  onChange: (value: string) => void
  width?: number | string
}

/** How long typing pauses before it counts as asked. */
const PAUSE_MS = 300

/** A search that asks once typing pauses, at once on Enter. "/" leads into it. */
export function SearchBox({ label, value, onChange, width = 280 }: Props) {
  const [typed, setTyped] = useState(value)
  const input = useRef<HTMLInputElement>(null)
  const asked = useRef(value)
  useEffect(() => {
    if (value === asked.current) return
    asked.current = value
    setTyped(value) // changed from elsewhere, as by "Clear the filters"
  }, [value])
  useEffect(() => {
    if (typed === asked.current) return undefined
    const timer = setTimeout(() => ask(typed), PAUSE_MS)
    return () => clearTimeout(timer)
  })
  useEffect(() => {
    const slash = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return
      const at = event.target as HTMLElement
      if (at.closest('input, textarea, select, [contenteditable=true], [role=dialog]')) return
      event.preventDefault()
      input.current?.focus()
    }
    window.addEventListener('keydown', slash)
    return () => window.removeEventListener('keydown', slash)
  }, [])
  const ask = (next: string) => {
    asked.current = next
    onChange(next)
  }
  return (
    <TextInput
      ref={input}
      w={width}
      type="search"
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={17} aria-hidden />}
      rightSection={
        typed === '' ? null : (
          <CloseButton
            size="sm"
            aria-label={common.clear}
            onClick={() => {
              setTyped('')
              ask('')
            }}
          />
        )
      }
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Enter' && ask(typed)}
    />
  )
}
