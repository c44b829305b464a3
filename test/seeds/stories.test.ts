import { describe, expect, it } from 'vitest'
import { expectedAnswers, neverInvited } from '../../seeds/expectedAnswers.ts'
import gateway from '../../seeds/gateway.ts'
import type { SeedRow } from '../../seeds/seedRecord.ts'
import { agencies } from '../../src/foundation/agencies.ts'
import { loadAgencies } from '../../src/graphql/schemaModel.ts'
import { countOf, rowsOf, seeds } from './records.ts'

const hours = (from: SeedRow, to: SeedRow) =>
  (Date.parse(to.eventAt ?? '') - Date.parse(from.eventAt ?? '')) / 3_600_000
const unmatched = (row: SeedRow) => row['policeReference'] === undefined
const answer = (child: string, field: string) =>
  expectedAnswers
    .filter((one) => one.child === child)
    .map((one) => one.expected[field])
    .find((value) => value !== undefined)
describe('the labels that single records bear', () => {
  it('are those that the contract of their list says they can: a count goes by it', async () => {
    const modules = await loadAgencies()
    for (const agency of agencies)
      for (const [list, rows] of Object.entries(seeds[agency].records))
        for (const { id, labels = [] } of rows)
          expect(modules[agency].contract.lists[list]?.rowLabels ?? [], `${agency}.${list} ${id}`).toEqual(
            expect.arrayContaining([...labels]),
          )
  })
})

const missingTotal = (child: string) =>
  countOf(child, 'police', 'missingEpisodes') + countOf(child, 'socialCare', 'missing', unmatched)

