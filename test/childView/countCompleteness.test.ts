import { describe, expect, it } from 'vitest'
import { holders } from '../../seeds/authoritiesAndForces.ts'
import { contactNeeds, contactPattern, contactReads } from '../../src/childView/contactPattern.ts'
import {
  completenessOf,
  completenessOfChild,
  countOf,
  listed,
  type Reads,
  whether,
} from '../../src/childView/countCompleteness.ts'
import { isWhollyOpen } from '../../src/childView/listsMayBeRead.ts'
import { isAllSeen } from '../../src/childView/listsWereRead.ts'
import { missingNeeds, missingReads } from '../../src/childView/missingEpisodeFields.ts'
import { missingPattern } from '../../src/childView/missingEpisodes.ts'
import { restraintNeeds, restraintPattern, restraintReads } from '../../src/childView/restraint.ts'
import {
  attendanceAndRestraint,
  attendanceNeeds,
  attendanceReads,
} from '../../src/childView/unscheduledAttendanceAndRestraint.ts'
import { eachAgency } from '../../src/foundation/agencies.ts'
import type { Grant } from '../../src/policy/grant.ts'
import { bitOf, labels, maskOf } from '../../src/policy/labels.ts'
import type { Answers } from '../../src/records/agencyAnswers.ts'
import type { RequiredFields } from '../../src/records/requiredFields.ts'
import type { Row, Value } from '../../src/sources/contract.ts'
import { answersOf, asOf, contractsOf, down, groundOf, row, told } from './fixtures.ts'

const all = maskOf(labels)
const shutTo = (label: (typeof labels)[number], isTold = true): Partial<Grant> => ({
  headline: all & ~bitOf(label),
  content: all & ~bitOf(label),
  withheld: isTold ? [told(label)] : [],
})
const restraints: Reads = {
  grounds: [{ socialCare: { restraints: ['eventAt'] }, education: { restraints: ['eventAt'] } }],
}
const of = (reads: Reads, given: Parameters<typeof groundOf>[0] = {}, answers: Answers = answersOf()) =>
  completenessOf(reads, { ...groundOf(given), answers })

