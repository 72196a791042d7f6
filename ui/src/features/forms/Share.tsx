import { Button, Text, Title } from '@mantine/core'
import { IconExternalLink, IconRoute } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { formKey, updateForm, type WebForm } from '../../api/forms'
import { AddressForm } from '../../components/AddressForm'
import { CopyButton } from '../../components/CopyButton'
import { reach } from '../../lib/address'
import { forms } from '../../lib/text/en/forms'
import { hooks } from '../../lib/text/en/hooks'
import classes from './Forms.module.css'

const words = forms.share

/** Where people find a form, and what may follow. */
export function Share({ ws, form, starting, onStart }: { ws: string; form: WebForm; starting: boolean; onStart: () => void }) {
  const client = useQueryClient()
  const saveUrl = async (url: string) => {
    client.setQueryData(formKey(ws, form.id), await updateForm(ws, form.id, { webhook_url: url }))
  }
  return (
    <div className={classes.share}>
      {!form.open && <p className={classes.warn}>{words.shut}</p>}
      <section className={classes.card} aria-labelledby="link-title">
        <Title order={2} id="link-title">
          {words.page}
        </Title>
        <Text size="sm" c="dimmed" mb="sm">
          {words.pageHelp}
        </Text>
        <div className={classes.copyable}>
          <code>{form.url}</code>
          <CopyButton value={form.url} label={words.copyLink} />
        </div>
        {reach(form.url) === 'nearby' && <p className={classes.warn}>{words.nearby}</p>}
        <Button mt="sm" variant="default" leftSection={<IconExternalLink size={17} aria-hidden />} component="a" href={form.url} target="_blank" rel="noreferrer">
          {words.openPage}
        </Button>
      </section>
      <section className={classes.card} aria-labelledby="embed-title">
        <Title order={2} id="embed-title">
          {words.embed}
        </Title>
        <Text size="sm" c="dimmed" mb="sm">
          {words.embedHelp}
        </Text>
        <div className={classes.copyable}>
          <code>{form.embed}</code>
          <CopyButton value={form.embed} label={words.copyEmbed} />
        </div>
      </section>
      <section className={classes.card} aria-labelledby="then-title">
        <Title order={2} id="then-title">
          {words.workflow}
        </Title>
        <Text size="sm" c="dimmed" mb="sm">
          {words.workflowHelp}
        </Text>
        <Button leftSection={<IconRoute size={17} aria-hidden />} loading={starting} onClick={onStart} aria-describedby="then-title">
          {forms.workflow.create}
        </Button>
      </section>
      <section className={classes.card} aria-label={hooks.elsewhere.form}>
        <AddressForm ws={ws} label={hooks.elsewhere.form} help={hooks.elsewhere.formHelp} field="webhook_url" url={form.webhook_url} save={saveUrl} />
      </section>
    </div>
  )
}