describe('the child placed at a distance', () => {
  const allRestraints = [...rowsOf('C04', 'socialCare', 'restraints'), ...rowsOf('C04', 'education', 'restraints')]

  it('is missing fifty times: thirty-nine in one force, six in another, five told to nobody', () => {
    expect(countOf('C04', 'police', 'missingEpisodes', (row) => row.force === 'F1')).toBe(39)
    expect(countOf('C04', 'police', 'missingEpisodes', (row) => row.force === 'F4')).toBe(6)
    expect(countOf('C04', 'socialCare', 'missing', (row) => row['reported'] === false)).toBe(5)
    expect(missingTotal('C04')).toBe(50)
    expect(answer('C04', 'missing')).toMatchObject({ total: { value: 50 }, unreported: { value: 5 } })
  })

  it('is in Force 1’s books from 2022 to August 2025 and not after', () => {
    const days = rowsOf('C04', 'police', 'missingEpisodes')
      .filter((row) => row.force === 'F1')
      .map((row) => row.eventAt ?? '')
      .sort()
    expect([days[0]?.slice(0, 4), days.at(-1)?.slice(0, 7)]).toEqual(['2022', '2025-08'])
  })

  it('has eleven entries in the home’s log, six of which quote Force 4’s record and are quoted by it', () => {
    const log = rowsOf('C04', 'socialCare', 'missing')
    const reports = rowsOf('C04', 'police', 'missingEpisodes').filter((row) => row.force === 'F4')
    expect([log.length, log.filter((row) => row['reported'] === true).length]).toEqual([11, 6])
    for (const report of reports) {
      const entry = log.find((row) => row['policeReference'] === report.id)
      expect([entry?.id, entry?.['from'], entry?.['to']]).toEqual([
        report['providerReference'],
        report['from'],
        report['to'],
      ])
    }
  })

  it('is in no two episodes at once, save where two agencies tell of the same one', () => {
    for (const child of gateway.children) {
      const told = [
        ...rowsOf(child.id, 'police', 'missingEpisodes'),
        ...rowsOf(child.id, 'socialCare', 'missing').filter(unmatched),
      ]
      const spans = told.map((row) => [String(row['from']), String(row['to'])] as const).sort()
      for (const [index, span] of spans.entries()) expect(span[0] > (spans[index - 1]?.[1] ?? '')).toBe(true)
    }
  })

  it('is restrained thirty times in two homes and a school, by two techniques', () => {
    const by = (technique: string) => allRestraints.filter((row) => row['technique'] === technique)
    expect([allRestraints.length, by('PRICE').length, by('TEAM_TEACH').length]).toEqual([30, 9, 21])
    expect(countOf('C04', 'socialCare', 'restraints', (row) => row.organisation === 'HOME-LA2')).toBe(9)
    expect(countOf('C04', 'socialCare', 'restraints', (row) => row.organisation === 'HOME-LA5')).toBe(4)
    expect(countOf('C04', 'education', 'restraints', (row) => row['ground'] === true)).toBe(12)
  })

  it('is eleven each time the technique for older children is used', () => {
    const days = rowsOf('C04', 'socialCare', 'restraints')
      .filter((row) => row['technique'] === 'PRICE')
      .map((row) => row.eventAt ?? '')
    expect(days.every((day) => day >= '2024-06-27' && day < '2025-06-27')).toBe(true)
  })

  it('is seen eight times in 2025, five times within a day after a restraint', () => {
    const attendances = rowsOf('C04', 'health', 'unscheduledAttendances')
    const after = attendances.filter((attendance) =>
      allRestraints.some((restraint) => hours(restraint, attendance) >= 0 && hours(restraint, attendance) <= 24),
    )
    expect([attendances.length, after.length]).toEqual([8, 5])
    expect(attendances.every((row) => row.eventAt?.startsWith('2025'))).toBe(true)
  })

  it('has twelve placements, the last in another authority and force', () => {
    const placements = rowsOf('C04', 'socialCare', 'placements')
    const open = placements.filter((row) => row['to'] === undefined)
    expect([placements.length, open.map((row) => row['field.la']), open.map((row) => row['field.force'])]).toEqual([
      12,
      ['LA5'],
      ['F4'],
    ])
  })

  it('never has health at a meeting, nor any of the four professionals of the new area on the list', () => {
    const invitees = rowsOf('C04', 'socialCare', 'invitees')
    expect(invitees.filter((row) => String(row['agency']).startsWith('HEALTH') && row['attended'] === true)).toEqual([])
    const listed = new Set(invitees.map((row) => `${row['agency']} ${row['field.la']}`))
    const isOpen = (row: SeedRow) => row['to'] === undefined
    const known = [
      ...rowsOf('C04', 'health', 'registrations'),
      ...rowsOf('C04', 'health', 'involvements'),
      ...rowsOf('C04', 'education', 'enrolments'),
      ...rowsOf('C04', 'socialCare', 'involvements'),
    ].filter(isOpen)
    const uninvited = known
      .filter((row) => !listed.has(`${row.service} ${row.la}`))
      .map((row) => ({ agency: row.service, la: row.la }))
    expect(uninvited.sort((a, b) => a.agency.localeCompare(b.agency))).toEqual(neverInvited)
  })

  it('has an unserved notice, an unacknowledged action, and doors locked three times without an order', () => {
    expect(rowsOf('C04', 'police', 'notices').map((row) => [row['issuedAt'], row['servedAt']])).toEqual([
      ['2026-11-01T10:00:00Z', null],
    ])
    expect(
      countOf('C04', 'socialCare', 'actions', (row) => row['owner'] === 'CHILDRENS_HOME' && row['state'] === 'OPEN'),
    ).toBe(1)
    expect(
      countOf(
        'C04',
        'socialCare',
        'libertyRestrictions',
        (row) => row['kind'] === 'DOOR_LOCKED' && row['authorised'] === false,
      ),
    ).toBe(3)
    expect(countOf('C04', 'socialCare', 'orders', (row) => row['type'] === 'DEPRIVATION_OF_LIBERTY')).toBe(0)
  })

  it('is seen as medium by the tool and very high by the professional', () => {
    expect(
      rowsOf('C04', 'socialCare', 'exploitation').map((row) => [row['toolLevel'], row['professionalLevel']]),
    ).toEqual([['MEDIUM', 'VERY_HIGH']])
  })
})

describe('the child of nine contacts', () => {
  const contacts = rowsOf('C05', 'socialCare', 'contacts')

  it('is told of nine times by six organisations, and accepted twice', () => {
    expect(contacts.length).toBe(9)
    expect(new Set(contacts.map((row) => row['fromOrganisation'])).size).toBe(6)
    expect(contacts.filter((row) => row['outcome'] === 'REFERRAL_ACCEPTED').length).toBe(2)
    expect(answer('C05', 'contactsAndReferrals')).toMatchObject({
      total: { value: 9 },
      accepted: { value: 2 },
      sources: { value: 6 },
    })
  })

  it('is known to the primary school by three contacts and to the secondary by two', () => {
    const days = (organisation: string) =>
      contacts.filter((row) => row['fromOrganisation'] === organisation).map((row) => row.eventAt?.slice(5, 10))
    expect(days('900001')).toEqual(['02-24', '05-12', '06-18'])
    expect(days('900002')).toEqual(['10-06', '11-14'])
  })

  it('is fed, dressed and fetched twenty-five times by the primary school and never by the secondary', () => {
    const kinds = (kind: string) =>
      countOf('C05', 'education', 'basicNeedsSupport', (row) => row['kind'] === kind && row.organisation === '900001')
    expect([kinds('BREAKFAST'), kinds('UNIFORM'), kinds('COLLECTION')]).toEqual([14, 2, 9])
    expect(countOf('C05', 'education', 'basicNeedsSupport')).toBe(25)
  })

  it('attends 72 of 108 sessions, and the codes say where the rest went', () => {
    const period = rowsOf('C05', 'education', 'attendance').find((row) => row.organisation === '900002')
    expect([period?.['possible'], period?.['attended']]).toEqual([108, 72])
  })

  it('is missing nineteen times, five of them told to nobody', () => {
    expect([
      countOf('C05', 'police', 'missingEpisodes'),
      countOf('C05', 'socialCare', 'missing'),
      missingTotal('C05'),
    ]).toEqual([14, 5, 19])
  })

  it('is assessed anew without the factors found before, and scored low three times', () => {
    expect(rowsOf('C05', 'socialCare', 'assessments').map((row) => row['factors'])).toEqual([['16A', '2B'], ['21']])
    expect(rowsOf('C05', 'socialCare', 'exploitation').map((row) => row['toolLevel'])).toEqual(['LOW', 'LOW', 'LOW'])
  })

  it('has a mother with two housing contacts, five demands in one week, and a cell', () => {
    expect(['housing', 'requirements', 'probation'].map((list) => countOf('C05', 'adultServices', list))).toEqual([
      2, 5, 1,
    ])
  })
})

