import { Stack } from '@mantine/core'
import type { TabProps } from '../../lib/document/panel'
import { SampleBar } from '../mapping'
import { AutoMap } from './AutoMap'
import { ParamsForm } from './SetUpTab'
import { TabFrame } from './TabFrame'

/** Which values go where. */
export function FieldsTab(props: TabProps) {
  return (
    <TabFrame props={props}>
      <Stack gap="md">
        <SampleBar />
        <AutoMap {...props} />
        <ParamsForm {...props} tab="fields" />
      </Stack>
    </TabFrame>
  )
}
