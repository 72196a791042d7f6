import { SegmentedControl } from '@mantine/core'
import { place as words } from '../lib/text/en/members'

/** Whether a page is about the workspace or about all of them; for the agency's own people. */
export function AgencySwitch({ agency, onChange }: { agency: boolean; onChange: (agency: boolean) => void }) {
  return (
    <SegmentedControl
      aria-label={words.label}
      mb="md"
      value={agency ? 'agency' : 'here'}
      onChange={(value) => onChange(value === 'agency')}
      data={[
        { value: 'here', label: words.here },
        { value: 'agency', label: words.agency },
      ]}
    />
  )
}
