import { Select } from '@mantine/core'
import type { SaleFilter } from '../../api/sales'
import { ContactSelect } from '../../components/ContactSelect'
import listClasses from '../../components/List.module.css'
import { sales as words } from '../../lib/text/en/sales'
import type { Titles } from './saleText'

interface Props {
  ws: string
  filter: SaleFilter
  /** By which the kind can be narrowed; none when missing. */
  states?: string[]
  titles: Titles
  onFilter: (part: SaleFilter) => void
}

/** Finds sales by who bought, what, and what became of it. */
export function SaleFilters({ ws, filter, states, titles, onFilter }: Props) {
  return (
    <div className={listClasses.tools}>
      <ContactSelect
        ws={ws}
        label={words.contact}
        hideLabel
        placeholder={words.anyContact}
        value={filter.contact_id ?? ''}
        onChange={(id) => onFilter({ contact_id: id || undefined })}
        clearable
        width={260}
      />
      <Select
        w={220}
        aria-label={words.offer}
        placeholder={words.anyOffer}
        data={Array.from(titles ?? [], ([value, label]) => ({ value, label }))}
        value={filter.offer_id ?? null}
        onChange={(id) => onFilter({ offer_id: id ?? undefined })}
        clearable
        searchable
      />
      {states && (
        <Select
          w={180}
          aria-label={words.state}
          placeholder={words.anyState}
          data={states.map((value) => ({ value, label: words.states[value] ?? value }))}
          value={filter.state ?? null}
          onChange={(state) => onFilter({ state: state ?? undefined })}
          clearable
        />
      )}
    </div>
  )
}
