// Every word that people read, in one place. Another language is another
// object of the same shape.
import { english } from './text.en'

/** The words of one language. */
export type Words = typeof english

export const text: Words = english
