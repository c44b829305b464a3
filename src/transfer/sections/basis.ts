import { agencies } from '../../foundation/agencies.ts'
import { spoken } from '../../foundation/codeInWords.ts'
import { labelWords, withholdInWords } from '../../policy/policyWords.ts'
import { isOfSomeHolder, withheldOfAgency } from '../carriedRows.ts'
import { always, type Section, sectionWithheld } from '../section.ts'
import { known } from '../sectionItems.ts'
import type { SupportedType, WithheldEntry } from '../transferTypes.ts'

const bases: Readonly<Record<SupportedType, string>> = {
  CP_TRANSFER_IN: 'Children Act 1989 sections 17, 27 and 47; Children Act 2004 sections 10 and 11.',
  S47_IN_PROGRESS: 'Children Act 1989 sections 17, 27 and 47; Children Act 2004 sections 10 and 11.',
  CLA_PLACED_OUT:
    'Children Act 1989 sections 22 and 27; Children Act 2004 section 10; Care Planning Regulations 2010, regulations 11 and 13.',
}

const firstSmall = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

const keyOf = ({ controller, category, level, reason }: WithheldEntry): string =>
  [controller, category, level, reason].join(' ')

/** T18. On what basis it was disclosed and what was left out, so that a reader never takes silence for absence. */
export const basisOf = (sections: readonly Section[]): Section => ({
  code: 'T18',
  title: 'Basis and what is withheld',
  mandatory: always,
  suppliers: [],
  needs: {},
  fill: (input) => {
    const { fromLa, toLa, type } = input.transfer
    const withheld = new Map(
      sections.flatMap((section) => sectionWithheld(section, input)).map((entry) => [keyOf(entry), entry]),
    )
    const parts = new Set(
      agencies.flatMap((agency) =>
        withheldOfAgency(input, agency).flatMap((entry) => (isOfSomeHolder(input, agency, entry) ? keyOf(entry) : [])),
      ),
    )
    return [
      known('Lawful basis', bases[type]),
      known(
        'Consent',
        'Not consulted: a transfer is a duty. Where a sensitive service asks for consent, the reason for withholding says so.',
      ),
      known('Recipients', `Children's social care of ${toLa}, and of ${fromLa} as its author.`),
      ...(withheld.size === 0 ? [known('Withheld', 'Nothing that may be disclosed.')] : []),
      ...[...withheld].map(([key, entry]) =>
        known(
          `Withheld: ${labelWords[entry.category]}`,
          `${parts.has(key) ? 'a part of it' : entry.level === 'HEADLINE' ? 'all of it' : 'its content'}, by ${spoken(entry.controller)}, ${firstSmall(withholdInWords(entry.reason))}. Ask: ${entry.contact}.`,
        ),
      ),
      known('Audit', 'Each reading is recorded under the audit id of its own answer.'),
    ]
  },
})
