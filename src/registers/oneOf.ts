import { Refusal } from '../foundation/errors.ts'

/** Narrows stored text to a word of a list; a word that is not in it is a fault of the store and never passes. */
export function oneOf<const Word extends string>(words: readonly Word[], text: string | null | undefined): Word {
  const found = words.find((word) => word === text)
  if (found === undefined)
    throw new Refusal('INTERNAL', { detail: `A register holds a word that is none of ${words.join(', ')}.` })
  return found
}
