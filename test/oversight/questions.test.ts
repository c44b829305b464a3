import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Purpose } from '../../src/policy/vocabulary.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway({ POLICY_PACK: 'england-2026-11' })
})
afterAll(() => gateway?.close())

const ask = async <Answer>(persona: string, query: string, purpose: Purpose = 'PRACTICE_REVIEW'): Promise<Answer> => {
  const { data, errors } = await gateway.ask(persona, query, { purpose })
  expect(errors).toEqual([])
  return data as unknown as Answer
}
const refusal = async (persona: string, query: string, purpose?: Purpose) => {
  const { errors } = await gateway.ask(persona, query, purpose ? { purpose } : {})
  return errors[0]?.extensions
}

const cases = ['C01', 'C02', 'C03', 'C04', 'C05', 'C06']
const matrix: Readonly<Record<string, string>> = {
  ONLINE_CONTACT: 'C01 C03 C04 C05 C06',
  EARLY_RISK: 'C04 C05 C06',
  DOMESTIC_ABUSE: 'C03 C06',
  MISSING_EDUCATION: 'C02 C03 C04 C05 C06',
  SUBSTANCES: 'C01 C02 C03 C05 C06',
  EXPLOITATION_TOOL_NOT_COMPLETED: 'C01 C03',
  POLICE_SHARE_LAG: 'C02 C04',
}

interface Audit {
  readonly caseAudit: {
    readonly unknown: readonly string[]
    readonly themes: readonly {
      readonly theme: string
      readonly caseCount: number | null
      readonly completeness: string
    }[]
    readonly cases: readonly {
      readonly child: { readonly id: string }
      readonly themes: readonly {
        readonly theme: string
        readonly holds: boolean | null
        readonly records: readonly string[]
      }[]
    }[]
  }
}
const audit = (ids: readonly string[]) =>
  `{ caseAudit(caseIds: ${JSON.stringify(ids)}) { unknown themes { theme caseCount completeness without { agency label reason } }
    cases { child { id } themes { theme holds records } } } }`

describe('the audit of several cases', () => {
  it('counts each theme over the six cases of the audit, with the records that bear it out', async () => {
    const { caseAudit } = await ask<Audit>('team-manager', audit(cases))
    const holding = Object.fromEntries(
      Object.keys(matrix).map((theme) => [
        theme,
        caseAudit.cases
          .filter(({ themes }) =>
            themes.some((each) => each.theme === theme && each.holds === true && each.records.length > 0),
          )
          .map(({ child }) => child.id)
          .join(' '),
      ]),
    )
    expect(holding).toEqual(matrix)
    expect(caseAudit.themes.map(({ theme, caseCount }) => [theme, caseCount])).toEqual(
      Object.entries(matrix).map(([theme, found]) => [theme, found.split(' ').length]),
    )
  })

  it('counts the same for quality assurance', async () => {
    const { caseAudit } = await ask<Audit>('quality-assurance', audit(cases))
    expect(caseAudit.themes.map(({ theme, caseCount }) => [theme, caseCount])).toEqual(
      Object.entries(matrix).map(([theme, found]) => [theme, found.split(' ').length]),
    )
  })

  it('says of a reader who may not read all of it that it is at least so many', async () => {
    const { caseAudit } = await ask<Audit>('designated-nurse', audit(cases))
    for (const { theme, caseCount, completeness } of caseAudit.themes) {
      const all = matrix[theme]?.split(' ').length ?? 0
      if (completeness === 'WITHHELD') expect(caseCount).toBeNull()
      else expect(caseCount ?? 0).toBeLessThanOrEqual(all)
    }
    expect(caseAudit.themes.some(({ completeness }) => completeness === 'AT_LEAST')).toBe(true)
  })

  it('opens each case in the entry by its own id', async () => {
    await ask<Audit>('team-manager', audit(['C03', 'C05']))
    const [entry] = await gateway.opened.setting.audit.ofChild('C03', 1)
    expect(entry?.actions).toContain('CASE_AUDIT')
    expect([...new Set(entry?.children.map(({ id }) => id))].sort()).toEqual(['C03', 'C05'])
    expect(entry?.children.some(({ agencies }) => agencies['socialCare']?.disclosed?.includes('SOCIAL_CARE'))).toBe(
      true,
    )
  })

  it('knows no child whom the caller may not know of, and is refused to everybody else', async () => {
    const { caseAudit } = await ask<Audit>('team-manager', audit(['C03', 'C08', 'none']))
    expect(caseAudit.unknown).toEqual(['C08', 'none'])
    expect(caseAudit.cases.map(({ child }) => child.id)).toEqual(['C03'])
    expect(await refusal('team-manager', audit(['C03']))).toMatchObject({ reason: 'PURPOSE_NOT_PERMITTED' })
    expect(await refusal('social-worker', audit(['C03']))).toMatchObject({ reason: 'ROLE_NOT_PERMITTED' })
    expect(await refusal('team-manager', audit([]), 'PRACTICE_REVIEW')).toMatchObject({ code: 'BAD_INPUT' })
    const many = Array.from({ length: 101 }, (_, at) => `X${at}`)
    expect(await refusal('team-manager', audit(many), 'PRACTICE_REVIEW')).toMatchObject({ code: 'OPERATION_TOO_LARGE' })
  })
})

