import { Radio, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { rolesQuery, type Place, type RoleName } from '../../api/members'
import { ErrorNote } from '../../components/ErrorNote'
import { members as words, roleNames } from '../../lib/text/en/members'

interface Props {
  place: Place
  value: RoleName
  onChange: (role: RoleName) => void
  error?: string
}

/** The roles with what each may do; those that one cannot give are off. */
export function RoleChoice({ place, value, onChange, error }: Props) {
  const { data, error: failed } = useQuery(rolesQuery(place))
  const roles = (data?.items ?? []).filter(({ role }) => !place.agency || role !== 'client_viewer')
  return (
    <Radio.Group label={words.role} value={value} onChange={(role) => onChange(role as RoleName)} error={error}>
      <ErrorNote error={failed} />
      <Stack gap="sm" mt="xs">
        {roles.map(({ role, about, may_give }) => (
          <Radio key={role} value={role} label={roleNames[role]} description={may_give ? about : words.notGiven} disabled={!may_give} />
        ))}
      </Stack>
    </Radio.Group>
  )
}
