import { describe, expect, it } from 'vitest'
import { authorities, forces } from '../../seeds/authoritiesAndForces.ts'
import { themes } from '../../seeds/expectedAnswers.ts'
import gateway from '../../seeds/gateway.ts'
import type { SeedRow } from '../../seeds/seedRecord.ts'
import { agencies } from '../../src/foundation/agencies.ts'
import { countOf, rowsOf, seeds } from './records.ts'

const everyRow = agencies.flatMap((agency) =>
  Object.entries(seeds[agency].records).flatMap(([list, rows]) => rows.map((row) => ({ agency, list, row }))),
)
const holding = (text: string) => everyRow.filter(({ row }) => JSON.stringify(row).includes(text))

describe('what the story cases keep apart', () => {
  it.each(['Heron Way', 'ZZ5 9HW'])('writes the protected “%s” in one protected row and nowhere else', (text) => {
    const rows = holding(text)
    expect(rows.map(({ agency, list, row }) => [agency, list, row.labels])).toEqual([
      ['socialCare', 'addresses', ['ADDRESS_PROTECTED']],
    ])
    expect(JSON.stringify(gateway)).not.toContain(text)
  })

  it('writes the adopted sibling’s former name and number in the adoption record alone', () => {
    for (const text of ['Noah', '9991016392']) {
      expect(holding(text).map(({ agency, list }) => `${agency}.${list}`)).toEqual(['socialCare.adoption'])
      expect(JSON.stringify(gateway)).not.toContain(text)
    }
    expect(holding('M992500818107')).toEqual([])
  })

  it('gives the adopted sibling no name in the family', () => {
    const siblings = rowsOf('C07', 'socialCare', 'family').filter((row) => row['relation'] === 'ADOPTED_SIBLING')
    expect(siblings.map((row) => row['name'])).toEqual([undefined])
  })

  it('names the other child of a peer allegation in no field but the one that becomes a pseudonym', () => {
    expect(holding('Mia Fennell').map(({ agency, list, row }) => [agency, list, row['otherParty']])).toEqual([
      ['police', 'crimes', 'Mia Fennell'],
    ])
  })

  it('holds no person row that would take the mother’s name or number for the unborn child’s', () => {
    expect(rowsOf('C11', 'health', 'person')).toEqual([])
    expect(holding('9991020950')).toEqual([])
    expect(gateway.identifiers.filter((one) => one.child === 'C11' && one.scheme === 'NHS_NUMBER')).toEqual([])
  })

  it('leaves the control with school and doctor alone', () => {
    expect([...new Set(gateway.links.flatMap((link) => (link.child === 'C12' ? link.agency : [])))]).toEqual([
      'health',
      'education',
    ])
    expect(countOf('C12', 'health', 'unscheduledAttendances')).toBe(1)
    expect(rowsOf('C12', 'education', 'attendance').map((row) => [row['attended'], row['possible']])).toEqual([
      [97, 100],
    ])
    expect(gateway.relationships.filter((one) => one.child === 'C12').map((one) => one.kind)).not.toContain('ALLOCATED')
  })

  it('gives the unrelated authority no relationship with any child', () => {
    expect(gateway.relationships.filter((one) => one.organisation === 'LA3-CSC')).toEqual([])
  })

  it('carries no picture and no address of one', () => {
    for (const text of ['data:', 'http', 'base64', '.jpg', '.png']) expect(holding(text)).toEqual([])
  })

  it('leaves one pupil of the twins without a number, and one NHS number unverified', () => {
    expect(rowsOf('C09B', 'education', 'person').map((row) => [row['upn'], row['upnUnknown']])).toEqual([
      [undefined, 'UN5'],
    ])
    expect(rowsOf('C09B', 'health', 'person').map((row) => row['nhsNumberVerified'])).toEqual([false])
  })
})

const nhsNumberIsValid = (number: string) => {
  const sum = [...number.slice(0, 9)].reduce((total, digit, index) => total + Number(digit) * (10 - index), 0)
  return (11 - (sum % 11)) % 11 === Number(number[9])
}
const upnIsValid = (upn: string) => {
  const sum = [...upn.slice(1)].reduce((total, digit, index) => total + Number(digit) * (index + 2), 0)
  return 'ABCDEFGHJKLMNPQRTUVWXYZ'[sum % 23] === upn[0]
}

describe('the numbers of the story cases', () => {
  it('pass the check digit, and lie in the ranges that no real person has', () => {
    for (const { scheme, value } of gateway.identifiers) {
      if (scheme.endsWith('NHS_NUMBER')) expect([value.slice(0, 3), nhsNumberIsValid(value)]).toEqual(['999', true])
      if (scheme === 'UPN') expect([value.slice(1, 4), upnIsValid(value)]).toEqual(['992', true])
    }
  })

  it('find one child each', () => {
    const values = gateway.identifiers.map((one) => `${one.scheme} ${one.value}`)
    expect(new Set(values).size).toBe(values.length)
  })

  it('know six authorities and four forces, and the force of each authority', () => {
    expect(authorities.map((one) => `${one.code} ${one.force}`)).toEqual([
      'LA1 F1',
      'LA2 F1',
      'LA3 F2',
      'LA4 F3',
      'LA5 F4',
      'LA6 F1',
    ])
    expect(forces.map((one) => one.code)).toEqual(['F1', 'F2', 'F3', 'F4'])
  })
})

const concern = (child: string, category: string) =>
  countOf(child, 'education', 'concerns', (row) => row['category'] === category) > 0
const late = (row: SeedRow) => Date.parse(String(row['sharedAt'])) - Date.parse(row.eventAt ?? '') > 3 * 86_400_000
const evidence: Readonly<Record<string, (child: string) => boolean>> = {
  'Online contact used': (child) => concern(child, 'ONLINE_CONTACT'),
  'Early sexualised behaviour': (child) => concern(child, 'SEXUALISED_BEHAVIOUR'),
  'Domestic abuse': (child) => countOf(child, 'police', 'domesticAbuse') > 0,
  'Missing from education': (child) => countOf(child, 'education', 'absences', (row) => row['code'] === 'N') > 0,
  'Alcohol or drugs': (child) =>
    countOf(child, 'health', 'substanceItems') + countOf(child, 'adultServices', 'substanceTreatment') > 0,
  'Exploitation tool not completed': (child) => countOf(child, 'socialCare', 'exploitation') === 0,
  'Police told social work late': (child) => countOf(child, 'police', 'crimes', late) > 0,
}

describe('the themes across the first six cases', () => {
  it.each(themes)('$theme stands in exactly the cases that hold a record of it', ({ theme, cases }) => {
    expect(['C01', 'C02', 'C03', 'C04', 'C05', 'C06'].filter((child) => evidence[theme]?.(child))).toEqual(cases)
  })
})
