import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconDownload } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { reportAddress } from '../../api/imports'
import { isJobOver, jobQuery } from '../../api/jobs'
import { JobProgress } from '../../components/JobProgress'
import { common } from '../../lib/text/en/common'
import { imports as words } from '../../lib/text/en/imports'
import classes from './Contacts.module.css'

/** How an import goes, and what became of it. */
export function ImportResult({ ws, id, job, onAgain }: { ws: string; id: string; job: string; onAgain: () => void }) {
  const navigate = useNavigate()
  const { data } = useQuery(jobQuery(ws, job))
  const result = data?.result
  const counts = [
    result?.created ? words.created(result.created) : '',
    result?.updated ? words.updated(result.updated) : '',
    result?.unchanged ? words.same(result.unchanged) : '',
  ].filter(Boolean)
  const warnings = result?.warnings ?? []
  return (
    <div className={classes.card}>
      <JobProgress ws={ws} id={job} touches={[['ws', ws, 'contacts']]} onClose={() => void navigate({ to: '/w/$ws/contacts', params: { ws } })}>
        <Stack gap="sm">
          {counts.length > 0 && <Text fw={600}>{counts.join(' · ')}</Text>}
          {(data?.failed ?? 0) > 0 && (
            <div>
              <Anchor href={reportAddress(ws, id)} download>
                <IconDownload size={16} aria-hidden style={{ verticalAlign: '-0.15em' }} /> {words.report}
              </Anchor>
              <Text size="sm" c="dimmed">
                {words.reportHelp}
              </Text>
            </div>
          )}
          {warnings.length > 0 && (
            <section>
              <Title order={3}>{words.warnings}</Title>
              {warnings.map((w, i) => (
                <Text key={`${w.line}${i}`} size="sm">
                  {w.line ? `${common.job.line(w.line)}: ` : ''}
                  {w.detail}
                </Text>
              ))}
            </section>
          )}
        </Stack>
      </JobProgress>
      {data && isJobOver(data) && (
        <Group mt="sm">
          <Button variant="subtle" onClick={onAgain}>
            {words.again}
          </Button>
        </Group>
      )}
    </div>
  )
}
