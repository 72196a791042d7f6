import { Button, Group, Text, TextInput } from '@mantine/core'
import { CopyButton } from '../../components/CopyButton'
import { agency } from '../../lib/text/en/agency'

const words = agency.link

/** A client's link, shown once. */
export function ClientLinkNote({ name, url, onDone }: { name: string; url: string; onDone: () => void }) {
  return (
    <>
      <Text size="sm" mb="sm">
        <b>{words.title(name)}.</b> {words.help}
      </Text>
      <TextInput
        label={words.address}
        description={words.once}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        readOnly
        value={url}
        onFocus={(event) => event.currentTarget.select()}
        rightSection={url && <CopyButton value={url} label={words.copy} />}
      />
      <Group justify="flex-end" mt="lg">
        <Button onClick={onDone}>{words.done}</Button>
      </Group>
    </>
  )
}
