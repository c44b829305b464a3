import { bitOf, type Label } from './labels.ts'

/**
 * Services that reveal by being there what a child is treated for: to say that a psychologist is involved is to say it.
 * Words of a service's name, kind or role, for SQL and for here: no look-around, no classes but plain ones. A speech
 * therapist counts as well: too little may be disclosed this way, never too much.
 */
const words: Readonly<Partial<Record<Label, string>>> = {
  HEALTH_MENTAL: '(^|[^a-z])therap|psycholog|psychiatr|psychother|camhs|mental[ _]?health|counsell',
  HEALTH_SEXUAL: 'sexual[ _]?health',
  HEALTH_SARC: '(^|[^a-z])sarc([^a-z]|$)|sexual[ _]?assault[ _]?referral',
  CHILD_SUBSTANCE: 'substance|drug and alcohol|addiction',
}

const known = Object.entries(words).map(([label, pattern]) => ({
  // Keys of the table above are labels.
  bit: bitOf(label as Label),
  pattern,
  expression: new RegExp(pattern, 'i'),
}))

/** Patterns of services that may not be disclosed of by who may read these headlines. */
export const undisclosedServices = (headline: number): readonly string[] =>
  known.filter(({ bit }) => (headline & bit) === 0).map(({ pattern }) => pattern)

/** Whether none of the texts names such a service. */
export const mayTellOf = (texts: readonly (string | null)[], headline: number): boolean =>
  known.every(
    ({ bit, expression }) => (headline & bit) !== 0 || texts.every((text) => text === null || !expression.test(text)),
  )
