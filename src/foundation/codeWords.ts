/** Words that the sector says letter by letter, or spells in a way of its own. */
const spelt: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      'MASH',
      'GP',
      'CAMHS',
      'SARC',
      'LA',
      'CIN',
      'CP',
      'CLA',
      'S17',
      'S47',
      'ED',
      'ICPC',
      'EHC',
      'SEN',
      'DSL',
      'NHS',
    ].map((word) => [word, word]),
  ),
  CHILDRENS: 'children’s',
  MOTHERS: 'mother’s',
  FATHERS: 'father’s',
}

/** Codes whose words are not those that they are spelt of. */
const named: Readonly<Record<string, string>> = {
  HEALTH_GP: 'general practice',
  HEALTH_ACUTE: 'hospital',
  HEALTH_COMMUNITY: 'community health',
  HEALTH_MENTAL_HEALTH: 'child mental health services',
  HEALTH_SARC: 'sexual assault referral centre',
  SUBSTANCE_SERVICE: 'drug and alcohol service',
}

/** `CLA_REVIEW` → `CLA review`, `HEALTH_GP` → `general practice`: a code as it is said within a sentence. */
export const codeWords = (code: string): string =>
  named[code] ??
  code
    .split('_')
    .map((word) => spelt[word] ?? word.toLowerCase())
    .join(' ')

/** The same where a sentence begins. */
export const codeHeading = (code: string): string => {
  const words = codeWords(code)
  return words.charAt(0).toUpperCase() + words.slice(1)
}
