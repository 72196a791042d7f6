// Messages about failures.
import { count } from './common'

export const alerts = {
  title: 'Tell about failures',
  help: 'One message that sums up what failed, never one for each run.',
  enabled: 'Send messages when runs fail',
  emails: 'To these e-mail addresses',
  emailsHelp: (owners: string) => `Type an address and press Enter. Left empty, the owners are told${owners ? `: ${owners}` : ''}.`,
  webhook: 'Also call this URL',
  webhookHelp: 'For a chat or a pager. Leave it empty for none.',
  every: 'At most',
  everies: { 15: 'every 15 minutes', 60: 'every hour', 240: 'every 4 hours', 1440: 'once a day', 10080: 'once a week' } as Record<string, string>,
  outbox: 'This server has no mail server set, so e-mails are kept in the outbox. Whoever runs it can set SMTP_URL.',
  toOutbox: 'Show the outbox',
  test: 'Send a test',
  tested: (n: number) => `${count(n, 'test message', 'test messages')} on the way.`,
  save: 'Save',
  saved: 'Saved.',
  failed: 'This was not saved',
  told: 'Last told',
}
