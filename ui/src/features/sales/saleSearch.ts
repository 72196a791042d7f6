/** What the page of sales shows, as its address says. */
export interface SaleSearch {
  /** purchases when missing. */
  tab?: string
  contact_id?: string
  offer_id?: string
  state?: string
  /** The one that is open. */
  id?: string
}
