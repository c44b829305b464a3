import { type GraphQLObjectType, getNamedType, isObjectType } from 'graphql'
import { publicSchema } from '../../acceptance/support/wholeView.ts'

/** A joined number where it stands in an answer, by the fields that lead to it. */
export interface Said {
  readonly path: string
  readonly value: number | null
  readonly completeness: string
  readonly without: readonly unknown[]
}

const isCount = (value: object): value is Omit<Said, 'path'> =>
  'completeness' in value && 'without' in value && 'value' in value

/** Every joined number of an answer, wherever it stands: what the schema gains tomorrow is among them. */
export function countsIn(answer: unknown, path = ''): readonly Said[] {
  if (Array.isArray(answer)) return answer.flatMap((item) => countsIn(item, path))
  if (typeof answer !== 'object' || answer === null) return []
  if (isCount(answer)) return [{ ...answer, path }]
  return Object.entries(answer).flatMap(([name, value]) => countsIn(value, path ? `${path}.${name}` : name))
}

/** Paths of every joined number that a child has by the schema. */
export function countPaths(type = publicSchema.getType('Child'), path = ''): readonly string[] {
  if (!isObjectType(type)) return []
  return Object.values((type as GraphQLObjectType).getFields()).flatMap((field) => {
    const at = path ? `${path}.${field.name}` : field.name
    const of = getNamedType(field.type)
    if (of.name === 'Count') return [at]
    return isObjectType(of) ? countPaths(of, at) : []
  })
}

/**
 * Numbers that no count of the seeds is held against, and what holds them: parts of a number that is, or what a test of
 * its own counts. A number that the schema gains is judged or stands here, with its reason.
 */
export const heldElsewhere: Readonly<Record<string, string>> = {
  'engagement.byService.offered': 'parts of engagement.offered',
  'engagement.byService.attended': 'parts of engagement.attended',
  'engagement.byMonth.offered': 'parts of engagement.offered',
  'engagement.byMonth.attended': 'parts of engagement.attended',
  'adultRequirements.weeks.requirements': 'parts of adultRequirements.total; test/childView/activity.test.ts',
  'attendance.absenceTotal': 'of the sessions that are recorded one by one; test/childView/activity.test.ts',
  'attendance.periods.overlaps.duringMissing': 'parts of attendance.overlaps',
  'attendance.periods.overlaps.onRestraintDays': 'parts of attendance.overlaps',
  'attendance.periods.overlaps.onMoveDays': 'parts of attendance.overlaps',
  'involvement.open': 'needs a service; test/childView/needs.test.ts',
  'basicNeedsSupport.byKind.count': 'parts of basicNeedsSupport.total',
  'coMissing.total': 'reads other children; test/childView/associations.test.ts',
  'chronology.count': 'test/childView/chronology.test.ts',
  'knownBy.knownTotal': 'needs a holder; test/childView/knownByAndWhen.test.ts',
  'knownBy.known.count': 'parts of knownBy.knownTotal',
  'knownBy.elsewhereTotal': 'needs a holder; test/childView/knownByAndWhen.test.ts',
  'knownBy.elsewhere.count': 'parts of knownBy.elsewhereTotal',
  'levels.indicators.count': 'test/childView/levelsOfNeed.test.ts',
  'restrictivePractice.bySetting.count': 'parts of restrictivePractice.total',
  'restrictivePractice.byTechnique.count': 'parts of restrictivePractice.total',
  'contactsAndReferrals.bySource.count': 'parts of contactsAndReferrals.total',
  'inTime.missingByMonth.episodes': 'parts of missing.total',
  'inTime.missingByMonth.overnight': 'parts of missing.overnight',
  'inTime.missingByMonth.longestHours': 'the longest of missing.total; test/childView/timeLinks.test.ts',
}

/** What of the form of a number is not so: none without its reason, none whole that lacks something. */
export function faultOf({ path, value, completeness, without }: Said): string | null {
  if (completeness === 'WHOLE') return value !== null && without.length === 0 ? null : `${path} is whole and lacks`
  if (without.length === 0) return `${path} is ${completeness} and says nothing that it lacks`
  if (completeness === 'AT_LEAST') return value === null ? `${path} is at least nothing` : null
  return value === null ? null : `${path} is ${value} though ${completeness}`
}
