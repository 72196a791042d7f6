import { Select } from '@mantine/core'
import listClasses from '../../components/List.module.css'
import { SearchBox } from '../../components/SearchBox'
import { eventChoices, hooks as words } from '../../lib/text/en/hooks'

const STATES = Object.entries(words.states).map(([value, label]) => ({ value, label }))

/** What the list of webhooks is narrowed to. */
export interface Wanted {
  text: string
  event: string | null
  state: string | null
}

/** Narrows the list of webhooks. */
export function HookFilters({ wanted, onChange }: { wanted: Wanted; onChange: (wanted: Wanted) => void }) {
  return (
    <div className={listClasses.tools}>
      <SearchBox label={words.search} value={wanted.text} onChange={(text) => onChange({ ...wanted, text })} />
      <Select w={220} aria-label={words.event} placeholder={words.anyEvent} data={eventChoices} value={wanted.event} onChange={(event) => onChange({ ...wanted, event })} clearable searchable />
      <Select w={190} aria-label={words.state} placeholder={words.anyState} data={STATES} value={wanted.state} onChange={(state) => onChange({ ...wanted, state })} clearable />
    </div>
  )
}
