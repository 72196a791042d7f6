import { Link } from '@tanstack/react-router'
import type { InboundRequest } from '../../api/requests'
import listClasses from '../../components/List.module.css'
import { TimeAgo } from '../../components/TimeAgo'
import { requests as words } from '../../lib/text/en/requests'
import classes from './Requests.module.css'
import { VerdictBadge } from './VerdictBadge'

/** One request of the inbox: what became of it, whose it was, and why. */
export function RequestRow({ ws, request, name }: { ws: string; request: InboundRequest; name: string }) {
  return (
    <div className={`${listClasses.row} ${classes.row}`}>
      <div>
        <VerdictBadge verdict={request.verdict} />
      </div>
      <div className={classes.what}>
        <div className={listClasses.clip}>
          <Link to="/w/$ws/requests/$id" params={{ ws, id: request.id }} className={listClasses.name}>
            {name || request.method}
          </Link>
          {request.test && <span className={listClasses.dim}> · {words.test}</span>}
          {request.count > 1 && <span className={listClasses.dim}> · {words.calls(request.count)}</span>}
        </div>
        <div className={`${listClasses.dim} ${listClasses.clip}`}>{request.reason || summary(request)}</div>
      </div>
      <div className={`${listClasses.dim} ${listClasses.above}`}>
        <TimeAgo at={request.received_at} />
      </div>
      <div className={`${listClasses.dim} ${classes.end} ${classes.size}`}>{words.bytes(request.size)}</div>
    </div>
  )
}

function summary(request: InboundRequest): string {
  const type = request.content_type.split(';')[0]
  return [request.method, type, request.query && `?${request.query}`, request.ip].filter(Boolean).join(' · ')
}
