import { Stack, Text } from '@mantine/core'
import type { TabProps } from '../../lib/document/panel'
import { paramsWords as words } from '../../lib/text/en/params'
import { TriggerPanel } from '../samples'
import { Branches } from './Branches'
import { fieldsOf, type Params } from './field'
import { FieldList } from './FieldList'
import { TabFrame } from './TabFrame'

/** What a step or trigger does, and where. */
export function SetUpTab(props: TabProps) {
  const { nodeType, definition } = props
  const trigger = (definition.triggers ?? []).find((t) => t.id === props.stepId)
  const branches = !trigger && (nodeType.lists ?? []).includes('branches')
  const own = fieldsOf(nodeType).filter((field) => field.tab !== 'fields')
  return (
    <TabFrame props={props}>
      <Stack gap="lg">
        {trigger && <TriggerPanel {...props} trigger={trigger} />}
        {branches && <Branches {...props} />}
        <ParamsForm {...props} tab="setup" />
        {own.length === 0 && !trigger && !branches && (
          <Text size="sm" c="dimmed">
            {nodeType.summary || words.nothing}
          </Text>
        )}
      </Stack>
    </TabFrame>
  )
}

/** The fields of one tab. */
export function ParamsForm({ nodeType, value, onChange, goTo, tab }: TabProps & { tab: 'setup' | 'fields' }) {
  const params: Params = value.params ?? {}
  const change = (next: Params, key: string) => onChange({ ...value, params: next }, `params/${key}`)
  return <FieldList fields={fieldsOf(nodeType)} only={(field) => (field.tab === 'fields') === (tab === 'fields')} params={params} onChange={change} pointer="/params" goTo={goTo?.pointer} />
}
