// Who may do what, and what was done: members, invitations, keys of all
// workspaces and the audit log. Without a workspace it is about the agency.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { once } from './at'
import { ask, type Schemas } from './client'

export type Member = Schemas['MemberView']
export type Role = Schemas['RoleView']
export type Invitation = Schemas['InvitationView']
export type NewInvitation = Schemas['NewInvitationView']
export type RoleName = Role['role']

/** What a list is about: a workspace, or the agency with its people in every workspace. */
export interface Place {
  ws: string
  agency: boolean
}

const key = ({ ws, agency }: Place) => (agency ? ['agency'] : ['ws', ws])

export const membersKey = (place: Place) => [...key(place), 'members']

export const membersQuery = (place: Place) =>
  queryOptions({
    queryKey: [...membersKey(place), 'list'],
    queryFn: ({ signal }) =>
      place.agency ? ask('get', '/members', { signal }) : ask('get', '/workspaces/{ws}/members', { path: { ws: place.ws }, signal }),
  })

export const invitationsQuery = (place: Place) =>
  queryOptions({
    queryKey: [...membersKey(place), 'invitations'],
    queryFn: ({ signal }) =>
      place.agency ? ask('get', '/invitations', { signal }) : ask('get', '/workspaces/{ws}/invitations', { path: { ws: place.ws }, signal }),
  })

export const rolesQuery = (place: Place) =>
  queryOptions({
    queryKey: [...membersKey(place), 'roles'],
    queryFn: ({ signal }) => (place.agency ? ask('get', '/roles', { signal }) : ask('get', '/workspaces/{ws}/roles', { path: { ws: place.ws }, signal })),
    staleTime: 5 * 60_000,
  })

export const invite = ({ ws, agency }: Place, body: Schemas['MemberBody']): Promise<NewInvitation> =>
  agency
    ? ask('post', '/invitations', { body, headers: once() })
    : ask('post', '/workspaces/{ws}/invitations', { path: { ws }, body, headers: once() })

export const inviteAgain = ({ ws, agency }: Place, id: string): Promise<NewInvitation> =>
  agency
    ? ask('post', '/invitations/{id}/resend', { path: { id } })
    : ask('post', '/workspaces/{ws}/invitations/{id}/resend', { path: { ws, id } })

export const withdraw = ({ ws, agency }: Place, id: string): Promise<void> =>
  agency ? ask('delete', '/invitations/{id}', { path: { id } }) : ask('delete', '/workspaces/{ws}/invitations/{id}', { path: { ws, id } })

export const changeRole = ({ ws, agency }: Place, id: string, role: RoleName): Promise<void> =>
  agency
    ? ask('patch', '/members/{id}', { path: { id }, body: { role } })
    : ask('patch', '/workspaces/{ws}/members/{id}', { path: { ws, id }, body: { role } })

export const removeMember = ({ ws, agency }: Place, id: string): Promise<void> =>
  agency ? ask('delete', '/members/{id}', { path: { id } }) : ask('delete', '/workspaces/{ws}/members/{id}', { path: { ws, id } })

/** What an invitation is for; only who has the link is told. */
export const lookInvitation = (token: string) => ask('post', '/invitations/look', { body: { token } })

export const acceptInvitation = (body: Schemas['AcceptInputBody']) => ask('post', '/invitations/accept', { body })

export type AuditEntry = Schemas['EntryView']

/** What narrows the log. */
export interface AuditFilter {
  actor?: string
  action?: string
}

export const auditQuery = (place: Place, filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: [...key(place), 'audit', 'list', filter],
    queryFn: ({ signal, pageParam }) => {
      const query = { ...filter, cursor: pageParam, limit: 50 }
      return place.agency ? ask('get', '/audit', { query, signal }) : ask('get', '/workspaces/{ws}/audit', { path: { ws: place.ws }, query, signal })
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor || undefined,
  })

export const chainQuery = (place: Place) =>
  queryOptions({
    queryKey: [...key(place), 'audit', 'chain'],
    queryFn: ({ signal }) =>
      place.agency ? ask('get', '/audit/verify', { signal }) : ask('get', '/workspaces/{ws}/audit/verify', { path: { ws: place.ws }, signal }),
    staleTime: 60_000,
  })

/** Where the whole log is downloaded. */
export const auditFile = ({ ws, agency }: Place, format: 'csv' | 'jsonl') =>
  `/api/v1${agency ? '' : `/workspaces/${encodeURIComponent(ws)}`}/audit/export?format=${format}`
