import { type CodeSetName, meaningOf } from '../sources/codeWords.ts'

/** A code, and what it means; no meaning where it is not of the set: then it stands as it was recorded. */
export interface Coded {
  readonly code: string
  readonly meaning: string | null
}

export const coded = (set: CodeSetName, code: string | null): Coded | null =>
  code === null ? null : { code, meaning: meaningOf(set, code) }
