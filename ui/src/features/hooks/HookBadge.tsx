import { IconAlertTriangle, IconBan, IconCheck, IconCircleDashed, IconPlayerPause, type Icon } from '@tabler/icons-react'
import type { Hook } from '../../api/hooks'
import type { Tone } from '../../components/StatusBadge'
import tones from '../../components/Tone.module.css'
import { hooks as words } from '../../lib/text/en/hooks'
import { stateOf, type HookState } from './hookAbout'

const LOOKS: Record<HookState, [Tone, Icon]> = {
  good: ['good', IconCheck],
  new: ['calm', IconCircleDashed],
  failing: ['bad', IconAlertTriangle],
  paused: ['warn', IconPlayerPause],
  disabled: ['calm', IconBan],
}

/** How a hook is, as a word with a colour. */
export function HookBadge({ hook }: { hook: Hook }) {
  const state = stateOf(hook)
  const [tone, Sign] = LOOKS[state]
  return (
    <span className={`${tones.badge} ${tones[tone]}`}>
      <Sign size={15} stroke={2.2} aria-hidden />
      {words.states[state]}
    </span>
  )
}
