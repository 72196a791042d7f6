import { Select } from '@mantine/core'
import { folders as words } from '../../lib/text/en/folders'

interface Props {
  folders: string[]
  value: string | undefined
  onChange: (folder: string | undefined) => void
}

/** One folder of the list, or all. */
export function FolderFilter({ folders, value, onChange }: Props) {
  return (
    <Select
      w={200}
      aria-label={words.filter}
      placeholder={words.any}
      data={value && !folders.includes(value) ? [...folders, value] : folders}
      value={value ?? null}
      onChange={(folder) => onChange(folder ?? undefined)}
      clearable
    />
  )
}
