import { Button, Text, TextInput, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { brandQuery, checkDomain, setDomain, type BrandDetail, type Whose } from '../../api/brand'
import { ErrorNote } from '../../components/ErrorNote'
import { brandWords as words } from '../../lib/text/en/brand'
import classes from './Settings.module.css'

/** The domain of a brand, and whether it leads here. */
export function BrandDomain({ ws, known }: { ws: Whose; known: BrandDetail }) {
  const client = useQueryClient()
  const [name, setName] = useState(known.domain.name)
  const stored = (saved: BrandDetail) => {
    client.setQueryData(brandQuery(ws).queryKey, saved)
    setName(saved.domain.name)
  }
  const save = useMutation({ mutationFn: () => setDomain(ws, name), onSuccess: stored })
  const check = useMutation({ mutationFn: (anyway: boolean) => checkDomain(ws, anyway), onSuccess: stored })
  const { domain } = known
  return (
    <div>
      <Title order={3} className={classes.legend} mt="lg">
        {words.domain}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {words.domainHelp}
      </Text>
      {domain.state === 'none' && <Text size="sm">{known.may_domain ? words.domainNone : words.domainOnly}</Text>}
      {domain.state === 'active' && <Text size="sm">{words.domainActive(domain.url)}</Text>}
      {domain.state === 'waiting' && <Text size="sm">{words.domainDns(domain.name, domain.target)}</Text>}
      {domain.trouble && (
        <Text size="sm" c="var(--mantine-color-error)" role="status">
          {domain.trouble}
        </Text>
      )}
      {known.may_domain && (
        <form
          className={classes.save}
          onSubmit={(e) => {
            e.preventDefault()
            save.mutate()
          }}
        >
          <TextInput label={words.domainName} placeholder={words.domainPlace} value={name} onChange={(e) => setName(e.currentTarget.value)} flex="1 1 16rem" />
          <Button type="submit" variant="default" disabled={name === domain.name} loading={save.isPending} mt="auto">
            {words.domainSave}
          </Button>
          {domain.name && (
            <Button variant="default" loading={check.isPending} onClick={() => check.mutate(false)} mt="auto">
              {words.check}
            </Button>
          )}
          {domain.state === 'waiting' && domain.trouble && (
            <Button variant="subtle" onClick={() => check.mutate(true)} mt="auto">
              {words.anyway}
            </Button>
          )}
        </form>
      )}
      <ErrorNote error={save.error ?? check.error} title={words.domainFailed} />
    </div>
  )
}
