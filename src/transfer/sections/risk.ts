import { longDayOfYear } from '../../foundation/longDate.ts'
import { dayOf } from '../../records/currentRows.ts'
import { decoded } from '../../sources/codeWords.ts'
import { rowsOf } from '../carriedRows.ts'
import { groupBy } from '../groupBy.ts'
import { always, type InputTo, section } from '../section.ts'
import { ask, known, partWithheld } from '../sectionItems.ts'
import { after, count, day, field, phrase, plain } from '../sectionWords.ts'
import type { TransferItem } from '../transferTypes.ts'

const staleAfterDays = 90
const aboutTheMove = new Set(['MOVE', 'TRANSFER', 'MOVE_RISK'])

/** T6. What the move means for risk has to be written by a person: it is missing until somebody has. */
export const risk = section({
  code: 'T6',
  title: 'Risk now',
  mandatory: always,
  suppliers: ['CHILDRENS_SOCIAL_CARE', 'POLICE', 'CHILDRENS_HOME'],
  needs: {
    socialCare: {
      assessments: ['kind', 'authorisedAt', 'factors'],
      exploitation: ['tool', 'version', 'toolLevel', 'professionalLevel', 'rationale', 'group'],
      hazards: ['quadrant', 'text', 'knownOn'],
      triggers: ['monthDay', 'text'],
      restraints: ['setting', 'technique'],
      libertyRestrictions: ['kind', 'authorised'],
    },
    police: { managedOffenders: ['managingForce', 'contact'] },
  },
  fill: (input) => [
    ...ask(input, {
      label: 'What the move means for risk',
      agency: 'socialCare',
      list: 'assessments',
      pick: (row) => aboutTheMove.has(field(row, 'kind') ?? ''),
      latest: 1,
      none: 'Nobody has written whether the move raises, lowers or leaves the risk, and why.',
      expected: true,
      tell: (row) =>
        phrase(after('assessed', day(row, 'authorisedAt')), after('factors', decoded('assessmentFactor', row.factors))),
    }),
    ...ask(input, {
      label: 'Last assessment',
      agency: 'socialCare',
      list: 'assessments',
      latest: 1,
      none: 'No assessment is recorded.',
      expected: true,
      tell: (row) =>
        phrase(
          plain(field(row, 'kind')),
          after('authorised', day(row, 'authorisedAt')) ?? after('begun', day(row, 'eventAt')),
          after('factors', decoded('assessmentFactor', row.factors)),
        ),
    }),
    ...ask(input, {
      label: 'Exploitation',
      agency: 'socialCare',
      list: 'exploitation',
      latest: 1,
      none: 'No exploitation assessment is recorded.',
      tell: (row) =>
        phrase(
          after('on', day(row, 'eventAt')),
          phrase(field(row, 'tool'), field(row, 'version')),
          after('tool', plain(field(row, 'toolLevel'))),
          after('professional judgement', plain(field(row, 'professionalLevel'))),
          field(row, 'rationale'),
        ),
    }),
    ...ageOfExploitation(input),
    ...ask(input, {
      label: 'Hazards, strengths and dangers',
      agency: 'socialCare',
      list: 'hazards',
      each: (row) => plain(field(row, 'quadrant')) ?? 'hazard',
      none: 'None is recorded.',
      tell: (row) => phrase(field(row, 'text'), after('known on', day(row, 'knownOn'))),
    }),
    ...ask(input, {
      label: 'Known triggers and dates',
      agency: 'socialCare',
      list: 'triggers',
      none: 'None is recorded.',
      tell: (row) =>
        phrase(field(row, 'text'), after('each year on', longDayOfYear(field(row, 'monthDay') ?? '') || null)),
    }),
    ...restraintsBySetting(input),
    ...ask(input, {
      label: 'Restrictions of liberty',
      agency: 'socialCare',
      list: 'libertyRestrictions',
      none: 'None is recorded.',
      tell: (row) =>
        phrase(day(row, 'eventAt'), plain(field(row, 'kind')), row.authorised === false && 'no order permits it'),
    }),
    ...ask(input, {
      label: 'Association with a managed offender',
      agency: 'police',
      list: 'managedOffenders',
      none: 'None is recorded.',
      tell: (row) => phrase(after('managed by', field(row, 'managingForce')), field(row, 'contact')),
    }),
  ],
})

const ageOfExploitation = (
  input: InputTo<{ readonly socialCare: { readonly exploitation: readonly never[] } }>,
): TransferItem[] => {
  const last = rowsOf(input, 'socialCare', 'exploitation').at(-1)
  const on = last && day(last, 'eventAt')
  if (!last || !on) return []
  const days = Math.floor((Date.parse(dayOf(input.child.asOf)) - Date.parse(on)) / 86_400_000)
  const label = 'Age of the exploitation assessment'
  return [
    known(label, days > staleAfterDays ? `${days} days: older than ${staleAfterDays}, renew it` : `${days} days`, [
      last,
    ]),
  ]
}

const restraintsBySetting = (
  input: InputTo<{ readonly socialCare: { readonly restraints: readonly ('setting' | 'technique')[] } }>,
): TransferItem[] => {
  const rows = rowsOf(input, 'socialCare', 'restraints')
  const kinds = groupBy(
    rows,
    (row) => phrase(plain(field(row, 'setting')), plain(field(row, 'technique'))) ?? 'not described',
  )
  const asked = { label: 'Restraint by carers', agency: 'socialCare', list: 'restraints' } as const
  if (kinds.size === 0) return ask(input, { ...asked, none: 'None is recorded.', tell: () => null })
  return [
    ...[...kinds].map(([kind, same]) => known(asked.label, `${count(same.length, 'incident')}: ${kind}`, same)),
    ...partWithheld(input, asked),
  ]
}
