import { Container, List, Skeleton, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { sharedQuery } from '../../api/clones'
import { clones as words } from '../../lib/text/en/clones'
import { templates } from '../../lib/text/en/templates'

/** What a shared link shows, without an account: only what the template's file says. */
export function SharedPage() {
  const { token } = useParams({ from: '/shared/$token' })
  const { data, error } = useQuery(sharedQuery(token))
  return (
    <Container size="sm" py="xl" component="main">
      {error && (
        <>
          <Title order={1} size="h2">
            {words.gone}
          </Title>
          <Text mt="xs">{words.goneHelp}</Text>
        </>
      )}
      {!data && !error && <Skeleton height={240} radius="lg" />}
      {data && (
        <>
          <Text c="dimmed" size="sm">
            {words.shared} · {words.version(data.version)}
          </Text>
          <Title order={1}>{data.name}</Title>
          <Text mt="xs">{data.summary}</Text>
          {data.workflows.map((workflow) => (
            <section key={workflow.name}>
              <Title order={2} size="h4" mt="lg" mb="xs">
                {data.workflows.length > 1 ? workflow.name : templates.steps}
              </Title>
              <List type="ordered">
                {workflow.steps.map((step, i) => (
                  <List.Item key={`${step.type}${i}`} ml={step.depth * 20}>
                    {step.name || step.type}
                  </List.Item>
                ))}
              </List>
            </section>
          ))}
          {data.inputs.some((i) => i.mode === 'ask') && (
            <section>
              <Title order={2} size="h4" mt="lg" mb="xs">
                {words.asks}
              </Title>
              <List>
                {data.inputs
                  .filter((i) => i.mode === 'ask')
                  .map((i) => (
                    <List.Item key={i.key}>{i.label}</List.Item>
                  ))}
              </List>
            </section>
          )}
          {data.about !== '' && <Text mt="lg">{data.about}</Text>}
          <Text mt="xl" c="dimmed" size="sm">
            {words.sharedHelp}
          </Text>
        </>
      )}
    </Container>
  )
}
