import type { AgencyName } from '../foundation/agencies.ts'
import { bitOf, type Disclosure, type Label } from './labels.ts'
import type { PlaceReach } from './placePrecision.ts'
import type { AgencyType } from './vocabulary.ts'
import type { NameReach } from './whichPersonsNamed.ts'

/**
 * What one caller may have of one child from one agency: the whole decision, made once. Sources choose columns and rows
 * from it, the schema checks the same bits again, and a subgraph receives it signed. Masks are bits of `labels.ts`.
 */
export interface Grant extends RowsGrant {
  readonly agency: AgencyName
  readonly childId: string
  /** The agency's own person ids. Empty: the agency has no link, answered as nothing held. */
  readonly persons: readonly string[]
  /**
   * Whose ids they are, each in its place: the holder's id, empty where the link names no holder. Absent: none does.
   */
  readonly holders?: readonly string[]
  /**
   * Holders that hold back more than the others: of their records the whole decision is this one. The members beside it
   * are for everybody else's.
   */
  readonly apart?: readonly HolderGrant[]
  /**
   * The same for rows that the caller's own organisation holds; the members beside it are for rows of every other. Null
   * where no organisation of the caller's type holds anything there.
   */
  readonly own: RowsGrant | null
  /**
   * What of others' rows is withheld and may be disclosed. A label whose existence is hidden is in it on the harm path
   * alone, of every child alike: `cannotBeSaid.ts`.
   */
  readonly withheld: readonly WithheldLabel[]
  /**
   * Single records of others that are held back and may be told of, as a hold on their whole label would be: by label,
   * and by whose they are. Absent: there is none, or none that may be told.
   */
  readonly heldParts?: readonly HeldPart[]
  /** Single records of others whose content is held back and whose headline is not. Absent: there is none. */
  readonly headlines?: HeldHeadlines
  /** The caller's organisation: a row that it holds is its own, one of another organisation of its type is not. */
  readonly organisation: string
  readonly callerType: AgencyType
  /**
   * The authority that keeps the case, where places are kept back: its own service is named, as whom to ring. Null
   * where they are not.
   */
  readonly keeper: string | null
  /**
   * What pseudonyms of this answer are made with: one person is one pseudonym at every holder, and in no other answer.
   * Empty where there is none; then whoever would be a pseudonym is not told of at all.
   */
  readonly pseudonymKey: string
  /** Records recorded later than this are not read. ISO 8601. */
  readonly asOf: string
}

/** The whole decision about the records of one organisation that stands apart by what it alone holds back. */
export interface HolderGrant extends Omit<Grant, 'apart' | 'heldParts' | 'headlines'> {
  /** The organisation whose records they are. */
  readonly heldBackBy: string
}

/**
 * What may be read of rows that stand alike towards the caller: those of their own organisation, or those of others.
 */
export interface RowsGrant {
  /** Labels whose headline may be read. Contains every bit of `content`. */
  readonly headline: number
  /** Labels that may be read in full. */
  readonly content: number
  /** Labels read as a pseudonym instead of the value. Never in `content`. */
  readonly redact: number
  readonly rows: RowGate
  /** How much may be read of where the child is. */
  readonly places: PlaceReach
  /** Who is named where third persons may be read in full. */
  readonly names: NameReach
  /** Ids of single records that the holder withholds. */
  readonly heldRecords: readonly string[]
  /** Which organisation holds each of them back; empty where it is not known: it is then held back whoever holds it. */
  readonly heldBy?: readonly string[]
}

/** Which rows, by the handling that their holder marked. */
export interface RowGate {
  /** Rows whose existence is neither confirmed nor denied. */
  readonly ncnd: boolean
  /** Rows with handling conditions. */
  readonly conditions: boolean
  /** Rows whose relevance nobody decided, of a sensitive label. */
  readonly undecided: boolean
  /** Rows judged not relevant. */
  readonly notRelevant: boolean
}

export interface WithheldLabel {
  readonly label: Label
  /** CONTENT: the headline may be read. HEADLINE: nothing may be read. */
  readonly level: Disclosure
  /** A `W_` code of the decision model. */
  readonly reason: string
  /** The rule that decided. */
  readonly rule: string
  readonly requestable: boolean
}

/** Records that are read at their headline, whatever is read of others of their kind. */
export interface HeldHeadlines {
  /** The holders' own ids. They stand among `heldRecords` of the decision on everything else. */
  readonly records: readonly string[]
  readonly grant: Omit<Grant, 'apart' | 'heldParts' | 'headlines'>
}

/**
 * That one record at least of a label is held back: whole where the level is HEADLINE, and of CONTENT all but its
 * headline.
 */
export interface HeldPart extends WithheldLabel {
  /** The organisation that holds it back; empty where it is not known. */
  readonly organisation: string
}

/** Whether a field of this label and level may be read, in full or as a pseudonym. One bit test. */
export const permits = (
  grant: Pick<RowsGrant, 'headline' | 'content' | 'redact'>,
  bit: number,
  level: Disclosure,
): boolean => ((level === 'CONTENT' ? grant.content | grant.redact : grant.headline) & bit) !== 0

/**
 * What is withheld, and may be told, of this much of a label. That its content is withheld is no reason for a headline
 * that is shut: where existence is hidden again, by what a court forbade, that would tell of it.
 */
export const toldOf = (
  grant: Pick<Grant, 'withheld' | 'headline'>,
  label: Label,
  level: Disclosure,
): WithheldLabel | undefined =>
  grant.withheld.find(
    (one) =>
      one.label === label && (one.level === 'HEADLINE' || level === 'CONTENT' || (grant.headline & bitOf(label)) !== 0),
  )

/** What is withheld and may be told, of all holders and of those that hold back more. */
export const allWithheld = (grant: Grant): readonly WithheldLabel[] =>
  grant.apart ? [...grant.withheld, ...grant.apart.flatMap(({ withheld }) => withheld)] : grant.withheld

/** The same with single records that are held back: all that a view tells as withheld. */
export const toldAsWithheld = (grant: Grant): readonly WithheldLabel[] =>
  grant.heldParts ? [...allWithheld(grant), ...grant.heldParts] : allWithheld(grant)

/**
 * One decision in the place of several, for whoever cannot tell holders apart: it opens what all of them open, so that
 * what one holds back is read of nobody.
 */
export function withoutApart({ apart, ...common }: Grant): Grant {
  if (!apart) return common
  const all: readonly RowsGrant[] = [common, ...apart]
  const inAll = (mask: (rows: RowsGrant) => number): number => all.reduce((left, rows) => left & mask(rows), ~0)
  const isInAll = (gate: keyof RowGate): boolean => all.every(({ rows }) => rows[gate])
  const content = inAll((rows) => rows.content)
  return {
    ...common,
    headline: inAll((rows) => rows.headline),
    content,
    redact: inAll((rows) => rows.content | rows.redact) & ~content,
    rows: {
      ncnd: isInAll('ncnd'),
      conditions: isInAll('conditions'),
      undecided: isInAll('undecided'),
      notRelevant: isInAll('notRelevant'),
    },
    heldRecords: [...new Set(all.flatMap(({ heldRecords }) => heldRecords))],
    withheld: allWithheld({ ...common, apart }),
  }
}
