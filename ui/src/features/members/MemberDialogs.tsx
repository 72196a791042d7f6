import { Button, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { changeRole, membersKey, removeMember, type Member, type Place } from '../../api/members'
import { meQuery } from '../../api/session'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { ErrorNote } from '../../components/ErrorNote'
import { Modal } from '../../components/Modal'
import { common } from '../../lib/text/en/common'
import { members as words } from '../../lib/text/en/members'
import { RoleChoice } from './RoleChoice'

interface Props {
  place: Place
  member: Member
  onClose: () => void
}

const nameOf = (member: Member) => member.name || member.email

function useChanged({ place, member, onClose }: Props) {
  const client = useQueryClient()
  return () => {
    void client.invalidateQueries({ queryKey: membersKey(place) })
    if (member.you) void client.invalidateQueries({ queryKey: meQuery.queryKey })
    onClose()
  }
}

/** Gives a member another role, with what each may do. */
export function RoleDialog(props: Props) {
  const { place, member, onClose } = props
  const [role, setRole] = useState(member.role)
  const done = useChanged(props)
  const change = useMutation({ mutationFn: () => changeRole(place, member.id, role), onSuccess: done })
  return (
    <Modal opened onClose={onClose} title={words.roleTitle(nameOf(member))} size="lg">
      <Stack gap="md">
        <ErrorNote error={change.error} />
        <RoleChoice place={place} value={role} onChange={setRole} />
        <Text size="sm" c="dimmed">
          {words.roleHelp}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button loading={change.isPending} disabled={role === member.role} onClick={() => change.mutate()}>
            {words.save}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

/** Asks before a member is out. */
export function RemoveDialog(props: Props) {
  const { place, member, onClose } = props
  const done = useChanged(props)
  const remove = useMutation({ mutationFn: () => removeMember(place, member.id), onSuccess: done })
  return (
    <ConfirmDialog
      title={member.you ? words.leaveTitle : words.removeTitle(nameOf(member))}
      confirm={member.you ? words.leave : words.remove}
      pending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      {member.you ? words.leaveHelp : words.removeHelp}
    </ConfirmDialog>
  )
}
