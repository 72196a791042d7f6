import { Badge, Skeleton, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconSearchOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { MIN_SEARCH, searchQuery } from '../../api/agency'
import { ErrorNote } from '../../components/ErrorNote'
import listClasses from '../../components/List.module.css'
import { Empty } from '../../components/Page'
import { TimeAgo } from '../../components/TimeAgo'
import { foundPlace } from '../../lib/foundPlace'
import { agency as words } from '../../lib/text/en/agency'
import classes from './Clients.module.css'

/** What one search found at all clients. */
export function Found({ q }: { q: string }) {
  const { data, error, isLoading, refetch } = useQuery(searchQuery(q.trim()))
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (isLoading) return <Skeleton height={160} radius="lg" />
  const items = data?.items ?? []
  if (items.length === 0 || q.trim().length < MIN_SEARCH) {
    return (
      <Empty icon={IconSearchOff} title={words.foundNone}>
        <Text c="dimmed">{words.foundNoneHelp}</Text>
      </Empty>
    )
  }
  return (
    <ul className={listClasses.list} aria-label={words.found}>
      {items.map((item) => (
        <li key={`${item.kind}${item.id}`} className={`${listClasses.row} ${classes.found}`}>
          <Badge variant="default" className={classes.kind}>
            {words.kinds[item.kind]}
          </Badge>
          <div>
            <Link {...foundPlace(item)} className={listClasses.name}>
              {item.label}
            </Link>
            <div className={listClasses.dim}>{[item.detail, words.inClient(item.workspace.name)].filter(Boolean).join(' · ')}</div>
          </div>
          <div className={listClasses.dim}>{item.at && <TimeAgo at={item.at} />}</div>
        </li>
      ))}
    </ul>
  )
}
