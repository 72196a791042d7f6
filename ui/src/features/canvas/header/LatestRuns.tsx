import { Menu } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { runsQuery } from '../../../api/runs'
import { RunBadge } from '../../../components/StatusBadge'
import { TimeAgo } from '../../../components/TimeAgo'
import { canvas as words } from '../../../lib/text/en/canvas'
import { useDesk } from '../desk'

/** The newest runs; each opens over the cards. */
export function LatestRuns() {
  return (
    <Menu.Dropdown>
      <Items />
    </Menu.Dropdown>
  )
}

function Items() {
  const { ws, id } = useDesk()
  const { data, error } = useInfiniteQuery(runsQuery(ws, { workflow_id: id }, 8))
  const runs = data?.pages[0]?.items ?? []
  return (
    <>
      <Menu.Label>{error ? error.message : data && runs.length === 0 ? words.run.none : words.header.latest}</Menu.Label>
      {runs.map((run) => (
        <Menu.Item
          key={run.id}
          leftSection={<RunBadge status={run.status} />}
          renderRoot={(props: object) => <Link to="/w/$ws/workflows/$id" params={{ ws, id }} search={{ run: run.id }} {...props} />}
        >
          <TimeAgo at={run.created_at} />
        </Menu.Item>
      ))}
      {/* Also where no run is: a menu without an entry is none. */}
      {data && (
        <>
          <Menu.Divider />
          <Menu.Item renderRoot={(props: object) => <Link to="/w/$ws/runs" params={{ ws }} search={{ workflow_id: id }} {...props} />}>{words.run.all}</Menu.Item>
        </>
      )}
    </>
  )
}
