import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { type Persona, personas } from './support/people.ts'
import { learnt, probe } from './support/probes.ts'

interface Line {
  readonly child: string
  readonly label: string
  readonly place: string
  readonly beside?: boolean
  /**
   * Personas by what they learn, in the purpose that each declares by default. Those not named know of no such child.
   */
  readonly learns: Readonly<Record<string, string>>
}

/**
 * The label table, as the demonstration's personas meet it over HTTP. The auditor, who reads metadata alone, stands in
 * no line.
 */
const table: readonly Line[] = [
  {
    child: 'C04',
    label: 'CORE_IDENTITY',
    place: 'socialCare.person.family',
    learns: {
      CONTENT:
        'mash-analyst social-worker team-manager reviewing-officer school-dsl school-nurse designated-nurse gp camhs-clinician police-public-protection missing-coordinator care-home-worker receiving-officer early-help-worker adoption-worker legal-officer',
    },
  },
  {
    child: 'C04',
    label: 'INVOLVEMENT',
    place: 'health.involvements.service',
    learns: {
      CONTENT:
        'mash-analyst social-worker team-manager reviewing-officer school-dsl school-nurse designated-nurse gp camhs-clinician police-public-protection missing-coordinator care-home-worker receiving-officer early-help-worker',
      W_NO_COURT_ORDER: 'legal-officer',
      W_ROLE_NOT_PERMITTED: 'adoption-worker',
    },
  },
  {
    child: 'C04',
    label: 'SOCIAL_CARE',
    place: 'socialCare.plans.lastReviewOn',
    learns: {
      CONTENT: 'mash-analyst social-worker team-manager reviewing-officer receiving-officer adoption-worker',
      HEADLINE:
        'school-dsl designated-nurse gp police-public-protection missing-coordinator care-home-worker early-help-worker',
      W_NO_COURT_ORDER: 'legal-officer',
      W_PURPOSE_NOT_PERMITTED: 'school-nurse camhs-clinician',
    },
  },
  {
    child: 'C04',
    label: 'EDUCATION',
    place: 'education.attendance.percentage',
    learns: {
      CONTENT:
        'mash-analyst social-worker team-manager reviewing-officer school-dsl designated-nurse receiving-officer',
      W_CONSENT_NOT_SOUGHT: 'school-nurse early-help-worker',
      W_NO_COURT_ORDER: 'legal-officer',
      W_PURPOSE_NOT_PERMITTED: 'gp camhs-clinician',
      W_ROLE_NOT_PERMITTED: 'police-public-protection missing-coordinator care-home-worker adoption-worker',
    },
  },
  {
    child: 'C04',
    label: 'HEALTH_GENERAL',
    place: 'health.unscheduledAttendances.reason',
    learns: {
      CONTENT: 'school-nurse designated-nurse gp camhs-clinician care-home-worker',
      HEADLINE:
        'mash-analyst social-worker team-manager reviewing-officer police-public-protection missing-coordinator receiving-officer adoption-worker',
      W_CONSENT_NOT_SOUGHT: 'early-help-worker',
      W_NO_COURT_ORDER: 'legal-officer',
      W_ROLE_NOT_PERMITTED: 'school-dsl',
    },
  },
  {
    child: 'C04',
    label: 'HEALTH_MENTAL',
    place: 'health.camhsEpisodes.presentingNeed',
    learns: {
      CONTENT: 'designated-nurse gp camhs-clinician',
      HEADLINE: 'mash-analyst reviewing-officer police-public-protection care-home-worker receiving-officer',
      SILENT: 'school-dsl',
      W_NO_COURT_ORDER: 'legal-officer',
      W_PURPOSE_NOT_PERMITTED: 'social-worker team-manager school-nurse missing-coordinator',
      W_ROLE_NOT_PERMITTED: 'early-help-worker adoption-worker',
    },
  },
  {
    child: 'C04',
    label: 'POLICE_RECORD',
    place: 'police.missingEpisodes.grade',
    learns: {
      CONTENT:
        'mash-analyst social-worker team-manager reviewing-officer designated-nurse police-public-protection missing-coordinator receiving-officer',
      HEADLINE: 'school-dsl care-home-worker',
      W_NO_COURT_ORDER: 'legal-officer',
      W_PURPOSE_NOT_PERMITTED: 'school-nurse gp camhs-clinician',
      W_ROLE_NOT_PERMITTED: 'early-help-worker adoption-worker',
    },
  },
  {
    child: 'C04',
    label: 'POLICE_INTELLIGENCE',
    place: 'police.intelligence.subject',
    learns: {
      CONTENT: 'police-public-protection',
      SILENT:
        'school-dsl school-nurse designated-nurse gp camhs-clinician care-home-worker early-help-worker adoption-worker legal-officer',
      W_PURPOSE_NOT_PERMITTED:
        'mash-analyst social-worker team-manager reviewing-officer missing-coordinator receiving-officer',
    },
  },
  {
    child: 'C04',
    label: 'MANAGED_OFFENDER',
    place: 'police.managedOffenders.adult',
    learns: {
      CONTENT: 'police-public-protection',
      HEADLINE: 'mash-analyst social-worker team-manager reviewing-officer receiving-officer',
      SILENT:
        'school-dsl school-nurse designated-nurse gp camhs-clinician care-home-worker early-help-worker adoption-worker legal-officer',
      W_PURPOSE_NOT_PERMITTED: 'missing-coordinator',
    },
  },
  {
    child: 'C04',
    label: 'THIRD_PARTY',
    place: 'police.notices.adult',
    beside: true,
    learns: {
      CONTENT:
        'mash-analyst social-worker team-manager reviewing-officer police-public-protection missing-coordinator receiving-officer',
      W_NO_COURT_ORDER: 'legal-officer',
      W_ROLE_NOT_PERMITTED:
        'school-dsl school-nurse designated-nurse gp camhs-clinician care-home-worker early-help-worker adoption-worker',
    },
  },
  {
    child: 'C04',
    label: 'COURT_CONFIDENTIAL',
    place: 'socialCare.orders.court',
    learns: {
      // Whoever must obey an order, or enforce it, is told which it is by the headline.
      CONTENT:
        'social-worker team-manager reviewing-officer receiving-officer adoption-worker legal-officer mash-analyst school-dsl police-public-protection missing-coordinator care-home-worker',
      W_ROLE_NOT_PERMITTED: 'school-nurse designated-nurse gp camhs-clinician early-help-worker',
    },
  },
  {
    child: 'C04',
    label: 'EQUALITY',
    place: 'socialCare.person.ethnicity',
    beside: true,
    learns: {
      CONTENT:
        'mash-analyst social-worker team-manager reviewing-officer designated-nurse police-public-protection receiving-officer early-help-worker adoption-worker legal-officer',
      W_ROLE_NOT_PERMITTED: 'school-dsl school-nurse gp camhs-clinician missing-coordinator care-home-worker',
    },
  },
  {
    child: 'C04',
    label: 'CHILD_CONFIDENCE',
    place: 'education.concerns.inConfidence',
    beside: true,
    learns: {
      CONTENT: 'school-dsl',
      W_CANNOT_BE_SAID: 'missing-coordinator',
      SILENT:
        'designated-nurse police-public-protection receiving-officer early-help-worker adoption-worker legal-officer',
      W_PURPOSE_NOT_PERMITTED: 'mash-analyst social-worker team-manager reviewing-officer',
      W_ROLE_NOT_PERMITTED: 'school-nurse gp camhs-clinician care-home-worker',
    },
  },
  {
    child: 'C10',
    label: 'HEALTH_SEXUAL',
    place: 'health.sexualHealth.text',
    learns: {
      HEADLINE: 'mash-analyst social-worker team-manager reviewing-officer police-public-protection',
      W_CANNOT_BE_SAID: 'missing-coordinator',
      SILENT: 'school-dsl-eastvale sarc-clinician early-help-worker adoption-worker legal-officer',
    },
  },
  {
    child: 'C10',
    label: 'HEALTH_SARC',
    place: 'health.sarcAttendances.note',
    learns: {
      CONTENT: 'sarc-clinician',
      HEADLINE: 'mash-analyst social-worker team-manager reviewing-officer police-public-protection',
      W_CANNOT_BE_SAID: 'missing-coordinator',
      SILENT: 'school-dsl-eastvale early-help-worker adoption-worker legal-officer',
    },
  },
  {
    child: 'C10',
    label: 'POLICE_INTELLIGENCE',
    place: 'police.intelligence.subject',
    learns: {
      CONTENT: 'police-public-protection',
      SILENT: 'school-dsl-eastvale sarc-clinician early-help-worker adoption-worker legal-officer',
      W_ROLE_NOT_PERMITTED: 'mash-analyst social-worker team-manager reviewing-officer missing-coordinator',
    },
  },
  {
    child: 'C10',
    label: 'THIRD_PARTY',
    place: 'police.crimes.otherParty',
    beside: true,
    learns: {
      // Another child is named in it: by its own force alone.
      CONTENT: 'missing-coordinator',
      PSEUDONYM: 'mash-analyst social-worker team-manager reviewing-officer police-public-protection',
      W_NO_COURT_ORDER: 'legal-officer',
      W_ROLE_NOT_PERMITTED: 'school-dsl-eastvale sarc-clinician early-help-worker adoption-worker',
    },
  },
  {
    child: 'C02',
    label: 'CHILD_SUBSTANCE',
    place: 'health.substanceItems.substance',
    learns: {
      CONTENT: 'mash-analyst social-worker team-manager reviewing-officer',
      HEADLINE: 'missing-coordinator',
      SILENT: 'school-dsl-eastvale',
      W_NO_COURT_ORDER: 'legal-officer',
      W_ROLE_NOT_PERMITTED: 'early-help-worker adoption-worker',
    },
  },
  {
    child: 'C02',
    label: 'HEALTH_MENTAL',
    place: 'health.camhsEpisodes.presentingNeed',
    learns: {
      W_NO_COURT_ORDER: 'legal-officer',
      W_ROLE_NOT_PERMITTED:
        'mash-analyst social-worker team-manager reviewing-officer missing-coordinator school-dsl-eastvale early-help-worker adoption-worker',
    },
  },
  {
    child: 'C03',
    label: 'DOMESTIC_ABUSE',
    place: 'police.domesticAbuse.summary',
    learns: {
      CONTENT: 'mash-analyst social-worker team-manager reviewing-officer',
      HEADLINE: 'school-dsl-eastvale adult-services-worker',
      W_NO_COURT_ORDER: 'legal-officer',
      W_PURPOSE_NOT_PERMITTED: 'missing-coordinator',
      W_ROLE_NOT_PERMITTED: 'early-help-worker adoption-worker',
    },
  },
  {
    child: 'C05',
    label: 'ADULT_JUSTICE',
    place: 'adultServices.probation.text',
    learns: {
      HEADLINE: 'mash-analyst social-worker team-manager reviewing-officer',
      W_NO_COURT_ORDER: 'legal-officer',
      W_ROLE_NOT_PERMITTED:
        'school-dsl-eastvale missing-coordinator adult-services-worker early-help-worker adoption-worker',
    },
  },
  {
    child: 'C05',
    label: 'ADULT_HEALTH',
    place: 'adultServices.requirements.text',
    learns: {
      CONTENT: 'adult-services-worker',
      HEADLINE: 'mash-analyst social-worker team-manager reviewing-officer school-dsl-eastvale missing-coordinator',
      W_NO_COURT_ORDER: 'legal-officer',
      W_ROLE_NOT_PERMITTED: 'early-help-worker adoption-worker',
    },
  },
  {
    child: 'C05',
    label: 'REFERRER_IDENTITY',
    place: 'socialCare.contacts.referrer',
    beside: true,
    learns: {
      CONTENT: 'mash-analyst social-worker team-manager reviewing-officer',
      // On the harm path silence would reassure.
      W_CANNOT_BE_SAID: 'missing-coordinator',
      SILENT: 'school-dsl-eastvale adult-services-worker early-help-worker adoption-worker legal-officer',
    },
  },
  {
    child: 'C07',
    label: 'ADOPTION',
    place: 'socialCare.adoption.formerName',
    learns: {
      CONTENT: 'adoption-worker',
      W_CANNOT_BE_SAID: 'police-public-protection missing-coordinator',
      SILENT:
        'mash-analyst social-worker team-manager reviewing-officer designated-nurse school-nurse gp adult-services-worker receiving-officer early-help-worker legal-officer',
    },
  },
  {
    child: 'C07',
    label: 'LEGAL_PRIVILEGE',
    place: 'socialCare.legalAdvice.text',
    learns: {
      CONTENT: 'legal-officer',
      W_CANNOT_BE_SAID: 'police-public-protection missing-coordinator',
      SILENT:
        'mash-analyst social-worker team-manager reviewing-officer designated-nurse school-nurse gp adult-services-worker receiving-officer early-help-worker adoption-worker',
    },
  },
]