interface Profile {
  readonly problemProfile: {
    readonly from: string
    readonly to: string
    readonly settledAt: string
    readonly children: number | null
    readonly suppressed: boolean
    readonly byArea: readonly {
      readonly area: string
      readonly children: number | null
      readonly suppressed: boolean
    }[]
    readonly completeness: string
  }
}
const profile = (theme: string, period = '') =>
  `{ problemProfile(la: "LA2", theme: ${theme}${period}) { from to settledAt children suppressed byArea { area children suppressed } completeness without { agency label reason } } }`

describe('a problem profile', () => {
  /** Further children under the records of one who is there. */
  const add = (child: string, count: number) =>
    gateway.opened.setting.opening.store.rows({
      name: 'oversight-more',
      text: `with made as (insert into gateway.child (child_id, area_la)
          select 'P-' || $1::text || '-' || n, 'LA2' from generate_series(1, $2::int) n returning child_id),
        linked as (insert into gateway.link (child_id, agency, person_id, holder)
          select made.child_id, link.agency, link.person_id, link.holder from made, gateway.link where link.child_id = $1::text
          returning child_id)
        insert into gateway.relationship (id, child_id, organisation, kind, from_on)
          select 'R' || child_id, child_id, 'LA2-CSC', 'ALLOCATED', '2020-01-01' from made`,
      values: [child, String(count)],
    })

  it('keeps back what is counted of fewer than five', async () => {
    const { problemProfile } = await ask<Profile>('team-manager', profile('CSE'))
    expect(problemProfile).toMatchObject({ from: '2026-Q3', to: '2026-Q3', settledAt: '2026-10-29T00:00:00Z' })
    expect(problemProfile).toMatchObject({ children: null, suppressed: true })
    expect(problemProfile.byArea.map(({ area }) => area)).toEqual([
      'LA1',
      'LA2',
      'LA3',
      'LA4',
      'LA5',
      'LA6',
      'NOT_KNOWN',
    ])
  })

  it('counts each child once, those placed elsewhere under who answers for them, shown where they live', async () => {
    await add('C05', 9)
    await add('C04', 6)
    const { problemProfile } = await ask<Profile>('team-manager', profile('ONLINE_CONTACT'))
    expect(problemProfile.suppressed).toBe(false)
    const cells = Object.fromEntries(problemProfile.byArea.map(({ area, children }) => [area, children]))
    expect(cells).toEqual({ LA1: 0, LA2: 10, LA3: 0, LA4: 0, LA5: 7, LA6: 0, NOT_KNOWN: 0 })
    expect(problemProfile.children).toBe(Object.values(cells).reduce((sum: number, each) => sum + (each ?? 0), 0))
  })

  it('is one entry, with a digest of who was counted and the id of none', async () => {
    const append = vi.spyOn(gateway.opened.setting.audit, 'append')
    await ask<Profile>('team-manager', profile('CSE'))
    const [[entry] = []] = append.mock.calls
    append.mockRestore()
    expect(entry?.actions).toEqual(['PROBLEM_PROFILE', expect.stringMatching(/^PROBLEM_PROFILE [0-9a-f]{64}$/)])
    expect(entry?.children).toEqual([])
  })

  it('is asked by those of the authority under its purpose alone, of quarters that are over', async () => {
    expect(await refusal('team-manager', profile('CSE'))).toMatchObject({ reason: 'PURPOSE_NOT_PERMITTED' })
    expect(await refusal('social-worker', profile('CSE'))).toMatchObject({ reason: 'ROLE_NOT_PERMITTED' })
    const other = profile('CSE').replace('LA2', 'LA5')
    expect(await refusal('team-manager', other, 'PRACTICE_REVIEW')).toMatchObject({ reason: 'NOT_RESPONSIBLE' })
    for (const period of ['{ from: "2026-Q4" }', '{ from: "2026-07-01" }', '{ from: "2023-Q1", to: "2026-Q1" }'])
      expect(await refusal('team-manager', profile('CSE', `, period: ${period}`), 'PRACTICE_REVIEW')).toMatchObject({
        code: 'BAD_INPUT',
      })
  })
})

