import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Purpose } from '../../src/policy/vocabulary.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { isWhole } from '../support/sample.ts'
import { cases as all } from './cases.ts'
import { nhsNumberOf } from './record.ts'
import { importedWorld } from './world.ts'

/** The default run imports the files of four holders alone. */
const few: ReadonlySet<string> = new Set(['LA2-CSC', 'LA5-CSC', 'F1', 'F4'])
const cases = isWhole ? all : all.filter(({ held }) => Object.keys(held).every((holder) => few.has(holder)))
const hasCase = (given: string): boolean => cases.some((each) => each.given === given)
const nhsOf = (given: string): string => nhsNumberOf(cases.findIndex((each) => each.given === given))

let world: Awaited<ReturnType<typeof importedWorld>>
let gateway: TestGateway

/** What a persona is told of one child. */
async function of(persona: string, given: string, fields: string, purpose?: Purpose) {
  const query = `{ findChild(nhsNumber: "${nhsOf(given)}") { ${fields} } }`
  const { data, errors, text } = await gateway.ask(persona, query, purpose ? { purpose } : {})
  expect(errors, text).toEqual([])
  return data?.['findChild'] as unknown as Record<string, unknown>
}

const alerts = (...codes: readonly string[]) =>
  `alerts(codes: [${codes.join(', ')}]) { code count explanation details { name value } evidence { recordId } }`

beforeAll(async () => {
  world = await importedWorld(cases)
  gateway = await startTestGateway(world.environment)
}, 240_000)
afterAll(async () => {
  await gateway?.close()
  world?.remove()
})

/** Before anybody asks for one of the children by themselves: who belongs to these is known all the same. */
describe('questions over many of them', () => {
  const asked = async (persona: string, query: string, purpose?: Purpose) => {
    const { data, errors, text } = await gateway.ask(persona, query, purpose ? { purpose } : {})
    expect(errors, text).toEqual([])
    return data as unknown as Record<string, unknown>
  }

  it('L7: lists the drifting cases of a team, oldest first, and none of another’s', async () => {
    const list = (team: string) =>
      `{ worklist(team: "${team}", codes: [PLAN_DRIFT]) { entries { child { names { given } } } } }`
    expect(await asked('team-manager', list('Eastvale drift team'))).toEqual({
      worklist: { entries: ['Osric', 'Perdita', 'Quill'].map((given) => ({ child: { names: [{ given }] } })) },
    })
    expect(await asked('team-manager', list('Eastvale family team'))).toEqual({ worklist: { entries: [] } })
  })

  it('C5, F4: counts each child of a profile once, whatever the category of the plan', async () => {
    const profile = '{ problemProfile(la: "LA2", theme: CSE, period: { from: "2026-Q3" }) { children suppressed } }'
    expect(await asked('head-of-service', profile, 'PRACTICE_REVIEW')).toEqual({
      problemProfile: { children: 6, suppressed: false },
    })
  })

  it.runIf(hasCase('Wenna'))('E6: tells a school of its own pupil, whom no social care knows', async () => {
    const { missingNotices } = await asked(
      'school-dsl-eastvale',
      '{ missingNotices { notices { child { names { given } } alert { explanation } } } }',
    )
    const { notices } = missingNotices as { notices: { child: { names: { given: string }[] } }[] }
    expect(notices.map(({ child }) => child.names[0]?.given)).toEqual(['Wenna'])
  })

  it('A12: lists the children whom an authority placed elsewhere, with the force of the area', async () => {
    const query = '{ placedOut(la: "LA2") { names { given } status { areaLa areaForce } } }'
    const { placedOut } = await asked('social-worker', query)
    const found = (placedOut as unknown as { names: { given: string }[]; status: object }[]).map(
      ({ names, status }) => [names[0]?.given, status] as const,
    )
    const place = { areaLa: 'LA5', areaForce: 'F4' }
    expect(Object.fromEntries(found)).toMatchObject({ Tilda: place, Rhoda: place, Severin: place, Aldous: place })
    expect(found).toHaveLength(isWhole ? 8 : 5)
  })
})

