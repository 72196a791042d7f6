import { Badge, Button, Group, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { invitationsQuery, inviteAgain, membersKey, withdraw, type Invitation, type NewInvitation, type Place } from '../../api/members'
import { ErrorNote } from '../../components/ErrorNote'
import listClasses from '../../components/List.module.css'
import { TimeAgo } from '../../components/TimeAgo'
import { invitations as words, roleNames } from '../../lib/text/en/members'
import { Invited } from './InviteDialog'
import classes from './Members.module.css'

/** Who was invited and has not come yet; nothing when there is nobody. */
export function Invitations({ place, mayChange }: { place: Place; mayChange: boolean }) {
  const { data, error } = useQuery(invitationsQuery(place))
  const [made, setMade] = useState<NewInvitation>()
  const open = data?.items ?? []
  if (open.length === 0 && !error) return null
  return (
    <section aria-labelledby="invited" className={classes.section}>
      <Title order={2} id="invited" mb="sm">
        {words.title}
      </Title>
      <ErrorNote error={error} />
      <ul className={listClasses.list} aria-label={words.title}>
        {open.map((invitation) => (
          <Row key={invitation.id} place={place} invitation={invitation} mayChange={mayChange} onMade={setMade} />
        ))}
      </ul>
      {made && <Invited made={made} onClose={() => setMade(undefined)} />}
    </section>
  )
}

interface RowProps {
  place: Place
  invitation: Invitation
  mayChange: boolean
  onMade: (made: NewInvitation) => void
}

function Row({ place, invitation, mayChange, onMade }: RowProps) {
  const client = useQueryClient()
  const refresh = () => client.invalidateQueries({ queryKey: membersKey(place) })
  const again = useMutation({
    mutationFn: () => inviteAgain(place, invitation.id),
    onSuccess: (made) => {
      onMade(made)
      return refresh()
    },
  })
  const end = useMutation({ mutationFn: () => withdraw(place, invitation.id), onSuccess: refresh })
  const { email } = invitation
  return (
    <li className={`${listClasses.row} ${classes.row}`}>
      <div className={classes.cell}>
        <div className={classes.name}>{email}</div>
        <div className={listClasses.dim}>
          {words.sent} <TimeAgo at={invitation.sent_at} /> {words.by(invitation.invited_by)}
        </div>
        <ErrorNote error={again.error ?? end.error} />
      </div>
      <Badge variant="default">{roleNames[invitation.role]}</Badge>
      <div className={listClasses.dim}>
        {invitation.expired ? (
          <span className={classes.ended}>{words.ended}</span>
        ) : (
          <>
            {words.ends} <TimeAgo at={invitation.expires_at} />
          </>
        )}
      </div>
      <Group gap="xs" wrap="nowrap" justify="flex-end">
        {mayChange && (
          <>
            <Button size="xs" variant="default" aria-label={words.againOne(email)} loading={again.isPending} onClick={() => again.mutate()}>
              {words.again}
            </Button>
            <Button size="xs" variant="default" aria-label={words.withdrawOne(email)} loading={end.isPending} onClick={() => end.mutate()}>
              {words.withdraw}
            </Button>
          </>
        )}
      </Group>
    </li>
  )
}
