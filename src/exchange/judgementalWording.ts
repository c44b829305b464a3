import { refuseImagery } from '../foundation/refuseImagery.ts'

/**
 * Words that blame a child or a family where what happened should stand. A warning to whoever writes, never a refusal:
 * the right word is theirs, and a quotation is a quotation. From practice guidance on language that blames.
 */
const judging: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/\battention[- ]?seek(?:ing|er|s)?\b/i, 'Say what the child did and what they may have needed.'],
  [/\bpromiscu(?:ous|ity)\b/i, 'A child cannot consent to abuse: say what happened and who did it.'],
  [
    /\blife[- ]?style choices?\b|\bcho(?:os(?:es|ing)|se) (?:this|that|the|his|her|their) life(?:style)?\b/i,
    'Exploitation is not chosen: say what happened and who did it.',
  ],
  [
    /\b(?:put(?:s|ting)?|plac(?:es|ed|ing)) (?:him|her|them)sel(?:f|ves) (?:at|in) (?:risk|danger)\b|\brisk[- ]?taking\b/i,
    'Say who or what puts the child at risk.',
  ],
  [
    /\bask(?:s|ed|ing) for it\b|\bbr(?:ings?|ought) it on (?:him|her|them)sel(?:f|ves)\b|\bplay(?:s|ed|ing) the victim\b/i,
    'Nobody is to blame for harm that is done to them: say who did it.',
  ],
  [/\babscond\w*\b|\brunaways?\b/i, 'Say that the child was missing, from when until when.'],
  [/\bdrug[- ]?runn(?:er|ers|ing)\b/i, 'Say who made the child carry or sell, and how.'],
  [
    /\b(?:naughty|spiteful|sneaky|devious|lazy|feral|hysterical|unruly|stroppy|kick(?:s|ed|ing) off|out of control|beyond control)\b/i,
    'Say what the child did, what came before it, and what they may have needed.',
  ],
  [/\b(?:bad|unfit|useless|hopeless|uncaring) (?:mother|father|mum|dad|parents?)\b/i, 'Say what was done or not done.'],
  [
    /\bchaotic (?:family|famil(?:y|ies)|life|lifestyle|home|household|mother|father|parents?)\b/i,
    'Say what the days look like.',
  ],
  [
    /\b(?:hard to reach|difficult to engage|non[- ]?complian(?:t|ce)|disguised compliance|(?:refus|fail)(?:s|es|ed|ing)? to engage)\b/i,
    'Say what was offered, when, and why it may not have suited.',
  ],
  [/\bmanipulat(?:ive|es|ing)\b/i, 'Say what was said and done.'],
  [/\bstreet ?wise\b/i, 'Say what the child knows and what they do not.'],
  [/\bproblem famil(?:y|ies)\b/i, 'Say what the family struggles with.'],
  [/\bdid not attend\b/i, 'A child is brought or is not: say "was not brought", and why.'],
  [
    /\bprostitut\w*\b|\bsexually active\b|\brelationship with (?:an?|the|her|his|their) (?:older|adult)\b|\b(?:older|adult) (?:boy|girl)friend\b/i,
    'A child who is used by an adult is abused: say so, and say who does it.',
  ],
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