const auditor = 'information-governance'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const probeOf = ({ label, place, beside }: Line) => probe(label, place, beside)

describe.each([...new Set(table.map(({ child }) => child))])('the label table, about %s', (child) => {
  const lines = table.filter((line) => line.child === child)
  const learns = (persona: Persona) => learnt(gateway, persona, child, lines.map(probeOf))

  it.each(personas.filter((one) => one !== auditor))('is told to %s as it says', async (persona) => {
    const told = await learns(persona)
    const outcomes = lines.map((line) => {
      const listed = Object.entries(line.learns).find(([, names]) => names.split(' ').includes(persona))
      return { label: line.label, place: line.place, expected: listed?.[0] ?? 'UNKNOWN', found: told(probeOf(line)) }
    })
    expect(outcomes.map(({ label, place, found }) => [label, place, found])).toEqual(
      outcomes.map(({ label, place, expected }) => [label, place, expected]),
    )
  })

  it('is never read by an auditor, to whom everything is withheld alike', async () => {
    const told = await learns(auditor)
    expect(lines.map((line) => told(probeOf(line)))).toEqual(lines.map(() => 'W_METADATA_ONLY'))
  })

  it('names nobody whom the demonstration does not know', () => {
    const known: readonly string[] = personas
    const named = lines.flatMap((line) => Object.values(line.learns).flatMap((names) => names.split(' ')))
    expect(named.filter((name) => !known.includes(name))).toEqual([])
  })
})

