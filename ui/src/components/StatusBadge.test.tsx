import { expect, it } from 'vitest'
import { statusWords } from './StatusBadge'

it.each([
  [{ status: 'draft', live_version: null, has_changes: true, held_count: 0 }, 'Draft'],
  [{ status: 'draft', live_version: null, has_changes: true, held_count: 1 }, 'Draft: 1 event kept'],
  [{ status: 'live', live_version: 7, has_changes: false, held_count: 0 }, 'Live: v7'],
  [{ status: 'live', live_version: 7, has_changes: true, held_count: 2 }, 'Live: v7, your draft has changes'],
  [{ status: 'paused', live_version: 2, has_changes: false, held_count: 12 }, 'Paused: 12 events held'],
  [{ status: 'paused', live_version: 2, has_changes: false, held_count: 0 }, 'Paused'],
] as const)('%j reads "%s"', (workflow, want) => expect(statusWords(workflow)).toBe(want))
