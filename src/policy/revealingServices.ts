import { type Holder, services } from '../foundation/holder.ts'
import { bitOf, type Label } from './labels.ts'

/** Whom a list is about: a service that treats a parent says another thing of them than of the child. */
export type About = 'CHILD' | 'ADULT'

/**
 * Services that reveal by being there what somebody is treated for, or is on probation for: to say that a psychologist
 * is involved is to say it. Words of a service's name, kind or role, for SQL and for here: no look-around, no classes
 * but plain ones. A speech therapist counts as well: too little may be disclosed this way, never too much.
 */
const treatment = '(^|[^a-z])therap|psycholog|psychiatr|psychother|camhs|mental[ _]?health|counsell'
const substance = 'substance|drug and alcohol|addiction'
const words: Readonly<Record<About, Readonly<Partial<Record<Label, string>>>>> = {
  CHILD: {
    HEALTH_MENTAL: treatment,
    HEALTH_SEXUAL: 'sexual[ _]?health',
    HEALTH_SARC: '(^|[^a-z])sarc([^a-z]|$)|sexual[ _]?assault[ _]?referral',
    CHILD_SUBSTANCE: substance,
  },
  ADULT: {
    ADULT_HEALTH: `${treatment}|${substance}|sexual[ _]?health`,
    ADULT_JUSTICE: 'probation|prison|offender',
  },
}

const knownOf = (about: About) =>
  Object.entries(words[about]).map(([label, pattern]) => ({
    // Keys of the tables above are labels.
    label: label as Label,
    bit: bitOf(label as Label),
    pattern,
    expression: new RegExp(pattern, 'i'),
  }))
const known = { CHILD: knownOf('CHILD'), ADULT: knownOf('ADULT') } satisfies Record<About, unknown>

/** Patterns of services that may not be disclosed of by who may read these headlines. */
export const undisclosedServices = (about: About, headline: number): readonly string[] =>
  known[about].filter(({ bit }) => (headline & bit) === 0).map(({ pattern }) => pattern)

/** Services that none of these patterns is of, by the code that a row names its own by. */
export const servicesBeside = (patterns: readonly string[]): readonly string[] =>
  services.filter((service) => !patterns.some((pattern) => new RegExp(pattern, 'i').test(service)))

/** Labels that services would tell of who may not be disclosed of by who may read these headlines. */
export const unnamedServices = (about: About, headline: number): readonly Label[] =>
  known[about].filter(({ bit }) => (headline & bit) === 0).map(({ label }) => label)

/** Whether none of the texts names such a service. */
export const mayTellOf = (about: About, texts: readonly (string | null)[], headline: number): boolean =>
  known[about].every(
    ({ bit, expression }) => (headline & bit) !== 0 || texts.every((text) => text === null || !expression.test(text)),
  )

/** Whether to name a holder beside a child says by itself what somebody is treated for, or is on probation for. */
export const revealsByBeing = ({ id, service, name }: Pick<Holder, 'id' | 'service' | 'name'>): boolean =>
  !mayTellOf('CHILD', [id, service, name], 0) || !mayTellOf('ADULT', [id, service, name], 0)
