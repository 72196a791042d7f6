// The colour of a node type, the same as that of its sign on the cards.
import tones from '../../components/Tone.module.css'

const BY_TYPE: Record<string, string> = { 'webhook.send': 'busy', 'flow.wait': 'warn', 'flow.stop': 'warn' }
const BY_GROUP: Record<string, string> = {
  webhook: 'pink',
  manual: 'pink',
  contact: 'teal',
  tag: 'teal',
  offer: 'good',
  email: 'busy',
  flow: 'violet',
  schedule: 'warn',
  custom_values: 'warn',
}

/** The class that gives a node type's ground and ink. */
export function toneClass(type: string): string {
  const tone = BY_TYPE[type] ?? BY_GROUP[type.split('.')[0] ?? ''] ?? 'calm'
  return tones[tone] ?? ''
}