describe('how whole a number is', () => {
  it('is whole when every label is open and every source answered', () => {
    expect(of(restraints)).toEqual({ completeness: 'WHOLE', without: [] })
  })

  it('is a lower bound without one of its lists, and says which, why and whom to ask', () => {
    expect(of(restraints, { education: shutTo('EDUCATION') })).toEqual({
      completeness: 'AT_LEAST',
      without: [
        {
          agency: 'EDUCATION',
          holder: null,
          state: 'WITHHELD',
          label: 'EDUCATION',
          reason: 'W_ROLE_NOT_PERMITTED',
          contact: 'education desk',
        },
      ],
    })
  })

  it('gives no number where none of a ground may be read, did not answer, or some of each', () => {
    const both = { education: shutTo('EDUCATION'), socialCare: shutTo('SOCIAL_CARE') }
    const away = answersOf({ education: down, socialCare: down })
    expect(of(restraints, both).completeness).toBe('WITHHELD')
    expect(of(restraints, {}, away).completeness).toBe('UNAVAILABLE')
    expect(of(restraints, { education: shutTo('EDUCATION') }, away).completeness).toBe('NOT_KNOWN')
    for (const completeness of ['WITHHELD', 'UNAVAILABLE', 'NOT_KNOWN'] as const)
      expect(countOf(4, { completeness, without: [] }).value).toBeNull()
  })

  it('gives no number and no list of none that was found where no list was read whole, and says why', () => {
    const [holder] = holders.filter(({ id }) => id === 'LA2-CSC')
    if (!holder) throw new Error('There is no such holder.')
    const placements: Reads = { grounds: [{ socialCare: { placements: ['from'] } }] }
    const own = { ...shutTo('SOCIAL_CARE'), own: { ...groundOf().grants.socialCare } }
    const part = of(placements, { socialCare: own })
    expect(countOf(0, part)).toMatchObject({ value: null, completeness: 'WITHHELD', without: part.without })
    expect(countOf(1, part)).toMatchObject({ value: 1, completeness: 'AT_LEAST' })
    expect([listed([], part), listed([], part, 3), listed(['one'], part)]).toEqual([null, [], ['one']])
    const answers = answersOf()
    const gaps = [{ holder, state: 'UNAVAILABLE' as const }]
    const away = of(placements, {}, { ...answers, socialCare: { ...answers.socialCare, gaps } })
    expect(countOf(0, away)).toMatchObject({ value: null, completeness: 'UNAVAILABLE' })
    // One of its lists is read whole: at least none, of what that list could hold.
    const some = of(restraints, { education: shutTo('EDUCATION') })
    expect([countOf(0, some).value, listed([], some)]).toEqual([0, []])
    expect([countOf(0, of(restraints)).value, listed([], of(restraints))]).toEqual([0, []])
  })

  it('says of a holder whose last file is old what it says of one that was not looked through', () => {
    const [holder] = holders.filter(({ id }) => id === 'LA2-CSC')
    if (!holder) throw new Error('There is no such holder.')
    const lacking = (state: 'STALE' | 'NOT_LOOKED_FOR') => {
      const answers = answersOf()
      return of(restraints, {}, { ...answers, socialCare: { ...answers.socialCare, gaps: [{ holder, state }] } })
    }
    expect(lacking('STALE')).toEqual(lacking('NOT_LOOKED_FOR'))
    expect(lacking('STALE')).toMatchObject({
      completeness: 'AT_LEAST',
      without: [{ holder: 'LA2-CSC', state: 'NOT_LOOKED_FOR', reason: 'NOT_LOOKED_FOR' }],
    })
  })

  it('names of a kind that is wholly away whom something is expected from, and no other', () => {
    const [awaited, other] = holders.filter(({ id }) => id === 'LA2-CSC' || id === 'LA5-CSC')
    if (!awaited || !other) throw new Error('There are no such holders.')
    const gaps = [awaited, other].map((holder) => ({ holder, state: 'UNAVAILABLE' as const }))
    const lacking = (expected: readonly (typeof awaited)[]) =>
      of(restraints, {}, { ...answersOf(), socialCare: { ...down, gaps, expected } }).without.map(
        ({ holder }) => holder,
      )
    expect(lacking([awaited])).toEqual(['LA2-CSC'])
    expect(lacking([])).toEqual([null])
  })

  it('needs every ground', () => {
    const within: Reads = {
      grounds: [...restraints.grounds, { health: { unscheduledAttendances: ['eventAt'] } }],
    }
    expect(of(within, { health: shutTo('HEALTH_GENERAL') }).completeness).toBe('WITHHELD')
  })

  it('is no lower bound without what could make it smaller', () => {
    expect(of(missingReads.unreported, { police: shutTo('POLICE_RECORD') }).completeness).toBe('NOT_KNOWN')
  })

  it('counts what an organisation logged itself as a part, and says what of others it lacks', () => {
    const { headline, content, withheld } = { content: 0, headline: 0, ...shutTo('SOCIAL_CARE') }
    const rows = { ncnd: false, conditions: false, undecided: false, notRelevant: false }
    const own = {
      headline: all,
      content: all,
      redact: 0,
      rows,
      places: 'ALL' as const,
      names: 'ALL' as const,
      heldRecords: [],
    }
    const home = { headline, content, withheld: withheld ?? [], own }
    expect(of({ grounds: [{ socialCare: { restraints: ['eventAt'] } }] }, { socialCare: home })).toMatchObject({
      completeness: 'AT_LEAST',
      without: [{ agency: 'CHILDRENS_SOCIAL_CARE', state: 'PARTIAL', label: 'SOCIAL_CARE' }],
    })
  })

  it('is not taken from what is said of a child by a holder that is away and does not know the child', () => {
    const holder = holders.find(({ id }) => id === 'LA2-CSC')
    if (!holder) throw new Error('There is no such holder.')
    const lists = { socialCare: { plans: ['level'] } } as const
    const withGap = (unlinked: object) => {
      const { socialCare, ...others } = answersOf()
      const gaps = [{ holder, state: 'UNAVAILABLE' as const, ...unlinked }]
      return { ...others, socialCare: { ...socialCare, gaps } }
    }
    const seen = (unlinked: object) => isAllSeen(lists, { ...groundOf(), answers: withGap(unlinked) })
    expect([seen({}), seen({ unlinked: true })]).toEqual([false, true])
    // Where the holder could have what is hidden from this caller, nothing goes by whether it knows the child.
    const own = { ...shutTo('SOCIAL_CARE', false), own: { ...groundOf().grants.socialCare } }
    const ofChild = (unlinked: object) =>
      completenessOfChild({ grounds: [lists] }, { ...groundOf({ socialCare: own }), answers: withGap(unlinked) })
    expect(ofChild({ unlinked: true })).toEqual(ofChild({}))
    expect(ofChild({}).without).toHaveLength(2)
    // A number goes by sources alone.
    expect(of({ grounds: [lists] }, {}, withGap({ unlinked: true })).completeness).toBe('AT_LEAST')
  })

  it('names no label that is hidden from the role, and is not whole without it', () => {
    const silent = { label: null, state: 'WITHHELD', reason: 'W_CANNOT_BE_SAID' }
    const both = { education: shutTo('EDUCATION', false), socialCare: shutTo('SOCIAL_CARE', false) }
    expect(of(restraints, both)).toMatchObject({ completeness: 'WITHHELD', without: [silent, silent] })
    expect(of(restraints, { education: shutTo('EDUCATION', false) })).toMatchObject({
      completeness: 'AT_LEAST',
      without: [{ agency: 'EDUCATION', ...silent }],
    })
  })

  it('lacks nothing of a kind that is secret as such', () => {
    const intelligence: Reads = { grounds: [{ police: { intelligence: ['eventAt'], missingEpisodes: ['eventAt'] } }] }
    expect(of(intelligence, { police: shutTo('POLICE_INTELLIGENCE', false) })).toEqual({
      completeness: 'WHOLE',
      without: [],
    })
  })

  it('says that rows which bear a withheld label of their own may be lacking, where the contract says they can', () => {
    const { lists } = contractsOf().education
    const bearing = {
      ...lists,
      restraints: { ...lists['restraints'], table: 'r', rowLabels: ['HEALTH_MENTAL' as const] },
    }
    const contracts = contractsOf({ ...eachAgency((agency) => contractsOf()[agency].lists), education: bearing })
    const ground = { ...groundOf({ education: shutTo('HEALTH_MENTAL') }), contracts, answers: answersOf() }
    expect(completenessOf(restraints, ground)).toMatchObject({
      completeness: 'AT_LEAST',
      without: [{ agency: 'EDUCATION', state: 'PARTIAL', label: 'HEALTH_MENTAL' }],
    })
  })

  it('is no whole where a reader has their own service’s rows of a list alone', () => {
    const headline: Partial<Grant> = {
      content: all & ~bitOf('SOCIAL_CARE'),
      withheld: [{ ...told('SOCIAL_CARE'), level: 'CONTENT' }],
    }
    const actions = { socialCare: { actions: [] } }
    expect(of({ grounds: [actions] }, { socialCare: headline })).toMatchObject({
      completeness: 'AT_LEAST',
      without: [{ agency: 'CHILDRENS_SOCIAL_CARE', state: 'PARTIAL', label: 'SOCIAL_CARE' }],
    })
    expect(of({ grounds: [actions] }).completeness).toBe('WHOLE')
    expect([headline, {}].map((socialCare) => isWhollyOpen(actions, groundOf({ socialCare })))).toEqual([false, true])
  })

  it('says no only where all was looked through, and yes as soon as it was seen', () => {
    const part = { completeness: 'AT_LEAST', without: [] } as const
    const whole = { completeness: 'WHOLE', without: [] } as const
    expect([whether(true, part), whether(false, part), whether(false, whole)]).toEqual([true, null, false])
    expect(listed([], { completeness: 'WITHHELD', without: [] })).toBeNull()
  })
})

