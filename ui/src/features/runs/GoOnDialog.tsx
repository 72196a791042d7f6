import { Button, Group, Radio, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { Modal } from '../../components/Modal'
import { text } from '../../lib/text'
import { common } from '../../lib/text/en/common'
import { runs as words } from '../../lib/text/en/runs'

interface Props {
  pinned: number
  live: number
  onChoose: (version: 'pinned' | 'live') => void
  onClose: () => void
}

/** Asks with which version of the workflow a failed run goes on. */
export function GoOnDialog({ pinned, live, onChoose, onClose }: Props) {
  const [version, setVersion] = useState<'pinned' | 'live'>('live')
  return (
    <Modal opened onClose={onClose} title={words.goOn.title}>
      <Text size="sm" mb="md">
        {words.goOn.help}
      </Text>
      <Radio.Group value={version} onChange={(value) => setVersion(value as typeof version)} aria-label={words.goOn.which}>
        <Stack gap="sm">
          <Radio value="live" label={words.goOn.live(live)} description={words.goOn.liveHelp} />
          <Radio value="pinned" label={words.goOn.pinned(text.workflow.version(pinned))} />
        </Stack>
      </Radio.Group>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          {common.cancel}
        </Button>
        <Button onClick={() => onChoose(version)}>{words.goOn.go}</Button>
      </Group>
    </Modal>
  )
}
