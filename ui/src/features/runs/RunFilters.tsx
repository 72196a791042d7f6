import { Button, Select, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import listClasses from '../../components/List.module.css'
import { SearchBox } from '../../components/SearchBox'
import { text } from '../../lib/text'
import { common } from '../../lib/text/en/common'
import { runs as words } from '../../lib/text/en/runs'
import { dayBefore } from '../../lib/zone'
import { isFiltered, type RunSearch } from './runSearch'

const STATUSES = Object.entries(text.runStatus).map(([value, label]) => ({ value, label }))
const WHATS = Object.entries(words.whats).map(([value, label]) => ({ value, label }))

const TIMES = [
  { value: '0', label: words.times.today },
  { value: '6', label: words.times.week },
  { value: '29', label: words.times.month },
  { value: 'days', label: words.times.days },
]

const daysAgo = (days: number) => dayBefore(days, new Date())

/** The choice of time that the address stands for; null for any. */
function timeOf(search: RunSearch, days: boolean): string | null {
  if (days || search.to) return 'days'
  if (!search.from) return null
  return ['0', '6', '29'].find((n) => daysAgo(Number(n)) === search.from) ?? 'days'
}

export function RunFilters({ ws, search, names }: { ws: string; search: RunSearch; names: Map<string, string> }) {
  const navigate = useNavigate()
  const [days, setDays] = useState(false)
  const choose = (part: RunSearch) =>
    void navigate({ to: '/w/$ws/runs', params: { ws }, search: { ...search, ...part }, replace: true })
  return (
    <div className={listClasses.tools}>
      <SearchBox label={words.search} value={search.q ?? ''} onChange={(q) => choose({ q: q || undefined })} width={230} />
      <Select
        w={150}
        aria-label={text.runs.status}
        placeholder={text.runs.anyStatus}
        data={STATUSES}
        value={search.status ?? null}
        onChange={(status) => choose({ status: status ?? undefined })}
        clearable
      />
      <Select
        w={200}
        aria-label={text.runs.workflow}
        placeholder={text.runs.anyWorkflow}
        data={Array.from(names, ([value, label]) => ({ value, label }))}
        value={search.workflow_id ?? null}
        onChange={(id) => choose({ workflow_id: id ?? undefined, step: undefined })}
        clearable
        searchable
      />
      <Select
        w={145}
        aria-label={words.what}
        placeholder={words.anyWhat}
        data={WHATS}
        value={search.what ?? null}
        onChange={(what) => choose({ what: what ?? undefined })}
        clearable
      />
      <Select
        w={150}
        aria-label={words.when}
        placeholder={words.anyTime}
        data={TIMES}
        value={timeOf(search, days)}
        onChange={(time) => {
          setDays(time === 'days')
          choose(time === 'days' ? {} : { from: time ? daysAgo(Number(time)) : undefined, to: undefined })
        }}
        clearable
      />
      {timeOf(search, days) === 'days' && (
        <>
          <TextInput w={150} type="date" aria-label={words.from} title={words.from} value={search.from ?? ''} max={search.to} onChange={(e) => choose({ from: e.currentTarget.value || undefined })} />
          <TextInput w={150} type="date" aria-label={words.to} title={words.to} value={search.to ?? ''} min={search.from} onChange={(e) => choose({ to: e.currentTarget.value || undefined })} />
        </>
      )}
      {search.contact_id && (
        <Button variant="light" onClick={() => choose({ contact_id: undefined })} rightSection="×">
          {words.ofContact}
        </Button>
      )}
      {search.step && (
        <Button variant="light" onClick={() => choose({ step: undefined })} rightSection="×">
          {words.ofStep}
        </Button>
      )}
      {search.failure && (
        <Button variant="light" onClick={() => choose({ failure: undefined })} rightSection="×">
          {words.ofFailure}
        </Button>
      )}
      {isFiltered(search) && (
        <Button variant="subtle" onClick={() => {
            setDays(false)
            void navigate({ to: '/w/$ws/runs', params: { ws }, search: {}, replace: true })
          }}>
          {common.clear}
        </Button>
      )}
    </div>
  )
}
