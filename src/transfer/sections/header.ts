import { responsibility } from '../responsibility.ts'
import { always, type Section } from '../section.ts'
import { known, without } from '../sectionItems.ts'
import type { SupportedType } from '../transferTypes.ts'

const kindWords: Readonly<Record<SupportedType, string>> = {
  CP_TRANSFER_IN: 'Child protection plan transferred in',
  S47_IN_PROGRESS: 'Section 47 enquiry under way',
  CLA_PLACED_OUT: 'Looked-after child placed in another area',
}

/** T0. Who sends what to whom under which clock; the author cannot authorise their own record. */
export const header: Section = {
  code: 'T0',
  title: 'Transfer',
  mandatory: always,
  suppliers: ['CHILDRENS_SOCIAL_CARE'],
  needs: {},
  fill: ({ transfer, child }) => {
    const { authorisedBy, fromLa, toLa, type } = transfer
    const responsible = responsibility(type, fromLa, toLa, transfer.responsibilityPassed)
    return [
      known('Transfer', transfer.id),
      known('Kind', kindWords[type]),
      known('From', fromLa),
      known('To', toLa),
      known('Responsible authority', `${responsible.la}. ${responsible.rule}`),
      child.facts.areaLa === null
        ? without(
            'Authority where the child lives',
            'NOT_KNOWN',
            'No authority is recorded for where the child lives now.',
          )
        : known('Authority where the child lives', child.facts.areaLa),
      known('Asked for', transfer.createdAt),
      known('Clock', `${transfer.clockStart}. ${transfer.clockRule}`),
      known('Due on', transfer.dueOn),
      known('Author', transfer.author),
      authorisedBy === null
        ? without(
            "Team manager's authorisation",
            'MISSING',
            `A team manager of ${fromLa}, other than the author, has not confirmed it.`,
          )
        : known("Team manager's authorisation", authorisedBy),
      known('Version', transfer.version),
      known('As of', child.asOf),
      known('Classification', 'Official, sensitive: for the two authorities named, for safeguarding only.'),
    ]
  },
}