describe('what waits beside alerts', () => {
  it('tells who is missing, by force, to those who work with the child and to the force of the area', async () => {
    const { planning, store } = gateway.opened.setting.opening
    const list = planning.layouts.police.lists.get('missingEpisodes')
    const column = (field: string) => list?.columns.get(field)?.column ?? ''
    // Ilka did not come back in October.
    const text = `update ${list?.relation} set "${column('to')}" = null
      where "${column('from')}" between '2026-10-17' and '2026-10-18' returning "${column('from')}"::text`
    expect(await store.rows({ name: 'oversight-still-missing', text, values: [] })).not.toEqual([])
    interface Missing {
      readonly missingNotices: {
        readonly byForce: readonly {
          readonly force: string
          readonly children: { readonly value: number }
          readonly oldest: string
        }[]
        readonly notices: readonly {
          readonly force: string
          readonly child: { readonly id: string; readonly alerts: readonly { readonly id: string }[] }
          readonly alert: { readonly id: string; readonly code: string }
        }[]
      }
    }
    const query = `{ missingNotices { byForce { force children { value } oldest }
      notices { force child { id alerts(codes: [MISSING_NOTICE]) { id } } alert { id code } } } }`
    const { missingNotices } = await ask<Missing>('team-manager', query, 'ASSESSMENT_S17')
    const [notice] = missingNotices.notices
    expect(notice?.alert.code).toBe('MISSING_NOTICE')
    expect(notice?.child.alerts.map(({ id }) => id)).toContain(notice?.alert.id)
    expect(missingNotices.byForce.reduce((sum, { children }) => sum + children.value, 0)).toBe(
      missingNotices.notices.length,
    )
    const none = await ask<Missing>(
      'team-manager',
      query.replace('missingNotices', 'missingNotices(force: "F2")'),
      'ASSESSMENT_S17',
    )
    expect(none.missingNotices).toEqual({ byForce: [], notices: [] })
    expect(await refusal('gp', query)).toMatchObject({ reason: 'ROLE_NOT_PERMITTED' })
  })

  it('lists whom a forum has on its list, for its members and for nobody else', async () => {
    const query = '{ forumListings { entries { child { id } forum listedOn outcome } hasNextPage } }'
    const of = async (persona: string, purpose: Purpose, asked = query) => {
      const { forumListings } = await ask<{
        readonly forumListings: { readonly entries: readonly { readonly child: { readonly id: string } }[] }
      }>(persona, asked, purpose)
      return forumListings.entries.map(({ child }) => child.id)
    }
    expect(await of('social-worker', 'ASSESSMENT_S17')).toEqual(['C10'])
    expect(await of('police-public-protection', 'STRATEGY_DISCUSSION')).toEqual(['C10'])
    expect(
      await of('social-worker', 'ASSESSMENT_S17', query.replace('Listings', 'Listings(forum: "MET_HUB")')),
    ).toEqual([])
    for (const persona of ['school-dsl-eastvale', 'gp', 'care-home-worker'])
      expect(await refusal(persona, query)).toMatchObject({ reason: 'ROLE_NOT_PERMITTED' })
    expect(await refusal('social-worker', query.replace('Listings', 'Listings(after: "x")'))).toMatchObject({
      code: 'BAD_INPUT',
    })
  })

  it('tells how whole each holder is, by number and never by name', async () => {
    interface Quality {
      readonly dataQuality: readonly {
        readonly holder: string
        readonly children: { readonly value: number | null; readonly completeness: string }
        readonly withoutNhsNumber: { readonly value: number | null } | null
      }[]
    }
    const query =
      '{ dataQuality { holder name agency state children { value completeness } withoutNhsNumber { value } withoutUpn { value } refusedFields } }'
    const { dataQuality } = await ask<Quality>('team-manager', query, 'ASSESSMENT_S17')
    expect(dataQuality.map(({ holder }) => holder)).toEqual([...gateway.opened.setting.opening.registry.holders.keys()])
    const held = dataQuality.filter(({ children }) => (children.value ?? 0) > 0)
    expect(held.length).toBeGreaterThan(4)
    for (const { children, withoutNhsNumber } of held)
      expect(withoutNhsNumber?.value ?? 0).toBeLessThanOrEqual(children.value ?? 0)
    expect(await refusal('social-worker', query)).toMatchObject({ reason: 'ROLE_NOT_PERMITTED' })
    const none = await ask<Quality>('information-governance-southmere', query, 'AUDIT')
    for (const { children } of none.dataQuality)
      expect(children).toMatchObject({ value: null, completeness: 'NOT_KNOWN' })
  })

  it('shows who may be one and the same to those who decide it, and to nobody else', async () => {
    const query =
      '{ worklist(codes: [PLAN_DRIFT], first: 1) { possibleDuplicates { kind alertCode } } identityReviews(first: 50) { alertCode } }'
    interface Work {
      readonly worklist: { readonly possibleDuplicates: readonly { readonly alertCode: string }[] | null }
      readonly identityReviews: readonly { readonly alertCode: string | null }[]
    }
    const { worklist, identityReviews } = await ask<Work>('team-manager', query, 'ASSESSMENT_S17')
    expect(worklist.possibleDuplicates?.map(({ alertCode }) => alertCode)).toEqual(
      identityReviews.flatMap(({ alertCode }) => alertCode ?? []),
    )
    const other = '{ worklist(codes: [PLAN_DRIFT], first: 1) { possibleDuplicates { kind } } }'
    expect((await ask<Work>('reviewing-officer', other, 'CLA_REVIEW')).worklist.possibleDuplicates).toBeNull()
  })

  it('counts disagreements by stage for those who are party to them, and names no child', async () => {
    const query = '{ escalations { stage reached open late lateNow } }'
    const of = async (persona: string, purpose: Purpose) =>
      (await ask<{ readonly escalations: readonly object[] }>(persona, query, purpose)).escalations
    expect(await of('school-dsl-eastvale', 'CP_CONFERENCE')).toEqual([
      { stage: 1, reached: 1, open: 0, late: 1, lateNow: 0 },
      { stage: 2, reached: 1, open: 1, late: 1, lateNow: 1 },
    ])
    expect(await of('school-dsl', 'CP_CONFERENCE')).toEqual([])
    expect(await refusal('gp', query)).toMatchObject({ reason: 'ROLE_NOT_PERMITTED' })
  })

  it('lists what a review asked for, with what is late and whether it worked', async () => {
    const input = `{ what: "Ask every child why they were away", to: { organisation: "900002" }, due: "2026-11-10",
      howKnown: "Sample of twenty files", review: "Sonia briefing" }`
    const { assignLearningAction } = await ask<{ readonly assignLearningAction: { readonly id: string } }>(
      'team-manager',
      `mutation { assignLearningAction(input: ${input}) { id } }`,
      'ASSESSMENT_S17',
    )
    const query = `{ learningActions(overdue: true) { actions { id what owner due howKnown review state overdue outcomes { didItWork } } } }`
    interface Actions {
      readonly learningActions: { readonly actions: readonly object[] }
    }
    const asked = {
      ...{ id: assignLearningAction.id, what: 'Ask every child why they were away', owner: ['900002'] },
      ...{ due: '2026-11-10', howKnown: 'Sample of twenty files', review: 'Sonia briefing' },
      ...{ state: 'OPEN', overdue: true, outcomes: [] },
    }
    for (const [persona, purpose] of [
      ['team-manager', 'ASSESSMENT_S17'],
      ['school-dsl-eastvale', 'CP_CONFERENCE'],
    ] as const)
      expect((await ask<Actions>(persona, query, purpose)).learningActions.actions).toEqual([asked])
    const done = `mutation { completeLearningAction(id: "${assignLearningAction.id}", input: { done: "Asked", evidence: FACT,
      didItWork: PARTLY, doneOn: "2026-11-19" }) { id } }`
    await ask('school-dsl-eastvale', done, 'CP_CONFERENCE')
    const later = await ask<Actions>('team-manager', query.replace('overdue: true', 'open: false'), 'ASSESSMENT_S17')
    expect(later.learningActions.actions).toEqual([
      { ...asked, state: 'ANSWERED', overdue: false, outcomes: [{ didItWork: 'PARTLY' }] },
    ])
    expect((await ask<Actions>('school-dsl', query, 'CP_CONFERENCE')).learningActions.actions).toEqual([])
  })
})
