// Colours, type and shapes. Every pair of text and background here reaches the
// contrast of WCAG AA (4.5:1); the library's own dimmed text and light badges do
// not, so they are set anew below.
import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core'
import { text } from './lib/text'
import { shell } from './lib/text/en/shell'

const lagoon: MantineColorsTuple = [
  '#e6fafc',
  '#cdf3f7',
  '#9ee6ee',
  '#6bd6e2',
  '#41c3d2',
  '#22aabb',
  '#128fa1',
  '#0b7a8c',
  '#0a6a7a',
  '#075563',
]

const leaf: MantineColorsTuple = [
  '#e6fcf2',
  '#c6f6df',
  '#96ebc1',
  '#5fdca0',
  '#32c783',
  '#17ab6b',
  '#0e9259',
  '#0a7d4b',
  '#086a40',
  '#065432',
]

// The library's own dark greys are brownish beside the teal.
const dark: MantineColorsTuple = [
  '#e3e8ee',
  '#b9c2cd',
  '#97a1af',
  '#6b7684',
  '#414c59',
  '#2c343e',
  '#1b2128',
  '#171c22',
  '#10141a',
  '#0b0e12',
]

/**
 * Where menus and lists open. It is a landmark: somebody who goes from one
 * landmark to the next with a screen reader passes an open menu too.
 */
function layer(): HTMLElement {
  const found = document.getElementById('layer')
  if (found) return found
  const made = document.createElement('div')
  made.id = 'layer'
  made.setAttribute('role', 'region')
  made.setAttribute('aria-label', shell.layer)
  document.body.append(made)
  return made
}

export const theme = createTheme({
  primaryColor: 'lagoon',
  primaryShade: { light: 7, dark: 7 },
  colors: { lagoon, leaf, dark },
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace",
  headings: {
    fontWeight: '680',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.25' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.35' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
    },
  },
  defaultRadius: 'md',
  radius: { sm: '0.375rem', md: '0.5rem', lg: '0.75rem' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  // Named, not imported: a page that shows no dialog shall not load one.
  components: {
    Button: { defaultProps: { fw: 600 } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    Badge: { defaultProps: { tt: 'none', fw: 600 } },
    Card: { defaultProps: { withBorder: true, padding: 'lg', radius: 'lg' } },
    Modal: {
      defaultProps: {
        centered: true,
        radius: 'lg',
        closeButtonProps: { 'aria-label': text.close },
        // A dialog's heading is no second banner of the page.
        attributes: { header: { role: 'presentation' } },
        styles: { title: { fontWeight: 650 } },
      },
    },
    // The keyboard goes to the first entry: the library's placeholder before it is no entry of a menu.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Popover: { defaultProps: { portalProps: { target: layer() } } }, // menus and lists are made of it
    Tooltip: { defaultProps: { events: { hover: true, focus: true, touch: true }, openDelay: 250 } },
  },
})

/** One tone: a tinted ground, and text or an icon upon it. */
const tone = (name: string, ground: string, ink: string) => ({
  [`--tone-${name}-ground`]: ground,
  [`--tone-${name}-ink`]: ink,
})

export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#55606e',
    '--mantine-color-placeholder': '#6a7482',
    '--mantine-color-error': '#c02626',
    '--mantine-color-anchor': '#0a6a7a',
    '--mantine-color-body': '#ffffff',
    '--page-ground': '#f6f8fa',
    '--line': '#dfe4ea',
    '--line-strong': '#c5ccd6',
    '--raised': '0 1px 2px rgb(15 30 45 / 6%), 0 2px 6px rgb(15 30 45 / 4%)',
    '--nav-active': '#cdf3f7',
    '--nav-active-ink': '#075563',
    '--code-ground': '#f4f6f9',
    '--code-ink': '#243040',
    ...tone('good', '#d8f8e7', '#075f3a'),
    ...tone('bad', '#ffe3e3', '#a31818'),
    ...tone('warn', '#fff0cf', '#7d4a00'),
    ...tone('busy', '#dcecff', '#0f4f96'),
    ...tone('calm', '#eaedf1', '#47515e'),
    ...tone('violet', '#ece8ff', '#4f35b0'),
    ...tone('pink', '#ffe3ee', '#a3164f'),
    ...tone('teal', '#d9f4f7', '#075f6d'),
  },
  dark: {
    '--mantine-color-dimmed': '#a9b3c0',
    '--mantine-color-placeholder': '#97a1af',
    '--mantine-color-error': '#ff9a9a',
    '--mantine-color-anchor': '#6bd6e2',
    '--mantine-color-body': '#1b2128',
    '--page-ground': '#10141a',
    '--line': '#2c343e',
    '--line-strong': '#414c59',
    '--raised': '0 1px 2px rgb(0 0 0 / 40%)',
    '--nav-active': '#0d3c45',
    '--nav-active-ink': '#9ee6ee',
    '--code-ground': '#0f1318',
    '--code-ink': '#d3dbe5',
    ...tone('good', '#0e3a27', '#86e3b4'),
    ...tone('bad', '#481c1f', '#ffb1b1'),
    ...tone('warn', '#43300c', '#ffd27a'),
    ...tone('busy', '#142f4f', '#a5cdff'),
    ...tone('calm', '#2a323c', '#c2cbd6'),
    ...tone('violet', '#2c2457', '#c9bcff'),
    ...tone('pink', '#471a30', '#ffb3d1'),
    ...tone('teal', '#0c3a42', '#93e2ec'),
  },
})
