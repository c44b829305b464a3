import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import canonicalize from 'canonicalize'
import { z } from 'zod'
import { StartupError } from '../foundation/errors.ts'
import { codeOf } from '../foundation/jsonFile.ts'
import { textOf } from '../foundation/settingFile.ts'
import { alertParametersSchema } from './alertParameters.ts'
import type { ChildFacts } from './facts.ts'
import { labels } from './labels.ts'
import { oversightSchema } from './mayAskOversight.ts'
import { profileSchema } from './problemProfileAreas.ts'
import { roleLine, roleName, unknownRoles } from './roleNames.ts'
import { agencyTypes, type Purpose, type PurposePath, pathOfPurpose, paths, purposes, roleTable } from './vocabulary.ts'

/**
 * A policy pack: who may read which label, for what, and why. It is dated data of one jurisdiction, decided by the
 * partnership and reviewed by its information-governance leads; the rules that use it are in `rules.ts`.
 */
const date = z.iso.date()
const access = z.strictObject({
  roles: z.array(roleName).min(1),
  /** CONTENT includes HEADLINE. */
  level: z.enum(['HEADLINE', 'CONTENT']),
  /** Only for these purposes and those that stand on `paths`; for all when neither is given. */
  purposes: z.array(z.enum(purposes)).min(1).optional(),
  paths: z.array(z.enum(paths)).min(1).optional(),
  /** Also, whatever the purpose, once there is reasonable cause; with `purposes` or `paths`, any of them opens. */
  onHarm: z.boolean().optional(),
  /**
   * Only records that the caller's own organisation holds. Packs of 2024 and 2026 have two words for it, with one
   * meaning.
   */
  scope: z.enum(['OWN', 'HOME']).optional(),
  /** Only while the child is placed for adoption and no order is made. */
  beforeOrder: z.boolean().optional(),
})

const labelPolicy = z.strictObject({
  class: z.enum([
    'IDENTITY',
    'STATUS',
    'LOCATION',
    'GENERAL',
    'SENSITIVE',
    'INTELLIGENCE',
    'THIRD_PARTY',
    'ADULT',
    'REFERRER',
    'PROTECTED',
    'COURT',
    'STATUTORY',
    'PRIVILEGE',
  ]),
  /** What opens it: nothing more is needed, consent on the consent path, a duty, or the named roles alone. */
  gate: z.enum(['none', 'consent', 'duty', 'absolute']),
  /** The consent path permits it without consent. */
  base: z.boolean().optional(),
  /** Purposes for which the consent path permits its headline, and no more, without consent. */
  headlineFor: z.array(z.enum(purposes)).min(1).optional(),
  /** One health organisation gives it to another that treats the child, unless a child able to decide refused. */
  directCare: z.boolean().optional(),
  access: z.array(access).min(1),
  /** Roles that are answered as if nothing were held. ALL_OTHERS: every role without an entry under `access`. */
  hiddenFrom: z.union([z.array(roleName), z.literal('ALL_OTHERS')]),
  legalBasis: z.string().min(1),
})

/**
 * What a pack says of the rules themselves. Each is absent, or false, in a pack that was written before there was the
 * choice: it then keeps the meaning that it had.
 */
const packRules = z.strictObject({
  /** Rule 7: no agreement on file keeps nothing back on the harm and duty paths; it is to be reviewed. */
  agreementNeverBarsDuty: z.boolean().optional(),
  /** Rule 8: a holder's decision keeps back the content on the harm path, never that there is something. */
  headlinePassesHoldOnHarm: z.boolean().optional(),
  /** Rule 14: another person is named on the duty path too, where the list names them in full. */
  namesOnDuty: z.boolean().optional(),
  /** Rule 16b: an emergency that is declared is confirmed by a manager. */
  emergencyIsConfirmed: z.boolean().optional(),
  /** Rule 17: consent that ran out is consent that was not sought, and no refusal. */
  expiredIsNotSought: z.boolean().optional(),
  /** Rule 17: when social care cannot be asked, harm is not taken to be none. */
  unknownHarmIsNotNone: z.boolean().optional(),
  /** Rule 19: the investigation of a crime opens nothing by the harm that a protection plan records. */
  policingStandsApart: z.boolean().optional(),
  /** Rule 19: the labels that an age under 13 opens; every sensitive one when absent. */
  under13Labels: z.array(z.enum(labels)).optional(),
  /** From 18 the duties towards children open nothing: consent does, an emergency, or a search for who is missing. */
  adultsStandApart: z.boolean().optional(),
  /**
   * Rule 16a: an order of a court binds once it is on record, over every limit but legal advice, and for what it covers
   * alone.
   */
  courtOrderIsRecorded: z.boolean().optional(),
  /**
   * Rule 16c: to answer for a missing child takes an episode; without one it is a duty like others, and the episode is
   * asked for.
   */
  missingNeedsEpisode: z.boolean().optional(),
  /**
   * Rule 11c: the kinds of record whose headline the authority of the area reads of a child whom another placed there;
   * nothing more before a transfer is on record. The whole of its lists when absent.
   */
  notificationLabels: z.array(z.enum(labels)).optional(),
  /** Whoever shares without consent tells the family, unless that is unsafe. */
  opennessIsADuty: z.boolean().optional(),
  /** Rule 22: whose record a consent opens is told, and looks whether it stands: another organisation wrote it down. */
  consentToldToHolder: z.boolean().optional(),
})

