// How the installation is called here, as the server wrote it into the page
// (ui/look.go). Without it, it is the product's own look.
export interface Brand {
  name: string
  icon: string
  /** A client's domain, where nothing names the product. */
  domain: boolean
}

const content = document.querySelector<HTMLMetaElement>('meta[name=brand]')?.content

export const brand = (content ? JSON.parse(content) : undefined) as Brand | undefined
