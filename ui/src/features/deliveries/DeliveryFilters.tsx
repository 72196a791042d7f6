import { Button } from '@mantine/core'
import type { Hook } from '../../api/hooks'
import { LateSelect } from '../../components/LateSelect'
import listClasses from '../../components/List.module.css'
import { deliveries as words, eventChoices } from '../../lib/text/en/hooks'
import type { DeliverySearch } from './deliverySearch'
import { hookLabel } from './deliveryText'

const STATUSES = Object.entries(words.statuses).map(([value, label]) => ({ value, label }))

interface Props {
  filter: DeliverySearch
  hooks: Map<string, Hook>
  /** Whether these are all: one that is missing was deleted then. */
  whole: boolean
  onFilter: (part: DeliverySearch) => void
}

/** Finds deliveries by webhook, event and what became of them. */
export function DeliveryFilters({ filter, hooks, whole, onFilter }: Props) {
  const choices = Array.from(hooks.values(), (hook) => ({ value: hook.id, label: hookLabel(hook) }))
  // One that was deleted meanwhile has no name to show.
  if (filter.hook_id && !hooks.has(filter.hook_id)) choices.push({ value: filter.hook_id, label: whole ? words.deletedHook : words.hook })
  return (
    <div className={listClasses.tools}>
      <LateSelect
        w={300}
        aria-label={words.hook}
        placeholder={words.anyHook}
        data={choices}
        value={filter.hook_id ?? null}
        onChange={(id) => onFilter({ hook_id: id ?? undefined })}
        clearable
        searchable
      />
      <LateSelect
        w={210}
        aria-label={words.event}
        placeholder={words.anyEvent}
        data={eventChoices}
        value={filter.event ?? null}
        onChange={(event) => onFilter({ event: event ?? undefined })}
        clearable
        searchable
      />
      <LateSelect
        w={190}
        aria-label={words.status}
        placeholder={words.anyStatus}
        data={STATUSES}
        value={filter.status ?? null}
        onChange={(status) => onFilter({ status: status ?? undefined })}
        clearable
      />
      {filter.contact_id && (
        <Button variant="light" onClick={() => onFilter({ contact_id: undefined })} rightSection="×">
          {words.ofContact}
        </Button>
      )}
    </div>
  )
}
