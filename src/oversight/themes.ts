import { isSchoolUnknown, schoolNeeds } from '../alerts/expectedInformation.ts'
import { found, inOrder, whenOf } from '../alerts/findingWords.ts'
import type { EvidenceRow, Rule } from '../alerts/rule.ts'
import { rule } from '../alerts/rule.ts'
import { exploitationUnassessed } from '../alerts/rules/exploitationUnassessed.ts'
import { shareLag } from '../alerts/rules/policeRecordSharedLate.ts'
import { anyRowsOf } from '../records/agencyAnswers.ts'
import { dayOf, textOf } from '../records/currentRows.ts'
import { ageOn } from '../records/dayAndAge.ts'
import { textsOf } from '../records/textList.ts'
import type { Theme } from './theme.ts'

const source = 'Multi-agency case audit of six cases: what was looked for in each, and in how many it was found'

const told = { version: 1, source, audience: [], clears: 'Nothing: it is a question of an audit.' } as const

/** One finding for each record, so that each stands with the day on which it happened. */
const each = (rows: readonly EvidenceRow[]) => inOrder(rows).map((row) => found({ of: [row], text: 'On record.' }))

const has =
  <Row extends object>(field: keyof Row & string, values: ReadonlySet<string>) =>
  (row: Row): boolean =>
    values.has(textOf(row, field) ?? '') || (textsOf(row, field) ?? []).some((text) => values.has(text))

const online = new Set(['ONLINE_CONTACT', 'ONLINE', 'IMAGES'])
/** Contact with others through a device, as school, carers or police recorded it. */
const onlineContact = rule({
  ...told,
  code: 'ONLINE_CONTACT',
  rule: 'Contact with others online is on record.',
  needs: {
    education: { concerns: ['category'] },
    socialCare: { contacts: ['concerns'], carerLog: ['category'] },
    police: { onlineIdentifiers: [] },
  },
  on: [['education.concerns', 'socialCare.contacts', 'socialCare.carerLog', 'police.onlineIdentifiers']],
  find: ({ rows }) =>
    each([
      ...rows('education', 'concerns').filter(has('category', online)),
      ...rows('socialCare', 'contacts').filter(has('concerns', online)),
      ...rows('socialCare', 'carerLog').filter(has('category', online)),
      ...rows('police', 'onlineIdentifiers'),
    ]),
})

const early = new Set(['SEXUALISED_BEHAVIOUR', 'RISK_TAKING', 'EXPLOITATION', 'SEXUAL_EXPLOITATION'])
const earlyAge = 11
/** Signs that were on record years before anybody saw them together. */
const earlyRisk = rule({
  ...told,
  code: 'EARLY_RISK',
  rule: 'Risky or sexualised behaviour before the age of eleven is on record.',
  needs: { education: { concerns: ['category'], person: ['dateOfBirth'] } },
  on: [['education.concerns'], ['education.person']],
  also: { socialCare: { person: ['dateOfBirth'] } },
  find: ({ rows }) => {
    const born = [...rows('socialCare', 'person'), ...rows('education', 'person')]
      .map((row) => textOf(row, 'dateOfBirth'))
      .find((day) => day !== null)
    if (!born) return []
    return each(
      rows('education', 'concerns').filter((row) => {
        const when = whenOf(row)
        return has('category', early)(row) && when !== null && ageOn(born, dayOf(when)) < earlyAge
      }),
    )
  },
})

const abuse = new Set(['DOMESTIC_ABUSE', '3A', '3B', '3C'])
/** Factors 3A to 3C of the children in need census, or an incident that the police hold. */
const domesticAbuse = rule({
  ...told,
  code: 'DOMESTIC_ABUSE',
  rule: 'Domestic abuse is on record.',
  needs: { police: { domesticAbuse: [] }, socialCare: { assessments: ['factors'], contacts: ['concerns'] } },
  on: [['police.domesticAbuse', 'socialCare.assessments', 'socialCare.contacts']],
  find: ({ rows }) =>
    each([
      ...rows('police', 'domesticAbuse'),
      ...rows('socialCare', 'assessments').filter(has('factors', abuse)),
      ...rows('socialCare', 'contacts').filter(has('concerns', abuse)),
    ]),
})

/** Unauthorised absence, no reason yet, or late after the register closed: codes N, O and U of 2024. */
const unexplained = new Set(['N', 'O', 'U'])
const isUnexplained = ({ codes }: { readonly codes?: unknown }): boolean =>
  Array.isArray(codes) &&
  codes.some(({ code, count }: { readonly code?: unknown; readonly count?: unknown }) =>
    unexplained.has(String(code)) ? Number(count) > 0 : false,
  )

const missingEducation = rule({
  ...told,
  code: 'MISSING_EDUCATION',
  rule: 'Sessions missed without leave or reason, or a permanent exclusion, are on record.',
  needs: { education: { attendance: ['codes'], absences: ['code'], suspensions: ['kind'] } },
  on: [['education.attendance', 'education.absences', 'education.suspensions']],
  also: schoolNeeds,
  find: ({ rows }) =>
    each([
      ...rows('education', 'attendance').filter(isUnexplained),
      ...rows('education', 'absences').filter(has('code', unexplained)),
      ...rows('education', 'suspensions').filter(has('kind', new Set(['PERM']))),
    ]),
})

