import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { invite, membersKey, type NewInvitation, type Place, type RoleName } from '../../api/members'
import { CopyButton } from '../../components/CopyButton'
import { FormFrame } from '../../components/FormFrame'
import { Modal } from '../../components/Modal'
import { common } from '../../lib/text/en/common'
import { invitations as words } from '../../lib/text/en/members'
import { useForm } from '../../lib/useForm'
import classes from './Members.module.css'
import { RoleChoice } from './RoleChoice'

/** Invites a person, and shows the link, once. */
export function InviteDialog({ place, onClose }: { place: Place; onClose: () => void }) {
  const client = useQueryClient()
  const form = useForm<{ email: string; role: RoleName }>({ email: '', role: place.agency ? 'builder' : 'client_viewer' })
  const [tried, setTried] = useState(false)
  const { email, role } = form.values
  const make = useMutation({
    mutationFn: () => invite(place, { email: email.trim(), role }),
    onError: form.fail,
    onSuccess: () => client.invalidateQueries({ queryKey: membersKey(place) }),
  })
  if (make.data) return <Invited made={make.data} onClose={onClose} />
  const submit = () => {
    setTried(true)
    if (email.trim() === '') return
    form.fail(null)
    make.mutate()
  }
  return (
    <Modal opened onClose={onClose} changed={form.dirty} title={place.agency ? words.dialogAgency : words.dialog} size="lg">
      <FormFrame onSubmit={submit} failure={form.failure} keys={['email', 'role']} title={words.failed}>
        <TextInput
          type="email"
          label={words.email}
          description={words.emailHelp}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          autoComplete="off"
          data-autofocus
          {...form.text('email')}
          error={form.error('email') ?? (tried && email.trim() === '' ? words.needEmail : undefined)}
        />
        <RoleChoice place={place} value={role} onChange={(next) => form.set({ role: next }, 'role')} error={form.error('role')} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={make.isPending}>
            {words.go}
          </Button>
        </Group>
      </FormFrame>
    </Modal>
  )
}

/** The link of an invitation, where the one who invites is told it. It cannot be shown again, so a stray click does not close it. */
export function Invited({ made, onClose }: { made: NewInvitation; onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} closeOnClickOutside={false} closeOnEscape={false} withCloseButton={false} title={words.madeTitle}>
      <Stack gap="md">
        {made.url === '' ? (
          <Text size="sm">{words.onlyMailed(made.email)}</Text>
        ) : (
          <>
            <Text size="sm">
              {made.mailed ? words.mailed(made.email) : words.notMailed} {words.once}
            </Text>
            <div className={classes.link}>
              <span data-testid="invitation-link">{made.url}</span>
              <CopyButton value={made.url} label={words.copy} />
            </div>
          </>
        )}
        <Group justify="flex-end">
          <Button onClick={onClose}>{words.done}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}
