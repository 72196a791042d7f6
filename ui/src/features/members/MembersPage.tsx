import { Badge, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconUserPlus, IconUsers } from '@tabler/icons-react'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { membersQuery, type Member, type Place } from '../../api/members'
import { AgencySwitch } from '../../components/AgencySwitch'
import { ErrorNote } from '../../components/ErrorNote'
import listClasses from '../../components/List.module.css'
import { Empty, Page } from '../../components/Page'
import { TimeAgo } from '../../components/TimeAgo'
import { useMay } from '../../components/useMay'
import { members as words, roleNames } from '../../lib/text/en/members'
import classes from './Members.module.css'

const Invitations = lazy(() => import('./Invitations').then((m) => ({ default: m.Invitations })))
const InviteDialog = lazy(() => import('./InviteDialog').then((m) => ({ default: m.InviteDialog })))
const RoleDialog = lazy(() => import('./MemberDialogs').then((m) => ({ default: m.RoleDialog })))
const RemoveDialog = lazy(() => import('./MemberDialogs').then((m) => ({ default: m.RemoveDialog })))

type Asked = { what: 'invite' } | { what: 'role' | 'remove'; member: Member }

/** Who may do what in the workspace, or as the agency's own people in all. */
export function MembersPage() {
  const { ws } = useParams({ from: '/w/$ws/members' })
  const { of } = useSearch({ from: '/w/$ws/members' })
  const navigate = useNavigate()
  const { may, agency: mayAll } = useMay(ws)
  const agency = of === 'agency' && mayAll('members:read')
  const place: Place = { ws, agency }
  const mayChange = agency ? mayAll('members:write') : may('members:write')
  const { data, error, isPending, refetch } = useQuery(membersQuery(place))
  const [asked, setAsked] = useState<Asked>()
  const close = () => setAsked(undefined)
  const list = data?.items ?? []
  const invite = mayChange && (
    <Button leftSection={<IconUserPlus size={17} aria-hidden />} onClick={() => setAsked({ what: 'invite' })}>
      {words.invite}
    </Button>
  )
  return (
    <Page title={words.title} help={agency ? words.agencyHelp : words.help} actions={invite}>
      {mayAll('members:read') && (
        <AgencySwitch
          agency={agency}
          onChange={(next) => void navigate({ to: '/w/$ws/members', params: { ws }, search: { of: next ? 'agency' : undefined }, replace: true })}
        />
      )}
      <Stack gap="lg">
        <ErrorNote error={error} onRetry={() => void refetch()} />
        {isPending && <Skeleton height={64} radius="lg" />}
        {list.length > 0 && (
          <ul className={listClasses.list} aria-label={words.list}>
            {list.map((member) => (
              <Row key={`${member.id}${member.agency}`} member={member} agency={agency} onAsk={setAsked} />
            ))}
          </ul>
        )}
        {!agency && data && list.every((m) => m.agency) && (
          <Empty icon={IconUsers} title={words.emptyTitle} action={invite}>
            <Text c="dimmed">{words.emptyHelp}</Text>
          </Empty>
        )}
        <Suspense>
          <Invitations place={place} mayChange={mayChange} />
        </Suspense>
      </Stack>
      <Suspense>
        {asked?.what === 'invite' && <InviteDialog place={place} onClose={close} />}
        {asked?.what === 'role' && <RoleDialog place={place} member={asked.member} onClose={close} />}
        {asked?.what === 'remove' && <RemoveDialog place={place} member={asked.member} onClose={close} />}
      </Suspense>
    </Page>
  )
}

function Row({ member, agency, onAsk }: { member: Member; agency: boolean; onAsk: (asked: Asked) => void }) {
  const name = member.name || member.email
  const elsewhere = member.agency && !agency
  const off = !member.may_change && !member.you
  return (
    <li className={`${listClasses.row} ${classes.row}`}>
      <div className={classes.cell}>
        <Group gap="xs">
          <span className={classes.name}>{name}</span>
          {member.you && <Badge variant="default">{words.you}</Badge>}
          {elsewhere && (
            <Badge variant="default" title={words.fromAgencyHelp}>
              {words.fromAgency}
            </Badge>
          )}
        </Group>
        {member.name && <div className={`${listClasses.dim} ${listClasses.clip}`}>{member.email}</div>}
      </div>
      <div>{roleNames[member.role]}</div>
      <div className={listClasses.dim}>
        {member.last_seen_at ? (
          <>
            {words.seen} <TimeAgo at={member.last_seen_at} />
          </>
        ) : (
          words.neverSeen
        )}
      </div>
      <Group gap="xs" wrap="nowrap" justify="flex-end">
        {!elsewhere && (
          <>
            <Button
              size="xs"
              variant="default"
              aria-label={words.changeOne(name)}
              disabled={off}
              title={off ? words.above : undefined}
              onClick={() => onAsk({ what: 'role', member })}
            >
              {words.change}
            </Button>
            <Button
              size="xs"
              variant="default"
              aria-label={words.removeOne(name)}
              disabled={off}
              title={off ? words.above : undefined}
              onClick={() => onAsk({ what: 'remove', member })}
            >
              {member.you ? words.leave : words.remove}
            </Button>
          </>
        )}
      </Group>
    </li>
  )
}
