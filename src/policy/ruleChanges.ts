import { spoken } from '../foundation/codeInWords.ts'
import { type Label, labels } from './labels.ts'
import { type Pack, type PackRules, pathOf, purposeIn, rulesOf } from './pack.ts'
import { labelWords } from './policyWords.ts'
import { type Purpose, purposes, type Role } from './vocabulary.ts'

/** What one pack says of the rules otherwise than another, in words: it may show on no ordinary child. */
export interface RuleChange {
  readonly change: 'RULE'
  /** Member of the pack. */
  readonly rule: string
  readonly what: string
  readonly before: string
  readonly after: string
}

/** What a partnership says yes or no to. A choice that has no sentence here does not compile. */
const sentences: Readonly<Record<keyof PackRules, string>> = {
  agreementNeverBarsDuty: 'Without a sharing agreement harm and duty open all the same, and it is to be reviewed',
  headlinePassesHoldOnHarm: 'A holder’s decision keeps back the content where there is harm, and not that there is one',
  namesOnDuty: 'Another person is named on a duty, where the list names them in full',
  emergencyIsConfirmed: 'A manager confirms an emergency that was declared',
  expiredIsNotSought: 'Consent that ran out counts as not sought, and not as a refusal',
  unknownHarmIsNotNone: 'While social care cannot be asked, harm is not taken to be none',
  policingStandsApart: 'The investigation of a crime opens nothing by the harm that a plan records',
  under13Labels: 'What an age under 13 opens, whatever the purpose',
  adultsStandApart: 'From 18 the duties towards children open nothing',
  courtOrderIsRecorded: 'An order of a court opens once it is on record, for what it covers alone',
  missingNeedsEpisode: 'To answer for a missing child takes an episode; without one it is a duty like others',
  notificationLabels: 'What the authority of the area reads of a child placed there, before a transfer: headlines of',
  opennessIsADuty: 'Whoever shares without consent tells the family, unless that is unsafe',
  consentToldToHolder: 'Whose record a consent opened is told of it, and looks whether that consent stands',
}

const ofAbsent: Readonly<Partial<Record<keyof PackRules, string>>> = {
  under13Labels: 'every sensitive kind',
  notificationLabels: 'no such limit',
}

const labelsInWords = (some: readonly Label[]): string =>
  some.length === 0 ? 'nothing' : some.map((label) => labelWords[label]).join(', ')

const said = (rule: keyof PackRules, value: PackRules[keyof PackRules]): string =>
  typeof value === 'object' ? labelsInWords(value) : value ? 'yes' : (ofAbsent[rule] ?? 'no')

/** How the same thing is said of a pack, of each thing that shows on no ordinary child. */
type Saying = readonly [rule: string, what: string, of: (pack: Pack) => string]

const ofRules = (Object.keys(sentences) as (keyof PackRules)[]).map(
  (rule): Saying => [rule, sentences[rule], (pack) => said(rule, rulesOf(pack)[rule])],
)

const ofPurposes = purposes.flatMap((purpose): readonly Saying[] => [
  [
    `purposes.${purpose}.path`,
    `For ${spoken(purpose)}: the path that it stands on`,
    (pack) => pathOf(pack, purpose).toLowerCase(),
  ],
  [
    `purposes.${purpose}.needsRelationship`,
    `For ${spoken(purpose)}: only for whoever works with the child`,
    (pack) => (isKnown(pack, purpose) ? yesOrNo(purposeIn(pack, purpose).needsRelationship) : 'no such purpose'),
  ],
])

const ofLabels = labels.map(
  (label): Saying => [
    `labels.${label}.beforeOrder`,
    `${labelWords[label]}: read while a placement order is in force, and no longer`,
    (pack) => rolesInWords(pack.labels[label].access.flatMap(({ beforeOrder, roles }) => (beforeOrder ? roles : []))),
  ],
)

const ofRest: readonly Saying[] = [
  [
    'statutoryDuty16LA.inForce',
    'Section 16LA of the Children Act 2004 is in force',
    ({ statutoryDuty16LA: { inForce } }) => yesOrNo(inForce),
  ],
  [
    'statutoryDuty16LA.opensConsentPath',
    'Section 16LA reaches what rests on consent',
    ({ statutoryDuty16LA: { opensConsentPath } }) => yesOrNo(opensConsentPath === true),
  ],
  ['alerts', 'Counts and clocks of alerts', ({ alerts }) => ownWords(alerts)],
  ['oversight', 'Who may ask over many children', ({ oversight }) => ownWords(oversight)],
  ['profile', 'Areas of problem profiles', ({ profile }) => ownWords(profile)],
]

const sayings: readonly Saying[] = [...ofRules, ...ofPurposes, ...ofLabels, ...ofRest]

/** What the packs say otherwise of the rules, in the order in which they are voted on. */
export const ruleChanges = (before: Pack, after: Pack): readonly RuleChange[] =>
  sayings.flatMap(([rule, what, of]) =>
    of(before) === of(after) ? [] : [{ change: 'RULE' as const, rule, what, before: of(before), after: of(after) }],
  )

const isKnown = ({ purposes: known }: Pack, purpose: Purpose): boolean => known[purpose] !== undefined
const yesOrNo = (is: boolean): string => (is ? 'yes' : 'no')
const rolesInWords = (roles: readonly Role[]): string =>
  roles.length === 0 ? 'by nobody' : `by ${[...new Set(roles)].map(spoken).join(', ')}`
const ownWords = (own: object | undefined): string =>
  own === undefined ? 'as the product has them' : `as the pack says: ${JSON.stringify(own)}`
