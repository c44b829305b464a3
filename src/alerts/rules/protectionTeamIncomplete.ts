import { textOf } from '../../records/currentRows.ts'
import { ukDay } from '../../records/dayAndAge.ts'
import { manager, mash, police, socialWorker } from '../audience.ts'
import { found, listWords } from '../findingWords.ts'
import { openAt } from '../periodsAndRuns.ts'
import { rule } from '../rule.ts'

/** Who must be in a multi-agency child protection team, and how a record says what a member is. */
const professions: readonly (readonly [code: string, words: string, is: RegExp])[] = [
  ['SOCIAL_WORKER', 'social worker', /SOCIAL[_ ]?WORK/i],
  ['POLICE', 'police officer', /POLICE|DETECTIVE|CONSTABLE/i],
  ['HEALTH', 'health professional', /HEALTH|NURSE|DOCTOR|PAEDIATRIC|MIDWIFE|\bGP\b/i],
  ['EDUCATION', 'person of education', /EDUCATION|SCHOOL|TEACHER|HEAD[_ ]?TEACHER|SAFEGUARDING[_ ]LEAD/i],
]

/** A team that protects children together lacks somebody who would know what the others cannot. */
export const protectionTeamIncomplete = rule({
  code: 'PROTECTION_TEAM_INCOMPLETE',
  version: 1,
  rule: 'A multi-agency child protection team has a social worker, a police officer, a health professional and somebody of education.',
  source:
    'Children’s Wellbeing and Schools Act 2026, section 3: regulations on such teams are not made as far as is known',
  audience: [socialWorker, manager, mash, police],
  clears: 'The member who is missing named in the record of the team.',
  needs: { socialCare: { involvements: ['kind', 'role', 'from', 'to'] } },
  on: [['socialCare.involvements']],
  absent: ['socialCare.involvements'],
  find: ({ rows, asOf, parameters }) => {
    const team = openAt(rows('socialCare', 'involvements'), asOf).filter(({ kind }) =>
      /^(CHILD_PROTECTION_TEAM|MACPT)/.test(kind ?? ''),
    )
    const roles = team.map((member) => textOf(member as { role?: unknown }, 'role') ?? '')
    // Somebody whose profession is not known may be the one who seems to be missing.
    if (team.length === 0 || roles.some((role) => !professions.some(([, , is]) => is.test(role)))) return []
    const missing = professions.filter(([, , is]) => !roles.some((role) => is.test(role)))
    if (missing.length === 0) return []
    const { statutoryFrom } = parameters.PROTECTION_TEAM_INCOMPLETE
    const today = Number(ukDay(new Date(asOf)).replaceAll('-', ''))
    const isDuty = statutoryFrom > 0 && today >= statutoryFrom
    return [
      found({
        of: team,
        anchor: missing.map(([code]) => code).join('+'),
        details: { missing: missing.map(([code]) => code).join(' '), statutory: String(isDuty) },
        text: `The child protection team has no ${listWords(missing.map(([, words]) => words))}; ${isDuty ? 'the law asks for one' : 'no law asks for one yet'}.`,
      }),
    ]
  },
})
