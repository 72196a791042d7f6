import { outbox as words } from './text/en/outbox'

/** Who an e-mail is from, in a line; without an address of its own it is the mail server's. */
export const senderLine = (mail: { from_name: string; from_email: string }): string =>
  [mail.from_name, mail.from_email ? `<${mail.from_email}>` : `(${words.ownSender})`].filter(Boolean).join(' ')
