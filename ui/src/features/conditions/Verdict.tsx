import { IconCheck, IconDots, IconX } from '@tabler/icons-react'
import tones from '../../components/Tone.module.css'
import { conditionWords as words } from '../../lib/text/en/conditions'
import classes from './ConditionEditor.module.css'

/** How a row or a whole condition turns out with the sample. */
export function Verdict({ met }: { met: boolean | null | undefined }) {
  if (met === undefined) return null
  const [Icon, tone, label] = met === null ? ([IconDots, 'calm', words.open] as const) : met ? ([IconCheck, 'good', words.true] as const) : ([IconX, 'bad', words.false] as const)
  return (
    <span className={`${classes.verdict} ${tones[tone]}`} data-met={String(met)}>
      <Icon size={13} stroke={2.5} aria-hidden />
      {label}
    </span>
  )
}
