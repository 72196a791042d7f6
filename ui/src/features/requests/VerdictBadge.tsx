import {
  IconBan,
  IconCheck,
  IconCopyOff,
  IconFilter,
  IconGauge,
  IconHandStop,
  IconPackage,
  IconPlayerPause,
  IconPlugConnected,
  IconShieldX,
  type Icon,
} from '@tabler/icons-react'
import type { Verdict } from '../../api/requests'
import type { Tone } from '../../components/StatusBadge'
import tones from '../../components/Tone.module.css'
import { requests as words } from '../../lib/text/en/requests'

const LOOKS: Record<Verdict, [Tone, Icon]> = {
  accepted: ['good', IconCheck],
  duplicate: ['calm', IconCopyOff],
  held: ['warn', IconPlayerPause],
  filtered: ['calm', IconFilter],
  handshake: ['busy', IconPlugConnected],
  bad_signature: ['bad', IconShieldX],
  forbidden_ip: ['bad', IconHandStop],
  invalid: ['bad', IconBan],
  too_large: ['bad', IconPackage],
  rate_limited: ['warn', IconGauge],
}

/** What became of a request, in words. */
export function VerdictBadge({ verdict }: { verdict: Verdict }) {
  const [tone, Icon] = LOOKS[verdict] ?? LOOKS.invalid
  return (
    <span className={`${tones.badge} ${tones[tone]}`}>
      <Icon size={15} stroke={2.2} aria-hidden />
      {words.verdicts[verdict] ?? verdict}
    </span>
  )
}
