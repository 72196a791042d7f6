import { Anchor, Popover } from '@mantine/core'
import { useState } from 'react'
import { useNodeType } from '../../api/nodeTypes'
import { TimeAgo } from '../../components/TimeAgo'
import { mappingWords as words } from '../../lib/text/en/mapping'
import { SampleList, takesRequests } from '../samples'
import { useMappingWorld } from './MappingScope'
import classes from './Picker.module.css'

/** Which sample is shown, and a way to choose another. */
export function PickerSample() {
  const { ws, workflow, definition, trigger, request, run, settled, sources } = useMappingWorld()
  const nodeType = useNodeType()
  const [open, setOpen] = useState(false)
  if (!trigger) return null
  const triggers = definition.triggers ?? []
  const hasSamples = triggers.length > 1 || run !== undefined || takesRequests(trigger, nodeType(trigger.type))
  return (
    <div className={classes.sample}>
      <span className={classes.sampleText}>
        {request ? (
          <>
            {words.picker.sample}: {request.method} <TimeAgo at={request.received_at} />
          </>
        ) : run ? (
          <>
            {words.picker.sample}: {words.picker.event} <TimeAgo at={run.created_at} />
          </>
        ) : !settled ? (
          words.picker.looking
        ) : (
          words.picker.instead[sources.find((s) => s.id === 'trigger')?.origin ?? 'example']
        )}
      </span>
      {hasSamples && (
        <Popover opened={open} onChange={setOpen} position="bottom-end" width={360} trapFocus returnFocus shadow="lg" withinPortal={false}>
          <Popover.Target>
            <Anchor component="button" type="button" size="xs" fw={600} onClick={() => setOpen((o) => !o)}>
              {words.picker.changeSample}
            </Anchor>
          </Popover.Target>
          <Popover.Dropdown p="xs">
            <SampleList ws={ws} workflowId={workflow.id} triggers={triggers} trigger={trigger} onChosen={() => setOpen(false)} />
          </Popover.Dropdown>
        </Popover>
      )}
    </div>
  )
}