/** Rows of every list that is required, with a value of its kind in every field. */
const filled = (needs: RequiredFields): Answers =>
  answersOf(
    eachAgency((agency) =>
      Object.fromEntries(
        Object.entries<readonly string[]>(needs[agency] ?? {}).map(([list, fields]) => [
          list,
          [11, 19]
            // Entries of carers that no report joins.
            .map((day) => (agency === 'socialCare' ? day + 4 : day))
            .map((day) => row(`${agency}:${list}${day}`, fieldsOn(fields, day))),
        ]),
      ),
    ),
  )

const values: Readonly<Record<string, (day: number) => Value>> = {
  eventAt: (day) => `2026-09-${day}T10:00:00Z`,
  from: (day) => `2026-09-${day}T10:00:00Z`,
  to: (day) => `2026-09-${day}T23:00:00Z`,
  date: (day) => `2026-09-${day}`,
  session: () => 'PM',
  reported: () => false,
  ground: () => true,
  injury: () => true,
  overnight: () => true,
  concerns: () => ['NEGLECT'],
  disposed: () => null,
  outcome: () => 'REFERRAL_ACCEPTED',
  'provenance.supersedes': () => null,
  policeReference: () => null,
  providerReference: () => null,
}
const fieldsOn = (fields: readonly string[], day: number): Readonly<Record<string, Value>> =>
  Object.fromEntries(fields.map((field) => [field, (values[field] ?? (() => `${field} ${day}`))(day)]))

