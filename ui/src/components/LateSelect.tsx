import { InputBase, type InputBaseProps, type MultiSelectProps, type SelectProps } from '@mantine/core'
import { lazy, Suspense, type ComponentType } from 'react'

// Asked for at once, so that it comes beside what the page asks for, but the page
// is drawn without it.
const loading = import('./selects')
const Select = lazy(() => loading.then((m) => ({ default: m.Select as ComponentType<SelectProps> })))
const MultiSelect = lazy(() => loading.then((m) => ({ default: m.MultiSelect as ComponentType<MultiSelectProps> })))

/** The library's Select for what a page shows first: its place is kept until it is loaded. */
export function LateSelect(props: SelectProps) {
  return (
    <Suspense fallback={<Place of={props} shown={labelOf(props.data, props.value)} />}>
      <Select {...props} />
    </Suspense>
  )
}

/** The same for several values. */
export function LateMultiSelect(props: MultiSelectProps) {
  return (
    <Suspense fallback={<Place of={props} shown="" />}>
      <MultiSelect {...props} />
    </Suspense>
  )
}

/** As large as the field that comes, and not to be used before. */
function Place({ of, shown }: { of: SelectProps | MultiSelectProps; shown: string }) {
  const { label, description, error, required, inputWrapperOrder, placeholder, size, className, w, maw, miw, mb, flex } = of
  const frame: InputBaseProps = { label, description, error, required, inputWrapperOrder, size, className, w, maw, miw, mb, flex }
  return <InputBase {...frame} aria-label={of['aria-label']} placeholder={placeholder} value={shown} readOnly disabled />
}

/** What stands in a field for a value. */
function labelOf(data: SelectProps['data'], value: SelectProps['value']): string {
  for (const entry of data ?? []) {
    if (entry === value) return String(entry)
    if (typeof entry !== 'object' || entry === null) continue
    if ('items' in entry) {
      const below = labelOf(entry.items as SelectProps['data'], value)
      if (below !== '') return below
    } else if ('value' in entry && entry.value === value) return entry.label
  }
  return ''
}
