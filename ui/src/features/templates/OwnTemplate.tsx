import { ActionIcon, Button, Code, Group, Menu, NumberInput, Stack, Table, Text, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { IconDots } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { deleteTemplate, endLink, fileAddress, linksQuery, shareTemplate } from '../../api/clones'
import type { Template } from '../../api/templates'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { CopyButton } from '../../components/CopyButton'
import { ErrorNote } from '../../components/ErrorNote'
import { Modal } from '../../components/Modal'
import { TimeAgo } from '../../components/TimeAgo'
import { clones as words } from '../../lib/text/en/clones'
import { templates } from '../../lib/text/en/templates'
import classes from './Templates.module.css'
import { TemplateSteps } from './TemplateSteps'

/** A template of the workspace, with all that is done with it. */
export function OwnTemplate({ ws, template, onUse }: { ws: string; template: Template; onUse: () => void }) {
  const [open, setOpen] = useState<'share' | 'remove'>()
  const client = useQueryClient()
  const remove = useMutation({
    mutationFn: () => deleteTemplate(ws, template.id),
    onSuccess: () => client.invalidateQueries({ queryKey: ['ws', ws, 'templates'] }),
  })
  return (
    <li className={classes.entry}>
      <TemplateSteps template={template} />
      <Title order={3} size="h5">
        {template.name}
      </Title>
      <Text size="sm" c="dimmed">
        {template.summary}
      </Text>
      <Text size="xs" c="dimmed">
        {words.version(template.version)}
        {template.updated_at && (
          <>
            {' · '}
            <TimeAgo at={template.updated_at} />
          </>
        )}
      </Text>
      <footer>
        <Menu position="bottom-start">
          <Menu.Target>
            <ActionIcon variant="subtle" aria-label={words.more(template.name)}>
              <IconDots size={18} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {template.editable && (
              <Menu.Item renderRoot={(props) => <Link to="/w/$ws/templates/$id/version" params={{ ws, id: template.id }} {...props} />}>{words.newVersion}</Menu.Item>
            )}
            <Menu.Item renderRoot={(props) => <Link to="/w/$ws/templates/$id/clients" params={{ ws, id: template.id }} {...props} />}>{words.standing}</Menu.Item>
            <Menu.Item component="a" href={fileAddress(ws, template.id)} download>
              {words.exportFile}
            </Menu.Item>
            <Menu.Item onClick={() => setOpen('share')}>{words.share}</Menu.Item>
            <Menu.Item color="red.9" onClick={() => setOpen('remove')}>
              {words.remove}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
        <Group gap="xs">
          <Button size="compact-md" variant="default" aria-label={templates.useOne(template.name)} onClick={onUse}>
            {templates.use}
          </Button>
          <Button
            size="compact-md"
            variant="light"
            aria-label={words.forClientsOf(template.name)}
            renderRoot={(props) => <Link to="/w/$ws/templates/$id/clone" params={{ ws, id: template.id }} {...props} />}
          >
            {words.forClients}
          </Button>
        </Group>
      </footer>
      {open === 'share' && <ShareDialog ws={ws} template={template} onClose={() => setOpen(undefined)} />}
      {open === 'remove' && (
        <ConfirmDialog
          title={words.removeTitle(template.name)}
          confirm={words.remove}
          pending={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate()}
          onClose={() => setOpen(undefined)}
        >
          {words.removeHelp}
        </ConfirmDialog>
      )}
    </li>
  )
}

function ShareDialog({ ws, template, onClose }: { ws: string; template: Template; onClose: () => void }) {
  const client = useQueryClient()
  const query = linksQuery(ws, template.id)
  const { data, error } = useQuery(query)
  const [days, setDays] = useState(30)
  const anew = () => client.invalidateQueries({ queryKey: query.queryKey })
  const make = useMutation({ mutationFn: () => shareTemplate(ws, template.id, days), onSuccess: anew })
  const end = useMutation({ mutationFn: (id: string) => endLink(ws, template.id, id), onSuccess: anew })
  return (
    <Modal opened onClose={onClose} title={words.shareTitle(template.name)}>
      <Stack gap="md">
        <ErrorNote error={error ?? make.error ?? end.error} />
        <Text size="sm">{words.shareHelp}</Text>
        <Group align="end">
          <NumberInput label={words.days} suffix=" d" min={1} max={365} value={days} onChange={(v) => setDays(Number(v) || 30)} />
          <Button loading={make.isPending} onClick={() => make.mutate()}>
            {words.makeLink}
          </Button>
        </Group>
        {make.data?.url && (
          <Stack gap={4}>
            <Group wrap="nowrap">
              <Code>{make.data.url}</Code>
              <CopyButton value={make.data.url} label={words.share} />
            </Group>
            <Text size="xs" c="dimmed">
              {words.once}
            </Text>
          </Stack>
        )}
        {(data?.items ?? []).length > 0 && (
          <Table aria-label={words.links}>
            <Table.Tbody>
              {(data?.items ?? []).map((link) => (
                <Table.Tr key={link.id}>
                  <Table.Td>
                    <TimeAgo at={link.created_at} />
                  </Table.Td>
                  <Table.Td>
                    {link.revoked_at ? (
                      words.ended
                    ) : (
                      <Button size="compact-sm" variant="default" onClick={() => end.mutate(link.id)}>
                        {words.end}
                      </Button>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Stack>
    </Modal>
  )
}
