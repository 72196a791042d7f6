import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { tagsQuery, type ContactFilter } from '../../api/contacts'
import listClasses from '../../components/List.module.css'
import { SearchBox } from '../../components/SearchBox'
import { contacts as words } from '../../lib/text/en/contacts'

/** Finds contacts by text and tag. */
export function ContactFilters({ ws, filter }: { ws: string; filter: ContactFilter }) {
  const navigate = useNavigate()
  const { data: tags } = useQuery(tagsQuery(ws))
  const choose = (part: ContactFilter) =>
    void navigate({ to: '/w/$ws/contacts', params: { ws }, search: { ...filter, ...part }, replace: true })
  return (
    <div className={listClasses.tools}>
      <SearchBox label={words.search} value={filter.q ?? ''} onChange={(q) => choose({ q: q || undefined })} width={300} />
      <Select
        w={220}
        aria-label={words.tag}
        placeholder={words.anyTag}
        data={(tags?.items ?? []).map((tag) => tag.name)}
        value={filter.tag ?? null}
        onChange={(tag) => choose({ tag: tag ?? undefined })}
        clearable
        searchable
      />
    </div>
  )
}