describe('attendance', () => {
  it('adds up by code to the possible sessions of every period', () => {
    for (const child of gateway.children)
      for (const row of rowsOf(child.id, 'education', 'attendance')) {
        const codes = row['codes']
        if (!Array.isArray(codes)) throw new Error('an attendance period without codes')
        expect(
          codes.reduce((sum: number, code: { count: number }) => sum + code.count, 0),
          child.id,
        ).toBe(row['possible'])
      }
  })
})

describe('the other stories', () => {
  it('count 33 episodes for Ellis over three forces', () => {
    const byForce = (force: string) => countOf('C06', 'police', 'missingEpisodes', (row) => row.force === force)
    expect([byForce('F1'), byForce('F2'), byForce('F3')]).toEqual([20, 9, 4])
  })

  it('place nine of Ilka’s fourteen absences within a missing episode', () => {
    const episodes = rowsOf('C02', 'police', 'missingEpisodes')
    const absences = rowsOf('C02', 'education', 'absences')
    const during = absences.filter((row) => {
      const [start, end] = row['session'] === 'AM' ? ['09:00:00Z', '12:00:00Z'] : ['13:00:00Z', '15:30:00Z']
      return episodes.some(
        (one) => String(one['from']) <= `${row['date']}T${start}` && String(one['to']) >= `${row['date']}T${end}`,
      )
    })
    expect([absences.length, during.length]).toEqual([14, 9])
  })

  it('put every absence on a school day', () => {
    for (const child of gateway.children)
      for (const row of rowsOf(child.id, 'education', 'absences'))
        expect([0, 6]).not.toContain(new Date(`${row['date']}T00:00:00Z`).getUTCDay())
  })

  it('leave all seven of Jodie’s actions undone, after two strategy discussions without health', () => {
    expect(rowsOf('C03', 'socialCare', 'actions').map((row) => row['state'])).toEqual(Array(7).fill('OPEN'))
    expect(countOf('C03', 'socialCare', 'meetings')).toBe(2)
    expect(new Set(rowsOf('C03', 'socialCare', 'invitees').map((row) => row['agency']))).toEqual(
      new Set(['CHILDRENS_SOCIAL_CARE', 'POLICE']),
    )
  })

  it('keep Robin’s enquiry open in LA2 while LA5 disposes of neglect alone', () => {
    expect(rowsOf('C01', 'socialCare', 's47Enquiries').map((row) => [row.la, row['endedOn']])).toEqual([
      ['LA2', undefined],
    ])
    const southmere = rowsOf('C01', 'socialCare', 'contacts').find((row) => row.la === 'LA5')
    expect([southmere?.['concerns'], southmere?.['disposed']]).toEqual([['SEXUAL_ABUSE', 'NEGLECT'], ['NEGLECT']])
    expect(countOf('C01', 'police', 'person', (row) => row.force === 'F4')).toBe(0)
  })

  it('have one online handle in two children’s records, and only there', () => {
    const handles = (child: string) => rowsOf(child, 'police', 'onlineIdentifiers').map((row) => row['handle'])
    expect(handles('C08')).toEqual(handles('C10'))
  })

  it('give Callum both roles, and the other child’s name in one field alone', () => {
    expect(rowsOf('C10', 'police', 'crimes').map((row) => row['role'])).toEqual(['VICTIM', 'SUSPECT'])
  })
})
