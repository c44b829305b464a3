import { refuseImagery } from '../registers/refuseImagery.ts'

/**
 * Words that blame a child or a family where what happened should stand. A warning to whoever writes, never a refusal:
 * the right word is theirs, and a quotation is a quotation. From practice guidance on language that blames.
 */
const judging: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/\battention[- ]seeking\b/i, 'Say what the child did and what they may have needed.'],
  [/\bpromiscuous\b/i, 'A child cannot consent to abuse: say what happened and who did it.'],
  [/\blifestyle choices?\b/i, 'Exploitation is not chosen: say what happened and who did it.'],
  [/\bputting (?:him|her|them)sel(?:f|ves) at risk\b/i, 'Say who or what puts the child at risk.'],
  [
    /\b(?:hard to reach|difficult to engage|non[- ]?complian(?:t|ce)|refus(?:es|ed|ing) to engage)\b/i,
    'Say what was offered, when, and why it may not have suited.',
  ],
  [/\bmanipulative\b/i, 'Say what was said and done.'],
  [/\bstreet ?wise\b/i, 'Say what the child knows and what they do not.'],
  [/\bproblem famil(?:y|ies)\b/i, 'Say what the family struggles with.'],
  [/\bdid not attend\b/i, 'A child is brought or is not: say "was not brought", and why.'],
  [/\b(?:child prostitut\w*|sexually active with (?:an )?adult)\b/i, 'This is abuse: say so.'],
]

/** What to think over in these texts. */
export const wordingWarnings = (texts: readonly string[]): readonly string[] => [
  ...new Set(texts.flatMap((text) => judging.flatMap(([pattern, instead]) => (pattern.test(text) ? [instead] : [])))),
]

/** Every text in an input, however deep it stands. */
export function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(textsOf)
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}

/** Before anything of an input is looked at, kept or logged. */
export const refuseImages = (input: unknown): void => refuseImagery(...textsOf(input))
