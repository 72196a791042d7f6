import { Link } from '@tanstack/react-router'
import type { Hook } from '../../api/hooks'
import listClasses from '../../components/List.module.css'
import { TimeAgo } from '../../components/TimeAgo'
import { eventName, hooks as words } from '../../lib/text/en/hooks'
import { HookBadge } from './HookBadge'
import classes from './Hooks.module.css'
import { PlaceLink } from './PlaceLink'

/** One hook of the list: what it tells, whom, and how that goes. */
export function HookRow({ ws, hook, about }: { ws: string; hook: Hook; about?: string }) {
  const only = [about && words.only(about), hook.cart !== null && (hook.cart ? words.onlyCart : words.noCart)].filter(Boolean).join(' · ')
  return (
    <li className={`${listClasses.row} ${classes.row}`}>
      <div className={classes.what}>
        <Link to="/w/$ws/hooks/$id" params={{ ws, id: hook.id }} className={listClasses.name}>
          {eventName(hook.event)}
          {hook.name && `: ${hook.name}`}
        </Link>
        <div className={`${listClasses.dim} ${listClasses.clip}`} title={hook.url}>
          {hook.url}
        </div>
        {(only !== '' || hook.place !== '') && (
          <div className={listClasses.dim}>
            {only}
            {only !== '' && hook.place !== '' && ' · '}
            <PlaceLink ws={ws} hook={hook} />
          </div>
        )}
      </div>
      <div className={classes.state}>
        <HookBadge hook={hook} />
        {hook.kept > 0 && <div className={listClasses.dim}>{words.kept(hook.kept)}</div>}
      </div>
      <div className={`${listClasses.dim} ${listClasses.above} ${classes.health}`}>
        <Health hook={hook} />
      </div>
    </li>
  )
}

function Health({ hook }: { hook: Hook }) {
  const last = [hook.last_success_at, hook.last_failure_at].filter((at) => at !== null).sort().at(-1)
  if (!last) return <>{words.never}</>
  return (
    <>
      <div>
        {hook.last_status === null ? words.noAnswer : words.answered(hook.last_status)}, <TimeAgo at={last} />
      </div>
      {hook.failing_since !== null && (
        <div>
          {words.inRow(hook.failures)}, {words.failingSince} <TimeAgo at={hook.failing_since} />
        </div>
      )}
    </>
  )
}
