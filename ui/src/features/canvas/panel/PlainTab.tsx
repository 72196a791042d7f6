import { Text } from '@mantine/core'
import { JsonView } from '../../../components/JsonView'
import type { TabProps } from '../../../lib/document/panel'
import { canvas as words } from '../../../lib/text/en/canvas'

/** What a step is set up with, to read: for types that this app has no form for. */
export function PlainTab({ nodeType, value }: TabProps) {
  return (
    <>
      {nodeType.kind === '' && (
        <Text size="sm" mb="sm">
          {words.panel.unknown}
        </Text>
      )}
      <JsonView value={value.params ?? {}} label={words.panel.plain} />
    </>
  )
}
