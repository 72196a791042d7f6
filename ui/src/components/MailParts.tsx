import { Tabs, Text } from '@mantine/core'
import { outbox as words } from '../lib/text/en/outbox'
import classes from './MailParts.module.css'

/**
 * Both parts of an e-mail. The page lies in a frame that may do nothing: no
 * scripts, no forms, no way out, an origin of its own; and under this app's
 * content policy, which loads nothing from elsewhere.
 */
export function MailParts({ html, text }: { html: string; text: string }) {
  if (html === '') return <pre className={classes.text}>{text}</pre>
  return (
    <Tabs defaultValue="html" keepMounted={false}>
      <Tabs.List aria-label={words.tabList}>
        <Tabs.Tab value="html">{words.tabs.html}</Tabs.Tab>
        <Tabs.Tab value="text">{words.tabs.text}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="html" pt="sm">
        <iframe className={classes.frame} sandbox="" srcDoc={html} title={words.frame} />
        <Text size="xs" c="dimmed">
          {words.frameHelp}
        </Text>
      </Tabs.Panel>
      <Tabs.Panel value="text" pt="sm">
        <pre className={classes.text}>{text}</pre>
      </Tabs.Panel>
    </Tabs>
  )
}