const purposePolicy = z.strictObject({
  openTo: z.array(z.enum(agencyTypes)),
  needsRelationship: z.boolean(),
  /** Another path than the product's own. What is closed, metadata or a court's stays so. */
  path: z.enum(['HARM', 'DUTY', 'CONSENT', 'POLICING']).optional(),
})

/** Purposes that no pack of 2024 and September 2026 knew. */
const laterPurposes: ReadonlySet<Purpose> = new Set<Purpose>(['DAY_TO_DAY_CARE', 'LEAVING_CARE', 'ADULT_SAFEGUARDING'])

const packSchema = z.strictObject({
  id: z.string().regex(/^[a-z]+-\d{4}-\d{2}$/),
  jurisdiction: z.enum(['ENGLAND', 'WALES']),
  effectiveFrom: date,
  title: z.string(),
  /** Whether Children Act 2004 s.16LA is commenced here. Until it is, the duty path rests on the older powers. */
  statutoryDuty16LA: z.strictObject({
    inForce: z.boolean(),
    from: date.optional(),
    /** What is known of its commencement. Every explanation tells it. */
    evidence: z.enum(['ANNOUNCED', 'COMMENCED', 'UNVERIFIED']).optional(),
    /** Whether it reaches what rests on consent: those purposes then stand on the duty path. */
    opensConsentPath: z.boolean().optional(),
  }),
  /** Comes into force by its name in `POLICY_PACK` alone, and in the demonstration: nobody has adopted it. */
  proposal: z.boolean().optional(),
  rules: packRules.optional(),
  /** Roles that the product's own table has not: type of organisation, and what each most often asks for. */
  roles: z
    .record(roleName, roleLine)
    .refine((own) => !Object.keys(own).some((name) => Object.hasOwn(roleTable, name)), 'is a role of the product')
    .optional(),
  sources: z.array(z.strictObject({ title: z.string(), cite: z.string() })).min(1),
  /** Types of organisation to which a purpose is open, and whether it needs a relationship with the child. */
  purposes: z.partialRecord(z.enum(purposes), purposePolicy).check(({ value, issues }) => {
    for (const purpose of purposes)
      if (value[purpose] === undefined && !laterPurposes.has(purpose))
        issues.push({ code: 'custom', input: value, path: [purpose], message: 'Invalid input: expected object' })
  }),
  labels: z.record(z.enum(labels), labelPolicy),
  /** Counts and clocks of the alert rules that differ from the product's own. */
  alerts: alertParametersSchema.optional(),
  /** Who may ask over many children, where it differs from the product's own. */
  oversight: oversightSchema.optional(),
  /** Areas of problem profiles, where they are not the authorities. */
  profile: profileSchema.optional(),
})

export type Pack = z.infer<typeof packSchema>
export type LabelPolicy = z.infer<typeof labelPolicy>
export type Access = z.infer<typeof access>
export type PackRules = z.infer<typeof packRules>

const noRules: PackRules = {}

/** What the pack says of the rules; nothing, where it is older than they are. */
export const rulesOf = ({ rules }: Pick<Pack, 'rules'>): PackRules => rules ?? noRules

/** Purposes whose powers and duties are about children: none of them reaches a person of 18. */
const aboutChildren: ReadonlySet<Purpose> = new Set<Purpose>([
  'S47_ENQUIRY',
  'STRATEGY_DISCUSSION',
  'MASH_ENQUIRY',
  'ASSESSMENT_S17',
  'CP_CONFERENCE',
  'CLA_REVIEW',
  'TRANSFER_SEND',
  'TRANSFER_RECEIVE',
  'DOMESTIC_ABUSE_NOTICE',
  'DAY_TO_DAY_CARE',
])
const settled: ReadonlySet<PurposePath> = new Set<PurposePath>(['COURT', 'METADATA', 'CLOSED'])

