/** What the delivery log shows, as its address says. */
export interface DeliverySearch {
  hook_id?: string
  event?: string
  status?: string
  contact_id?: string
  /** The one that is open. */
  id?: string
}
