import { Text } from '@mantine/core'
import type { Colours } from '../../api/brand'
import { Logo } from '../../components/Logo'
import { brandWords as words } from '../../lib/text/en/brand'
import classes from './Brand.module.css'

const OWN = { filled: '#0b7a8c', link_light: '#0a6a7a', link_dark: '#6bd6e2' }

/** What a page would look like, in light and dark. */
export function BrandPreview({ name, logo, colours = OWN as Colours }: { name: string; logo: string; colours?: Colours }) {
  return (
    <figure className={classes.figure}>
      <Text component="figcaption" size="sm" fw={600}>
        {words.preview}
      </Text>
      <div className={classes.pair}>
        {(['light', 'dark'] as const).map((scheme) => (
          <div key={scheme} className={classes.page} data-scheme={scheme}>
            <div className={classes.head}>
              {logo ? <img src={logo} alt="" className={classes.logo} /> : <Logo size={22} />}
              <span>{name}</span>
              <small>{words[scheme]}</small>
            </div>
            <div className={classes.body}>
              <span className={classes.button} style={{ background: colours.filled }}>
                {words.previewButton}
              </span>
              <span style={{ color: scheme === 'light' ? colours.link_light : colours.link_dark, textDecoration: 'underline' }}>{words.previewLink}</span>
            </div>
          </div>
        ))}
      </div>
    </figure>
  )
}
