import { Alert, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconBroadcast, IconClipboardText, IconSend } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { TriggerAddress } from '../../api/workflows'
import { CopyButton } from '../../components/CopyButton'
import { reach } from '../../lib/address'
import type { Trigger } from '../../lib/definition'
import type { TabProps } from '../../lib/document/panel'
import { samplesWords as words } from '../../lib/text/en/samples'
import { Listening } from './Listening'
import { PasteDialog } from './PasteDialog'
import { Arrived } from './Arrived'
import { Guide } from './Guide'
import { takesRequests } from './runs'
import { SampleList } from './SampleList'
import classes from './TriggerPanel.module.css'
import { SendSample } from './SendSample'
import { WatchNote } from './WatchNote'

interface Props extends TabProps {
  trigger: Trigger
}

/** A trigger's address, and ways to get a first sample; of triggers without an address, what they began. */
export function TriggerPanel(props: Props) {
  const { nodeType, workflow, trigger, save, readOnly } = props
  const { url, watch } = workflow.triggers?.find((t) => t.id === trigger.id) ?? {}
  const asked = useRef(false)
  const isHttp = takesRequests(trigger, nodeType)
  useEffect(() => {
    // A new trigger gets its address with the first save, so that is done at once.
    if (!isHttp || url || asked.current || readOnly) return
    asked.current = true
    save().catch(() => undefined) // the editor itself says when it cannot save
  }, [isHttp, url, save, readOnly])
  if (!isHttp) return <EventTrigger {...props} watch={watch} />
  return (
    <Stack gap="md">
      <Address url={url} />
      <WatchNote watch={watch} />
      {!readOnly && <Guide ws={props.ws} workflow={workflow} trigger={trigger} url={url} />}
      <Samples {...props} />
    </Stack>
  )
}

function EventTrigger({ ws, workflow, nodeType, trigger, watch }: Props & { watch: TriggerAddress['watch'] }) {
  return (
    <Stack gap="md">
      <WatchNote watch={watch} />
      <Text size="sm" c="dimmed">
        {nodeType.summary} {words.eventSample}
      </Text>
      <section className={classes.samples} aria-label={words.samples}>
        <Text fw={650} size="sm">
          {words.samples}
        </Text>
        <SampleList ws={ws} workflowId={workflow.id} triggers={[trigger]} trigger={trigger} />
        <Arrived ws={ws} workflowId={workflow.id} trigger={trigger} />
      </section>
    </Stack>
  )
}

function Address({ url }: { url: string | undefined }) {
  const reached = url === undefined ? 'everyone' : reach(url)
  return (
    <div>
      <Text size="sm" fw={550} mb={4}>
        {words.address}
      </Text>
      {url === undefined ? (
        <Skeleton height={38} radius="md" aria-label={words.addressComing} />
      ) : (
        <div className={classes.url}>
          <span className={classes.address} data-address>
            {url}
          </span>
          <CopyButton value={url} label={words.copyUrl} />
        </div>
      )}
      {reached === 'nearby' && <Warning>{words.nearby}</Warning>}
      {reached === 'unencrypted' && <Warning>{words.unencrypted}</Warning>}
    </div>
  )
}

function Warning({ children }: { children: string }) {
  return (
    <div className={classes.warning}>
      <IconAlertTriangle size={15} aria-hidden />
      {children}
    </div>
  )
}

/** Listen, send, paste, and what came so far. */
function Samples({ ws, workflow, definition, trigger, save, readOnly }: Props) {
  const [listening, setListening] = useState(false)
  const [doing, setDoing] = useState<'send' | 'paste'>()
  const place = { ws, workflowId: workflow.id, trigger, save }
  return (
    <section className={classes.samples} aria-label={words.samples}>
      <Text fw={650} size="sm">
        {words.samples}
      </Text>
      <Text size="sm" c="dimmed">
        {words.samplesHelp}
      </Text>
      {!readOnly && (
        <Group gap="xs">
          <Button size="xs" variant={listening ? 'light' : 'filled'} leftSection={<IconBroadcast size={15} aria-hidden />} onClick={() => setListening((on) => !on)} aria-pressed={listening}>
            {listening ? words.stopListening : words.listen}
          </Button>
          <Button size="xs" variant="default" leftSection={<IconSend size={15} aria-hidden />} onClick={() => setDoing('send')}>
            {words.send}
          </Button>
          <Button size="xs" variant="default" leftSection={<IconClipboardText size={15} aria-hidden />} onClick={() => setDoing('paste')}>
            {words.paste}
          </Button>
        </Group>
      )}
      {listening && <Listening {...place} onCaught={() => setListening(false)} />}
      <SampleList ws={ws} workflowId={workflow.id} triggers={[trigger]} trigger={trigger} />
      <Arrived ws={ws} workflowId={workflow.id} trigger={trigger} />
      {doing === 'send' && <SendSample {...place} onClose={() => setDoing(undefined)} />}
      {doing === 'paste' && <PasteDialog {...place} onClose={() => setDoing(undefined)} />}
      {(definition.triggers ?? []).length > 1 && <Alert variant="light" color="gray" p="xs">{words.ownSamples}</Alert>}
    </section>
  )
}
