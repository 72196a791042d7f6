import { IconAlertTriangle, IconArrowBackUp, IconCheck, IconClock, IconHandStop, IconLoader2, IconPencil, type Icon } from '@tabler/icons-react'
import type { ClientState, PushState } from '../../api/pushes'
import type { Tone } from '../../components/StatusBadge'
import tones from '../../components/Tone.module.css'
import { rollout as words } from '../../lib/text/en/rollout'

const CLIENTS: Record<ClientState, [Tone, Icon]> = {
  waiting: ['calm', IconClock],
  updated: ['good', IconCheck],
  kept: ['good', IconCheck],
  conflict: ['warn', IconPencil],
  needs_input: ['warn', IconAlertTriangle],
  rolled_back: ['calm', IconArrowBackUp],
  edited: ['warn', IconPencil],
  failed: ['bad', IconAlertTriangle],
}

const PUSHES: Record<PushState, [Tone, Icon]> = {
  running: ['busy', IconLoader2],
  watching: ['violet', IconClock],
  done: ['good', IconCheck],
  rolling_back: ['busy', IconLoader2],
  rolled_back: ['calm', IconArrowBackUp],
  stopped: ['calm', IconHandStop],
}

function Badge({ look: [tone, Sign], spin, children }: { look: [Tone, Icon]; spin?: boolean; children: string }) {
  return (
    <span className={`${tones.badge} ${tones[tone]}`}>
      <Sign size={15} stroke={2.2} aria-hidden className={spin ? tones.spin : undefined} />
      {children}
    </span>
  )
}

/** What the last push made of a client. */
export const ClientBadge = ({ state }: { state: ClientState }) => <Badge look={CLIENTS[state]}>{words.states[state]}</Badge>

/** What an update would do to a client. */
export const PlanBadge = ({ state }: { state: ClientState }) => <Badge look={CLIENTS[state]}>{words.plans[state] ?? words.states[state]}</Badge>

export const PushBadge = ({ state }: { state: PushState }) => (
  <Badge look={PUSHES[state]} spin={state === 'running' || state === 'rolling_back'}>
    {words.pushStates[state]}
  </Badge>
)
