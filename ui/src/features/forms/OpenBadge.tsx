import tones from '../../components/Tone.module.css'
import { forms as words } from '../../lib/text/en/forms'

/** Whether a form takes submissions, in words. */
export function OpenBadge({ open }: { open: boolean }) {
  return <span className={`${tones.badge} ${open ? tones.good : tones.calm}`}>{open ? words.open : words.shut}</span>
}