const substanceFactors = new Set(['1A', '1B', '1C', '2A', '2B', '2C', 'SUBSTANCE', 'ALCOHOL'])
/** Of the child or of who cares for them: factors 1A to 2C, a service for the adult, an item of the child's own. */
const substances = rule({
  ...told,
  code: 'SUBSTANCES',
  rule: 'Alcohol or drugs, of the child or a carer, are on record.',
  needs: {
    health: { substanceItems: [] },
    adultServices: { substanceTreatment: [], services: ['service'] },
    socialCare: { assessments: ['factors'], contacts: ['concerns'], carerLog: ['category'] },
  },
  on: [
    [
      ...(['health.substanceItems', 'adultServices.substanceTreatment', 'adultServices.services'] as const),
      ...(['socialCare.assessments', 'socialCare.contacts', 'socialCare.carerLog'] as const),
    ],
  ],
  find: ({ rows }) =>
    each([
      ...rows('health', 'substanceItems'),
      ...rows('adultServices', 'substanceTreatment'),
      ...rows('adultServices', 'services').filter(has('service', new Set(['SUBSTANCE_SERVICE']))),
      ...rows('socialCare', 'assessments').filter(has('factors', substanceFactors)),
      ...rows('socialCare', 'contacts').filter(has('concerns', substanceFactors)),
      ...rows('socialCare', 'carerLog').filter(has('category', substanceFactors)),
    ]),
})

const raised = new Set(['MEDIUM', 'HIGH', 'VERY_HIGH'])
const grouped = new Set(['HYPOTHESISED', 'INTELLIGENCE', 'DISCLOSED_OR_CONVICTED'])
const exploiting = new Set(['EXPLOITATION', 'SEXUAL_EXPLOITATION', 'CSE'])
/**
 * Harmed by exploitation, or assessed as at risk of it, wherever it is on record. A suspect is not counted as one who
 * was harmed: a child who is both counts once, as harmed.
 */
const exploitation = rule({
  ...told,
  code: 'CSE',
  rule: 'Sexual exploitation of the child, or a raised level or group of it, is on record.',
  needs: {
    socialCare: { exploitation: ['toolLevel', 'professionalLevel', 'group'], contacts: ['concerns'] },
    police: { crimes: ['offence', 'role'] },
  },
  on: [['socialCare.exploitation', 'socialCare.contacts', 'police.crimes']],
  find: ({ rows }) =>
    each([
      ...rows('socialCare', 'exploitation').filter(
        (row) => has('professionalLevel', raised)(row) || has('toolLevel', raised)(row) || has('group', grouped)(row),
      ),
      ...rows('socialCare', 'contacts').filter(has('concerns', exploiting)),
      ...rows('police', 'crimes').filter(
        (row) => row.role === 'VICTIM' && /exploitation|abduction/i.test(textOf(row, 'offence') ?? ''),
      ),
    ]),
})

const missing = rule({
  ...told,
  code: 'MISSING',
  rule: 'An episode of going missing is on record.',
  needs: { police: { missingEpisodes: [] }, socialCare: { missing: [] } },
  on: [['police.missingEpisodes', 'socialCare.missing']],
  find: ({ rows }) => each([...rows('police', 'missingEpisodes'), ...rows('socialCare', 'missing')]),
})

/** Factor 16A of the children in need census; 17A to 19C are other abuse. */
const neglecting = new Set(['NEGLECT', '16A'])
const neglect = rule({
  ...told,
  code: 'NEGLECT',
  rule: 'Neglect is on record.',
  needs: {
    education: { concerns: ['category'] },
    socialCare: { contacts: ['concerns'], assessments: ['factors'], plans: ['category'] },
  },
  on: [['education.concerns', 'socialCare.contacts', 'socialCare.assessments', 'socialCare.plans']],
  find: ({ rows }) =>
    each([
      ...rows('education', 'concerns').filter(has('category', neglecting)),
      ...rows('socialCare', 'contacts').filter(has('concerns', neglecting)),
      ...rows('socialCare', 'assessments').filter(has('factors', neglecting)),
      ...rows('socialCare', 'plans').filter(has('category', new Set(['NEG', 'NEGLECT']))),
    ]),
})

/** Signs that call for it, and nobody ever assessed: a tool that was filled in long ago was completed. */
const toolNotCompleted: Rule = {
  ...exploitationUnassessed,
  code: 'EXPLOITATION_TOOL_NOT_COMPLETED',
  rule: 'Two kinds of sign of exploitation are on record, and no assessment of it.',
  evaluate: (setting) =>
    anyRowsOf(setting.answers, 'socialCare', 'exploitation').length > 0 ? [] : exploitationUnassessed.evaluate(setting),
}

/** A case of it is one where the rule was not kept: what is asked says so. */
const sharedLate: Rule = {
  ...shareLag,
  rule: 'Something that the police recorded reached social care after the end of the next working day.',
}

const themeOf = (of: Rule, name: string = of.code): Theme => ({ name, rule: of })

/** Themes of a case audit, in the order of the audit's own table. */
export const auditThemes: readonly Theme[] = [
  themeOf(onlineContact),
  themeOf(earlyRisk),
  themeOf(domesticAbuse),
  { ...themeOf(missingEducation), isUnknown: isSchoolUnknown },
  themeOf(substances),
  themeOf(toolNotCompleted),
  themeOf(sharedLate, 'POLICE_SHARE_LAG'),
]

/**
 * Themes of a problem profile: what happened on a day. None of them holds another within it, so that no two of them can
 * be taken from each other.
 */
export const profileThemes: readonly Theme[] = [
  themeOf(exploitation),
  themeOf(missing),
  themeOf(onlineContact),
  themeOf(domesticAbuse),
  themeOf(missingEducation),
  themeOf(substances),
  themeOf(neglect),
]
