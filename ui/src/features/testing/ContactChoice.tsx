import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { testingWords as words } from '../../lib/text/en/testing'
import { contactChoicesQuery } from './api'

interface Props {
  ws: string
  value: string | undefined
  onChange: (id: string | undefined) => void
  /** The sample brings a contact, who is taken when nobody is chosen. */
  ofSample: boolean
}

/** As which contact a test runs, where no event brings one. */
export function ContactChoice({ ws, value, onChange, ofSample }: Props) {
  const [search, setSearch] = useState('')
  const [q] = useDebouncedValue(search.trim(), 250)
  const { data = [] } = useQuery({ ...contactChoicesQuery(ws, q), placeholderData: keepPreviousData })
  return (
    <Select
      label={words.contact}
      description={words.contactHelp}
      placeholder={ofSample ? words.contactOfSample : words.contactNone}
      data={data}
      value={value ?? null}
      onChange={(id) => onChange(id ?? undefined)}
      searchable
      clearable
      // The server has searched already, also in what is not shown.
      filter={({ options }) => options}
      onSearchChange={setSearch}
      nothingFoundMessage={words.contactNobody}
      comboboxProps={{ zIndex: 310 }}
    />
  )
}
