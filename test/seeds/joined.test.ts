import { describe, expect, it } from 'vitest'
import { authorities, forces } from '../../seeds/authoritiesAndForces.ts'
import { expectedAnswers, neverInvited, toldAt } from '../../seeds/expectedAnswers.ts'
import gateway from '../../seeds/gateway.ts'
import { fieldOf, type SeedRow } from '../../seeds/seedRecord.ts'
import { status } from '../../src/childView/banner.ts'
import { contactPattern } from '../../src/childView/contactPattern.ts'
import { meetingGaps } from '../../src/childView/meetingGaps.ts'
import { missingPattern } from '../../src/childView/missingEpisodes.ts'
import { restraintPattern } from '../../src/childView/restraint.ts'
import { attendanceAndRestraint } from '../../src/childView/unscheduledAttendanceAndRestraint.ts'
import { type AgencyName, agencies } from '../../src/foundation/agencies.ts'
import { registryOf } from '../../src/foundation/registry.ts'
import type { Row, Value } from '../../src/sources/contract.ts'
import { answersOf, groundOf } from '../childView/fixtures.ts'
import { rowsOf, seeds } from './records.ts'

const registry = registryOf(authorities, forces)
const ground = groundOf()

/** A seed's row as a source gives it to a caller from whom nothing is withheld. */
const asRow = (agency: AgencyName, row: SeedRow): Row => {
  const fields: Record<string, Value> = {}
  for (const key of Object.keys(row)) {
    const field = key.replace(/^field\./, '')
    fields[field] = fieldOf(row, field) ?? null
  }
  return {
    ...fields,
    'provenance.agency': row.service,
    'provenance.la': row.la ?? null,
    'provenance.force': row.force ?? null,
    'provenance.organisation': row.organisation ?? null,
    'provenance.recordedAt': row.recordedAt,
    id: `${agency}:${row.id}`,
    person: row.person,
  }
}

const answersFor = (child: string) =>
  answersOf(
    Object.fromEntries(
      agencies.map((agency) => [
        agency,
        Object.fromEntries(
          Object.keys(seeds[agency].records).map((list) => [
            list,
            rowsOf(child, agency, list).map((row) => asRow(agency, row)),
          ]),
        ),
      ]),
    ),
  )

const keeper = { keepsCase: true, lastKnown: null }

const joined: Readonly<Record<string, (child: string) => unknown>> = {
  missing: (child) => missingPattern(answersFor(child), ground, toldAt, () => true),
  restrictivePractice: (child) => restraintPattern(answersFor(child), ground),
  attendanceAndRestraint: (child) => attendanceAndRestraint(answersFor(child), ground),
  contactsAndReferrals: (child) => contactPattern(answersFor(child), ground, toldAt, null),
  status: (child) => status(answersFor(child), ground, registry, toldAt, keeper),
}

describe('the joined answers to the stories', () => {
  const asked = expectedAnswers.flatMap((one) =>
    Object.entries(one.expected).flatMap(([field, expected]) => (joined[field] ? [{ ...one, field, expected }] : [])),
  )

  it.each(asked)('$child: $question', ({ child, field, expected }) => {
    expect(joined[field]?.(child)).toMatchObject({ ...Object(expected) })
  })

  it('finds the same four professionals of the new area missing from every meeting about Sam', () => {
    const gaps = meetingGaps(answersFor('C04'), ground, registry) ?? []
    expect(gaps.length).toBe(5)
    for (const gap of gaps) {
      const missing = gap.missingInvitees.map(({ agency, la }) => ({ agency, la }))
      expect(
        missing.sort((one, other) => one.agency.localeCompare(other.agency)),
        gap.eventAt ?? '',
      ).toEqual(neverInvited)
    }
  })

  it('finds neither of Jodie’s strategy discussions quorate, for want of health', () => {
    expect(meetingGaps(answersFor('C03'), ground, registry)?.map((gap) => gap.quorate)).toEqual([false, false])
  })

  it.each([
    ['C01', 'LA2', 'LA5', 'F4'],
    ['C04', 'LA2', 'LA5', 'F4'],
    ['C06', 'LA2', 'LA6', 'F1'],
    ['C07', 'LA2', 'LA5', 'F4'],
    ['C11', 'LA2', 'LA5', 'F4'],
  ])('keeps %s with %s, living in %s, where %s answers', (child, responsibleLa, areaLa, areaForce) => {
    expect(joined['status']?.(child)).toMatchObject({ responsibleLa, areaLa, areaForce, missingNow: false })
  })

  it('agrees with the gateway on where every child lives, as far as social care knows', () => {
    for (const { id, areaLa } of gateway.children) {
      const caseStatus = status(answersFor(id), ground, registry, toldAt, keeper)
      expect([areaLa, null], id).toContain(caseStatus.areaLa)
    }
  })

  it('finds nothing to join about the control', () => {
    expect(joined['missing']?.('C12')).toMatchObject({ total: { value: 0 } })
    expect(joined['restrictivePractice']?.('C12')).toMatchObject({ total: { value: 0 } })
    expect(joined['contactsAndReferrals']?.('C12')).toMatchObject({ total: { value: 0 } })
    expect(meetingGaps(answersFor('C12'), ground, registry)).toEqual([])
  })
})
