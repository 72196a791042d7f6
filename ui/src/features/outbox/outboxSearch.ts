/** What the outbox shows, as its address says. */
export interface OutboxSearch {
  status?: string
  /** The message that is open. */
  id?: string
}