describe('cases that were handed in as record JSON', () => {
  it('are taken whole, by every holder', () => {
    for (const { holder, code, out, err } of world.outcomes) {
      expect({ holder, code, err }).toEqual({ holder, code: 0, err: '' })
      expect(JSON.parse(out)).toMatchObject({ refused: [], unread: [], changed: 0, withdrawn: 0 })
    }
  })

  it.runIf(hasCase('Orla'))('A5: show housing before any social care', async () => {
    const child = await of(
      'social-worker',
      'Orla',
      `chronology(to: "2015-12-31") { events { provenance { agency } } } ${alerts('ASSESSMENT_IGNORES_HISTORY')}`,
      'S47_ENQUIRY',
    )
    const { events } = child['chronology'] as { events: { provenance: { agency: string } }[] }
    expect(events.slice(0, 3).map(({ provenance }) => provenance.agency)).toEqual(Array(3).fill('HOUSING'))
    expect(child['alerts']).toHaveLength(1)
  })

  it.runIf(hasCase('Kester'))('A10: tell a clinician of the earlier episode, and a school nothing', async () => {
    const fields = `health { camhsEpisodes { la priorEpisodeElsewhere } } ${alerts('SPECIALTY_PRIOR_EPISODE_ELSEWHERE')}`
    expect(await of('camhs-clinician', 'Kester', fields)).toMatchObject({
      health: {
        camhsEpisodes: [
          { la: 'LA2', priorEpisodeElsewhere: false },
          { la: 'LA5', priorEpisodeElsewhere: true },
        ],
      },
      alerts: [{ code: 'SPECIALTY_PRIOR_EPISODE_ELSEWHERE' }],
    })
    expect(await of('school-dsl', 'Kester', fields)).toMatchObject({ health: { camhsEpisodes: [] }, alerts: [] })
  })

  it.runIf(hasCase('Delia'))('B1: come from every service, probation and housing among them', async () => {
    const child = await of('mash-analyst', 'Delia', 'sources { agency services { agency } }')
    const sources = child['sources'] as { services: { agency: string }[] }[]
    expect(sources.flatMap(({ services }) => services.map(({ agency }) => agency)).sort()).toEqual(
      [
        'CHILDRENS_SOCIAL_CARE',
        'EDUCATION',
        'HEALTH_ACUTE',
        'HEALTH_COMMUNITY',
        'HOUSING',
        'POLICE',
        'PROBATION',
      ].concat('SUBSTANCE_SERVICE'),
    )
  })

  it.runIf(hasCase('Delia'))('D6, J10, J11, K9: lay what was offered beside what was kept', async () => {
    const fields = `engagement { offered { value } attended { value } contactPreferences { whose hours } }
      adultRequirements { weeks { week services requirements { value } } }
      family { people { relation name services { service contact } } }`
    expect(await of('mash-analyst', 'Delia', fields, 'S47_ENQUIRY')).toMatchObject({
      engagement: {
        ...{ offered: { value: 10 }, attended: { value: 3 } },
        contactPreferences: [{ whose: 'MOTHER', hours: 'after 18:30' }],
      },
      adultRequirements: {
        weeks: [{ week: '2026-05-04', services: ['PROBATION', 'SUBSTANCE_SERVICE'], requirements: { value: 3 } }],
      },
      // Three services hold the household by a number: of nobody but the mother is anything told.
      family: {
        people: [
          { relation: 'CHILD' },
          {
            ...{ relation: 'MOTHER', name: 'Renata Marchbank' },
            services: expect.arrayContaining([{ service: 'PROBATION', contact: '01632 960441' }]),
          },
        ],
      },
    })
  })

  it.runIf(hasCase('Junia'))(
    'B6, C4: say that no team is there, and what the threshold document speaks of',
    async () => {
      expect(await of('school-dsl-eastvale', 'Junia', 'involvement(kind: "EXPLOITATION_TEAM") { state }')).toEqual({
        involvement: { state: 'NOTHING_HELD' },
      })
      const { levels } = await of('social-worker', 'Junia', 'levels { current indicators { code count { value } } }')
      expect(levels).toMatchObject({
        current: 'CHILD_IN_NEED',
        indicators: expect.arrayContaining([
          { code: 'SELF_HARM', count: { value: 2 } },
          { code: 'MISSING', count: { value: 5 } },
          { code: 'URGENT_POLICE_EVENT', count: { value: 3 } },
        ]),
      })
    },
  )

  it('C2, Z16: step down on the day of the conference, with who reviewed it, and two leads', async () => {
    const fields = `levels { history { level step from reviewedBy reviewedOn }
      familyHelpLead { name role } leadChildProtectionPractitioner { name } } ${alerts('REESCALATION_WITHIN_6M')}`
    expect(await of('team-manager', 'Merrin', fields)).toMatchObject({
      levels: {
        history: [
          { level: 'CHILD_PROTECTION', step: 'FIRST', from: '2025-09-15' },
          {
            ...{ level: 'CHILD_IN_NEED', step: 'DOWN', from: '2026-04-14' },
            ...{ reviewedBy: 'Ansgar Pell, child protection chair', reviewedOn: '2026-04-14' },
          },
        ],
        familyHelpLead: { name: 'Noor Vance', role: 'School family worker' },
        leadChildProtectionPractitioner: { name: 'Hamish Crole' },
      },
      alerts: [{ code: 'REESCALATION_WITHIN_6M' }],
    })
  })

  it('Z17: name the member whom a protection team lacks, and that no law asks for it yet', async () => {
    const fields = alerts('PROTECTION_TEAM_INCOMPLETE')
    expect(await of('team-manager', 'Merrin', fields)).toMatchObject({
      alerts: [
        {
          explanation: 'The child protection team has no person of education; no law asks for one yet.',
          details: [
            { name: 'missing', value: 'EDUCATION' },
            { name: 'statutory', value: 'false' },
          ],
        },
      ],
    })
    expect(await of('team-manager', 'Tilda', fields)).toEqual({ alerts: [] })
  })

  it('Z18: tell each side of another child who was missing too, and who it was whom they may know of', async () => {
    const fields = `${alerts('CO_MISSING')} coMissing(known: true) { episodes { named children contact } }`
    const worker = await of('social-worker', 'Aldous', fields)
    expect(worker).toMatchObject({
      alerts: [{ code: 'CO_MISSING', count: 1 }],
      coMissing: {
        episodes: [{ named: [expect.stringMatching(/^CHILD-/)], children: [], contact: expect.any(String) }],
      },
    })
    expect(JSON.stringify(worker)).not.toMatch(/Briony|Sandwith/)
    // Its own record names the other to the force; that they shared a home, who may read both homes is told.
    const purpose = 'MISSING_RESPONSE'
    expect(await of('police-public-protection', 'Briony', fields, purpose)).toMatchObject({
      alerts: [{ code: 'CO_MISSING', count: 1 }],
      coMissing: { episodes: [{ named: ['Aldous Threlkeld'], children: [] }] },
    })
    const { id } = await of('receiving-officer', 'Aldous', 'id', 'S47_ENQUIRY')
    const beside = `coMissing(with: ["${String(id)}"]) { episodes { children } }`
    expect(await of('receiving-officer', 'Briony', beside, 'S47_ENQUIRY')).toEqual({
      coMissing: { episodes: [{ children: [id] }] },
    })
  })

  it.runIf(hasCase('Ivo'))('C6, C8, D2, D3: tell what meetings left open', async () => {
    const codes = ['CROSS_BOUNDARY_INVITEE_MISSING', 'MEETING_CANCELLED_NOT_REBOOKED', 'OUTCOME_NOT_FILED']
    const child = await of('social-worker', 'Ivo', alerts(...codes, 'WITHDRAWAL_WITHOUT_REVIEW'))
    const found = child['alerts'] as { code: string; count: number | null }[]
    expect(found.map(({ code }) => code).sort()).toEqual([...codes, 'WITHDRAWAL_WITHOUT_REVIEW'])
    expect(found.find(({ code }) => code === 'CROSS_BOUNDARY_INVITEE_MISSING')?.count).toBe(4)
  })

  it('E1, E2, E5, A15: count missing over forces, and see the first night', async () => {
    const fields = `missing { total { value completeness } byForce { force count { value } } unreported { value } }
      inTime { firstOvernight { eventAt } } ${alerts('MISSING_PATTERN')}`
    const child = await of('missing-coordinator', 'Tilda', fields)
    expect(child).toMatchObject({
      missing: {
        ...{ total: { value: 15, completeness: 'WHOLE' }, unreported: { value: 1 } },
        byForce: [
          { force: 'F1', count: { value: 11 } },
          { force: 'F4', count: { value: 3 } },
        ],
      },
      inTime: { firstOvernight: { eventAt: '2026-08-28T20:00:00Z' } },
    })
    expect(JSON.stringify(child['alerts'])).toContain('FIRST_OVERNIGHT')
    expect(await of('head-of-service', 'Tilda', alerts('SENIOR_OVERSIGHT_DUE'))).toMatchObject({
      alerts: [{ code: 'SENIOR_OVERSIGHT_DUE', count: 3 }],
    })
  })

  it('F7: tell a social worker whom to ring, and the police who it is', async () => {
    const fields = `police { managedOffenders { adult basis } } ${alerts('MANAGED_OFFENDER_ASSOCIATION')}`
    const worker = await of('social-worker', 'Rhoda', fields)
    expect(worker).toMatchObject({ alerts: [{ explanation: expect.stringContaining('01632 960471') }] })
    expect(JSON.stringify(worker)).not.toMatch(/Ketch|prevention order/)
    expect(await of('police-public-protection', 'Rhoda', fields)).toMatchObject({
      police: { managedOffenders: [{ adult: 'Dorian Ketch' }] },
    })
  })

  it.runIf(hasCase('Zofia'))('G4, H3, H7: count who was not brought, and who needs an interpreter', async () => {
    const fields = `${alerts('WNB_PATTERN', 'INTERPRETER_REQUIRED')} education { specialNeeds { provision maintainedBy } }`
    expect(await of('mash-analyst', 'Zofia', fields, 'S47_ENQUIRY')).toMatchObject({
      alerts: [{ code: 'WNB_PATTERN', count: 2 }, { code: 'INTERPRETER_REQUIRED' }],
      education: { specialNeeds: [{ provision: 'EHC_PLAN', maintainedBy: 'LA6' }] },
    })
  })

  it.runIf(hasCase('Bastian'))(
    'I1, I2, I3: count restraint over settings, and a locked door without an order',
    async () => {
      const codes = [
        'RESTRAINT_PATTERN',
        'TECHNIQUE_CONFLICT',
        'TECHNIQUE_AGE_RANGE',
        'LIBERTY_RESTRICTION_UNAUTHORISED',
      ]
      const child = await of(
        'social-worker',
        'Bastian',
        `restrictivePractice { total { value } bySetting { name count { value } } ground { value } } ${alerts(...codes)}`,
      )
      expect(child['restrictivePractice']).toMatchObject({
        ...{ total: { value: 9 }, ground: { value: 3 } },
        bySetting: [
          { name: 'SCHOOL', count: { value: 4 } },
          { name: 'CHILDRENS_HOME', count: { value: 3 } },
          { name: 'HEALTH', count: { value: 1 } },
          { name: 'POLICE', count: { value: 1 } },
        ],
      })
      const found = child['alerts'] as { code: string; count: number | null }[]
      expect(found.map(({ code }) => code).sort()).toEqual([...codes].sort())
      expect(found.find(({ code }) => code === 'LIBERTY_RESTRICTION_UNAUTHORISED')?.count).toBe(3)
    },
  )

  it('J1, J9: name a sibling’s status to whoever works with that child too', async () => {
    const { family } = await of('social-worker', 'Lowenna', 'family { people { relation status { level } } }')
    expect(family).toMatchObject({
      people: [
        { relation: 'CHILD' },
        { relation: 'MOTHER' },
        { relation: 'STEPFATHER' },
        { relation: 'FATHER' },
        { relation: 'BROTHER', status: { level: 'CHILD_PROTECTION' } },
        { relation: 'HALF_SISTER', status: null },
      ],
    })
  })

  it.runIf(hasCase('Fenella'))('K1, L4, M1, M3: look back without hindsight, and ahead', async () => {
    const child = await of(
      'social-worker',
      'Fenella',
      `hazards(asOf: "2025-12-31T00:00:00Z") { backgroundHazards { text } strengths { text } dangers { text } }
       involvement(kind: "ALLOCATED_WORKER") { periods { professional from to } }
       ${alerts('VOICE_NOT_RECORDED', 'TRANSITION_PLAN_MISSING')}`,
    )
    expect(child).toMatchObject({
      hazards: {
        backgroundHazards: [{ text: 'Known early 0' }],
        strengths: [{ text: 'Known early 2' }],
        dangers: [{ text: 'Known early 3' }],
      },
      involvement: { periods: [{ professional: 'Petra Lowndes', from: '2024-12-02', to: null }] },
      alerts: [{ code: 'VOICE_NOT_RECORDED' }, { code: 'TRANSITION_PLAN_MISSING' }],
    })
  })

  it.runIf(hasCase('Corisande'))('F18, F19: go on after a team has closed, and see need in offending', async () => {
    const fields = `chronology { events { headline concernTags } } ${alerts('MANAGED_OFFENDER_ASSOCIATION')}`
    const child = await of('social-worker', 'Corisande', fields, 'S47_ENQUIRY')
    expect(child).toMatchObject({ alerts: [{ code: 'MANAGED_OFFENDER_ASSOCIATION' }] })
    const { events } = child['chronology'] as { events: { headline: string; concernTags: string[] }[] }
    const tagged = events.filter(({ concernTags }) => concernTags.includes('NEGLECT_INDICATOR'))
    expect(tagged.filter(({ headline }) => /^Crime: /.test(headline))).toHaveLength(3)
    expect(tagged.filter(({ headline }) => /^School concern: /.test(headline))).toHaveLength(1)
  })

  it('Z19: tell that the force of a new area was not told', async () => {
    expect(await of('social-worker', 'Severin', alerts('FORCE_NOT_TOLD'))).toMatchObject({
      alerts: [{ code: 'FORCE_NOT_TOLD' }],
    })
  })
})
