import { Text, Title } from '@mantine/core'
import type { WorkspaceDetail } from '../../api/settings'
import { Facts } from '../../components/Facts'
import { settings as words } from '../../lib/text/en/setup'
import classes from './Settings.module.css'

/** "runs_per_day" reads "Runs per day". */
function inWords(key: string): string {
  const spaced = key.replaceAll('_', ' ')
  return spaced.charAt(0).toUpperCase() + spaced.slice(1)
}

const kept = (days: number) => (days === 0 ? words.forever : words.days(days))

/** What this workspace may use, and how long its history is kept. */
export function Limits({ workspace }: { workspace: WorkspaceDetail }) {
  const limits = Object.entries(workspace.limits ?? {})
  return (
    <section className={classes.card} aria-labelledby="limits-title">
      <Title order={2} id="limits-title">
        {words.limits}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {words.limitsHelp}
      </Text>
      <Facts facts={[[words.retention, kept(workspace.history_days)], ...limits.map(([key, n]): [string, string] => [inWords(key), n.toLocaleString('en')])]} />
      <Text size="sm" c="dimmed" mt="sm">
        {words.retentionHelp}
      </Text>
    </section>
  )
}
