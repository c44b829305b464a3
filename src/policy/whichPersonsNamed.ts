/**
 * Whom a field of the label THIRD_PARTY names, as its SDL marks it with `@person`. `KNOWN`: family, household and
 * adults of whom the police warn. `OTHER`: anybody else. `CHILD`: another child; one whose age is not recorded counts
 * as a child.
 */
export const personGrains = ['KNOWN', 'OTHER', 'CHILD'] as const
export type PersonGrain = (typeof personGrains)[number]

/** Who is named where third persons may be read: those who are known, every adult, or everybody. */
export const nameReaches = ['KNOWN', 'ADULTS', 'ALL'] as const
export type NameReach = (typeof nameReaches)[number]

/**
 * Whether a person is named under a reach. Another child never is to those who read this one: only the organisation
 * whose own record it is reads both.
 */
export function isNamed(reach: NameReach, grain: PersonGrain | null): boolean {
  if (grain === null || grain === 'KNOWN' || reach === 'ALL') return true
  return reach === 'ADULTS' && grain === 'OTHER'
}

export const widestNames = (one: NameReach, other: NameReach): NameReach =>
  nameReaches.indexOf(one) > nameReaches.indexOf(other) ? one : other