const common = (field: string): boolean =>
  ['id', 'person', 'eventAt'].includes(field) || field.startsWith('provenance.')

/** The same answers, of which only what one number declares is left. */
const onlyRead = (answers: Answers, reads: Reads): Answers => {
  const parts = [...reads.grounds, ...(reads.refutedBy ? [reads.refutedBy] : [])]
  return answersOf(
    eachAgency((agency) => {
      const { records } = answers[agency] as Extract<Answers['health'], { state: 'ANSWERED' }>
      const lists = new Set(parts.flatMap((part) => Object.keys(part[agency] ?? {})))
      return Object.fromEntries(
        [...lists].map((list) => {
          const read = parts.flatMap((part) => Object.entries<readonly string[]>(part[agency] ?? {}))
          const fields = new Set(read.flatMap(([name, some]) => (name === list ? some : [])))
          return [list, (records.readings(list) as readonly Row[]).map((one) => keep(one, fields))]
        }),
      )
    }),
  )
}
const keep = (one: Row, fields: ReadonlySet<string>): Row =>
  ({
    ...Object.fromEntries(Object.entries(one).filter(([field]) => common(field) || fields.has(field))),
    id: one.id,
    person: one.person,
  }) as Row

const ground = groundOf()
const patterns = [
  {
    name: 'missing',
    reads: missingReads,
    needs: missingNeeds,
    make: (answers: Answers) => missingPattern(answers, ground, asOf, () => true),
  },
  {
    name: 'restraint',
    reads: restraintReads,
    needs: restraintNeeds,
    make: (answers: Answers) => restraintPattern(answers, ground),
  },
  {
    name: 'contacts',
    reads: contactReads,
    needs: contactNeeds,
    make: (answers: Answers) => contactPattern(answers, ground, asOf, null),
  },
  {
    name: 'attendances',
    reads: attendanceReads,
    needs: attendanceNeeds,
    make: (answers: Answers) => attendanceAndRestraint(answers, ground),
  },
]

describe.each(patterns)('what the numbers of $name say they read', ({ reads, needs, make }) => {
  it.each(Object.entries<Reads>(reads))('%s reads nothing else', (name, read) => {
    const answers = filled(needs)
    const number = (from: Answers) => (make(from) as unknown as Readonly<Record<string, unknown>>)[name]
    expect(number(onlyRead(answers, read))).toEqual(number(answers))
    expect(JSON.stringify(number(answers))).not.toMatch(/"value":(0|null)/)
  })
})
