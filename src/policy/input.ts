import { accessOf, type RoleAccess } from './access.ts'
import type { ChildFacts, ConsentFact } from './facts.ts'
import type { Disclosure, Label } from './labels.ts'
import type { LabelPolicy, Pack } from './pack.ts'
import { type AgencyType, type Purpose, type PurposePath, pathOfPurpose, type Role } from './vocabulary.ts'

/** Everything a decision may depend on; every member is a small finite set, so that the tests can walk all of it. */
export interface DecisionInput {
  readonly caller: { readonly agencyType: AgencyType; readonly role: Role; readonly purpose: Purpose }
  readonly child: Pick<ChildFacts, 'relationship' | 'harm' | 'ageBand' | 'agreement' | 'breakGlass'>
  readonly label: Label
  readonly level: Disclosure
  /** Type of agency whose record it is. */
  readonly home: AgencyType
  readonly row: RowFacts
  readonly consent: Pick<ConsentFact, 'state' | 'giver' | 'competence'> | 'NONE'
}

/** What the holder marked on one row. */
export interface RowFacts {
  readonly hold: 'NONE' | 'DETRIMENT' | 'EMBARGO'
  readonly ncnd: boolean
  readonly conditions: boolean
  readonly relevance: 'RELEVANT' | 'UNDECIDED' | 'NOT_RELEVANT'
}

/** A row on which its holder marked nothing. */
export const plainRow: RowFacts = { hold: 'NONE', ncnd: false, conditions: false, relevance: 'RELEVANT' }

/** The input with what the rules ask of it again and again. */
export interface Situation extends DecisionInput {
  readonly pack: Pack
  readonly policy: LabelPolicy
  readonly path: PurposePath
  readonly isHome: boolean
  /** Home agency with a relationship to the child: its own record. */
  readonly ownRecord: boolean
  readonly reasonableCause: boolean
  /** The purpose stands on the harm path, or there is reasonable cause: both open what only harm opens. */
  readonly harmPath: boolean
  /** Social care, hub or police: who may act on a third person's identity or a protected place. */
  readonly actsOnRisk: boolean
  /** The glass is broken, and this is not what breaking it never reveals. */
  readonly glassBroken: boolean
  readonly access: RoleAccess
  /** The role's list gives this label at this level. */
  readonly listed: boolean
}

export function situationOf(pack: Pack, input: DecisionInput): Situation {
  const { agencyType, role, purpose } = input.caller
  const path = pathOfPurpose[purpose]
  const isHome = agencyType === input.home
  const reasonableCause = input.child.harm === 'REASONABLE_CAUSE'
  const harmPath = path === 'HARM' || reasonableCause
  const access = accessOf(pack, { label: input.label, role, purpose, harmPath, home: isHome })
  const policy = pack.labels[input.label]
  return {
    ...input,
    pack,
    policy,
    path,
    isHome,
    ownRecord: isHome && input.child.relationship !== 'NONE',
    reasonableCause,
    harmPath,
    actsOnRisk: agencyType === 'SOCIAL_CARE' || agencyType === 'MASH' || agencyType === 'POLICE',
    glassBroken: input.child.breakGlass && !neverByBreakGlass(policy.class, input.label, input.row),
    access,
    listed: input.level === 'CONTENT' ? access.content : access.headline,
  }
}

const neverClasses: ReadonlySet<LabelPolicy['class']> = new Set(['STATUTORY', 'PRIVILEGE', 'REFERRER'])

/**
 * What breaking the glass never reveals: adoption, privilege, and whoever informed. For these the session is as if it were
 * not there, so the one who broke it has what they had before and no more.
 */
const neverByBreakGlass = (of: LabelPolicy['class'], label: Label, row: RowFacts): boolean =>
  neverClasses.has(of) || label === 'WITNESS' || row.ncnd || row.conditions