describe('what differs by person and purpose beyond the table', () => {
  const ask = async (persona: Persona, selection: string, childId = 'C04') =>
    (await gateway.ask(persona, `{ child(id: "${childId}") { ${selection} } }`)).data?.['child']

  it('gives a school’s lead the rows of that school alone', async () => {
    expect(await ask('school-dsl-eastvale', 'education { attendance { school attended possible } }', 'C05')).toEqual({
      education: { attendance: [{ school: 'Eastvale Academy', attended: 72, possible: 108 }] },
    })
    expect(
      await ask('school-dsl', 'restrictivePractice { total { value } bySetting { name count { value } } }'),
    ).toEqual({
      restrictivePractice: { total: { value: 17 }, bySetting: [{ name: 'SCHOOL', count: { value: 17 } }] },
    })
  })

  it('names no adult service among those that a school’s lead hears are involved', async () => {
    const services = 'involvements { agency }'
    const heard = JSON.stringify(await ask('school-dsl-eastvale', services, 'C05'))
    expect(heard).toContain('CHILDRENS_SOCIAL_CARE')
    for (const adult of ['SUBSTANCE_SERVICE', 'PROBATION', 'HOUSING', 'ADULT']) expect(heard).not.toContain(adult)
    expect(JSON.stringify(await ask('social-worker', services, 'C05'))).toContain('SUBSTANCE_SERVICE')
  })

  it('gives a lead outside social care the plan’s level and none of the actions that others own', async () => {
    for (const persona of ['school-dsl', 'designated-nurse'] as const)
      expect(await ask(persona, 'socialCare { plans { level actions { text } } }')).toEqual({
        socialCare: { plans: [{ level: 'LOOKED_AFTER', actions: null }] },
      })
  })

  it('gives the missing co-ordinator of one force the other’s reports and none of its intelligence', async () => {
    const seen = await ask(
      'missing-coordinator',
      'missing { byForce { force count { value } } } police { intelligence { id } onlineIdentifiers { id } }',
    )
    expect(seen).toEqual({
      missing: {
        byForce: [
          { force: 'F1', count: { value: 39 } },
          { force: 'F4', count: { value: 6 } },
        ],
      },
      police: { intelligence: null, onlineIdentifiers: null },
    })
  })

  it('gives the receiving officer the record with the adults in it by name, and no managed offender’s', async () => {
    const seen = JSON.stringify(
      await ask(
        'receiving-officer',
        'police { notices { kind adult } personsOfConcern { name } managedOffenders { managingForce adult } }',
      ),
    )
    expect(seen).toContain('CHILD_ABDUCTION_WARNING')
    for (const name of ['Darren Tull', 'Graham Pask']) expect(seen).toContain(`"name":"${name}"`)
    expect(seen).toContain('"managingForce":"F1","adult":null')
  })

  it.each(['C01', 'C04', 'C05', 'C07', 'C12', 'C99'])(
    'tells an unrelated authority of %s what it tells of a child that does not exist',
    async (childId) => {
      const one = await gateway.ask('unrelated-officer', `{ child(id: "${childId}") { id } }`)
      const none = await gateway.ask('unrelated-officer', '{ child(id: "NONE") { id } }')
      const without = (text: string) => text.replaceAll(/"requestId":"[^"]+"/g, '')
      expect(without(one.text)).toBe(without(none.text))
      expect(one.errors[0]?.extensions['code']).toBe('NOT_FOUND')
    },
  )
})