const closedToAll: z.infer<typeof purposePolicy> = { openTo: [], needsRelationship: true }

/** To whom a purpose is open. One that came after the pack was written is open to nobody under it. */
export const purposeIn = (
  { purposes: said }: Pick<Pack, 'purposes'>,
  purpose: Purpose,
): z.infer<typeof purposePolicy> => said[purpose] ?? closedToAll

/** What of a child a path may depend on. */
type OfPath = Pick<ChildFacts, 'ageBand' | 'missing'>

/** The path on which a purpose stands by this pack, towards a child of this age where the pack tells ages apart. */
export function pathOf(pack: Pack, purpose: Purpose, child?: OfPath): PurposePath {
  const usual = pathOfPurpose[purpose]
  if (settled.has(usual)) return usual
  // The safeguarding of adults reaches nobody of whom it is not known that they are one: Care Act 2014 s.42.
  if (usual === 'ADULT') return child === undefined || child.ageBand === 'ADULT' ? 'ADULT' : 'CLOSED'
  const isAdultApart = rulesOf(pack).adultsStandApart === true && child?.ageBand === 'ADULT'
  // Without an episode it is a duty towards a child, which reaches no adult either.
  if (isUnsupported(pack, purpose, child)) return isAdultApart ? 'CONSENT' : 'DUTY'
  if (isAdultApart && aboutChildren.has(purpose)) return 'CONSENT'
  const path = purposeIn(pack, purpose).path ?? usual
  const { inForce, opensConsentPath } = pack.statutoryDuty16LA
  return path === 'CONSENT' && inForce && opensConsentPath ? 'DUTY' : path
}

/** Answering for a missing child of whom no episode is known, where the pack asks for one. */
export const isUnsupported = (pack: Pack, purpose: Purpose, child?: Pick<ChildFacts, 'missing'>): boolean =>
  purpose === 'MISSING_RESPONSE' && rulesOf(pack).missingNeedsEpisode === true && child?.missing === 'UNSUPPORTED'

/**
 * Narrows unknown data to a pack. A label or purpose that is missing, or a word that is not known, refuses the whole
 * pack.
 */
export function parsePack(data: unknown): Pack {
  const parsed = packSchema.safeParse(data)
  if (parsed.success) {
    const unknown = unknownRoles(parsed.data)
    if (unknown.length === 0) return parsed.data
    throw new StartupError(unknown.map((role) => `Policy pack: ${role} is no role of the product or of the pack.`))
  }
  throw new StartupError(
    parsed.error.issues.map(
      (issue) => `Policy pack, ${issue.path.join('.') || 'the whole'}: ${issue.message.replace(/\.$/, '')}.`,
    ),
  )
}

/** The starting pack: the defaults of the label table, under the law in force in England in May 2024. */
export const startingPack = new URL('./packs/england-2024-05.json', import.meta.url)

/** The pack that rests on Children Act 2004 s.16LA. It comes into force by configuration alone: `packInForce`. */
export const statutoryDutyPack = new URL('./packs/england-2026-09.json', import.meta.url)

/**
 * What a reading by people who safeguard proposes in its place. It comes into force by name alone, `POLICY_PACK`, and
 * in the demonstration.
 */
export const proposedPack = new URL('./packs/england-2026-11.json', import.meta.url)

/** The packs that come with the product. */
export const readPacks = (): readonly Pack[] =>
  [startingPack, statutoryDutyPack, proposedPack].map((file) => readPack(file))

/** Reads a pack from its file. What the file holds is never quoted: it may be another file than was meant. */
export const readPack = (file: URL | string = startingPack): Pack => parsePack(jsonIn(file))

function jsonIn(file: URL | string): unknown {
  try {
    return JSON.parse(textOf(file instanceof URL ? fileURLToPath(file) : file))
  } catch (error) {
    const name = file instanceof URL ? file.pathname : file
    throw new StartupError([`Policy pack: ${name} is no file of JSON${codeOf(error)}.`])
  }
}

/**
 * SHA-256 of the pack's canonical JSON (RFC 8785): what an audit entry names, so that a decision can be replayed later.
 */
export function hashOfPack(pack: Pack): string {
  const text = canonicalize(pack)
  if (text === undefined) throw new StartupError(['The policy pack has no canonical form.'])
  return createHash('sha256').update(text).digest('hex')
}
