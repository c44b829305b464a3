import type { Weighed } from './matchWeight.ts'
import type { Person } from './person.ts'

/** A single further fact that the asker may have. */
export type Question =
  | 'NHS_NUMBER'
  | 'UPN'
  | 'DATE_OF_BIRTH'
  | 'GIVEN_NAME'
  | 'FAMILY_NAME'
  | 'POSTCODE'
  | 'PREVIOUS_POSTCODE'
  | 'MIDDLE_NAME'
  | 'HOUSE_NUMBER'
  | 'SEX'

interface Fact {
  readonly question: Question
  /** What was sent. */
  readonly sent: (query: Person) => string
  /** What is on file. */
  readonly held: (person: Person) => string
  /** How much the answer settles when nobody knows yet who is on file. */
  readonly worth: number
}

const facts: readonly Fact[] = [
  { question: 'NHS_NUMBER', sent: (p) => p.nhs, held: (p) => p.nhs, worth: 1 },
  { question: 'UPN', sent: (p) => p.upn, held: (p) => p.upn, worth: 0.9 },
  { question: 'DATE_OF_BIRTH', sent: (p) => (p.birth.length === 8 ? p.birth : ''), held: (p) => p.birth, worth: 0.8 },
  { question: 'PREVIOUS_POSTCODE', sent: (p) => p.previous.join(), held: (p) => p.previous.join(), worth: 0.6 },
  { question: 'POSTCODE', sent: (p) => p.postcode, held: (p) => p.postcode, worth: 0.7 },
  { question: 'GIVEN_NAME', sent: (p) => (p.given.length > 1 ? p.given : ''), held: (p) => p.given, worth: 0.7 },
  { question: 'FAMILY_NAME', sent: (p) => p.family, held: (p) => p.family, worth: 0.5 },
  { question: 'MIDDLE_NAME', sent: (p) => p.middle, held: (p) => p.middle, worth: 0.4 },
  { question: 'HOUSE_NUMBER', sent: (p) => p.house, held: (p) => p.house, worth: 0.3 },
  { question: 'SEX', sent: (p) => p.sex, held: (p) => p.sex, worth: 0.1 },
]

/**
 * Which unsent facts would best tell the candidates apart, best first, three at most. They name kinds of fact and
 * never a value on file, so the answer tells an asker nothing of any candidate.
 */
export function bestQuestions(query: Person, candidates: readonly Weighed[]): readonly Question[] {
  return facts
    .filter((fact) => fact.sent(query) === '')
    .map((fact) => ({ question: fact.question, gain: split(fact, candidates) + fact.worth / 10 }))
    .sort((a, b) => b.gain - a.gain)
    .slice(0, 3)
    .map(({ question }) => question)
}

/** Expected information, in bits, of learning a fact: the entropy of the values held, by the candidates' posteriors. */
function split(fact: Fact, candidates: readonly Weighed[]): number {
  const byValue = new Map<string, number>()
  let total = 0
  for (const { candidate, posterior } of candidates) {
    const value = fact.held(candidate.person)
    if (!value) continue
    total += posterior
    byValue.set(value, (byValue.get(value) ?? 0) + posterior)
  }
  let entropy = 0
  for (const weight of byValue.values()) if (weight > 0) entropy -= (weight / total) * Math.log2(weight / total)
  return entropy
}
