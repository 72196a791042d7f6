// When typing opens the picker.

/** Kinds of fields by what a slash means in them. */
export type SlashRule = 'opens' | 'text'

/**
 * The length of the sign before the cursor that asks for the picker: 2 for {{,
 * 1 for a slash at the start or after a blank where a slash opens; 0 for none.
 */
export function opener(before: string, slash: SlashRule): number {
  if (before.endsWith('{{')) {
    const slashes = /\\*$/.exec(before.slice(0, -2))?.[0].length ?? 0
    return slashes % 2 === 0 ? 2 : 0
  }
  return slash === 'opens' && /(^|\s)\/$/.test(before) ? 1 : 0
}
