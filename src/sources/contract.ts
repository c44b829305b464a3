import type { Disclosure, Label } from '../policy/labels.ts'
import type { AgencyType } from '../policy/vocabulary.ts'
import type { ConcernTag } from './concernTags.ts'
import type { ClosedSet } from './publishedCodes.ts'

/**
 * Who a kind of agency is, what it lists and how that is narrated. Names of lists and fields are those of
 * `schema/<agency>.graphql`, which also gives types and labels. Where the records are is no part of it: a binding says
 * that.
 */
export interface SourceContract {
  /** `health`: the agency's name in `src/foundation/agencies.ts`. */
  readonly name: string
  readonly title: string
  /** Value of the `Agency` enum that stands for the whole agency. */
  readonly agency: string
  /** Type of organisation whose own record this is. */
  readonly home: AgencyType
  /** Other types of organisation that hold records there, each its own. */
  readonly alsoHeldBy?: readonly AgencyType[]
  /**
   * Whom to ask when something is withheld or out of reach. Filled in from the registry, never by hand; null where it
   * names nobody.
   */
  readonly contact?: string | null
  /** Name of the system of record, for provenance. */
  readonly system: string
  /**
   * Services, as values of the `Agency` enum, that an organisation of a type acts for: it may confirm their part of a
   * transfer, and sees the actions of a plan that they own.
   */
  readonly speakers: Speakers
  /**
   * What a person has to check before this agency's part of a child's file leaves in answer to a subject access
   * request.
   */
  readonly beforeRelease: string
  /**
   * Some of its holders may have records that nobody classified: whoever may know of general ones is told so, of every
   * child alike. Filled in where such a holder is connected, never by hand.
   */
  readonly unclassified?: true
  /** Every list field of the agency's record type, and `parent` for lists that stand under another. */
  readonly lists: Readonly<Record<string, ListContract>>
}

export interface ListContract {
  /** For a nested list: the list it stands under and the field there, for example `meetings` and `invitees`. */
  readonly parent?: { readonly list: string; readonly field: string }
  /** Field that names the service which may read the row at headline, for example the owner of a plan action. */
  readonly ownedBy?: string
  /**
   * Fields that name a service by its name, kind or role: one that reveals what it treats is named only to those who
   * may know that.
   */
  readonly names?: readonly string[]
  /** Identifier schemes by field, for `findChild`: `{ nhsNumber: 'NHS_NUMBER' }`. */
  readonly identifiers?: Readonly<Record<string, string>>
  /** Field of `person` by which its holder's people name somebody, where that is not the id of the record. */
  readonly ownNumber?: string
  /** How a record of this list stands in the chronology; lists without it do not. */
  readonly chronology?: ChronologyRule
  /** How a record of this list stands among the services that know the child; lists without it do not. */
  readonly involvement?: InvolvementRule
  /**
   * What the organisation that holds a record of this list has to do with the child while it is open; a list without
   * it lets nobody in.
   */
  readonly relationship?: RelationshipRule
  /**
   * Whether records of this list go into a transfer record. What has it can be sent to another authority: legal advice,
   * adoption records, intelligence, referrers and accounts are left out on purpose.
   */
  readonly transferred?: true
  /**
   * Labels that single records of this list can bear beside those of its type: who may not read one of them is warned
   * that a count over the list may be too low. A list without it has records of its type's labels alone.
   */
  readonly rowLabels?: readonly Label[]
  /** Its records may be among those that nobody classified. Filled in as the contract's own. */
  readonly unclassified?: true
  /** The label of its records and what lets their existence be read. Filled in from the schema, never by hand. */
  readonly disclosure?: ListDisclosure
  /**
   * Words for the kind of its records: those of a published set of codes, where it is one. What the schema names is
   * filled in.
   */
  readonly kinds?: readonly string[]
  /** Fields that bear a code of a published set, and nothing else: of an import or a mapping any other is no code. */
  readonly codes?: Readonly<Record<string, ClosedSet>>
  /** The most that a number can be, by its field: what is above is no value. */
  readonly most?: Readonly<Record<string, number>>
  /**
   * A field that counts part of what another counts: `{ attended: 'possible' }`. A part above its whole is no value.
   */
  readonly parts?: Readonly<Record<string, string>>
}

/** Services by the type of organisation that acts for them. */
export type Speakers = Readonly<Partial<Record<AgencyType, readonly string[]>>>

/**
 * The label of a list and the disclosure that lets the existence of its records be read: the type's `@label` in the
 * schema.
 */
export interface ListDisclosure {
  readonly label: Label
  readonly existence: Disclosure
  /** What each field needs. */
  readonly fields: ReadonlyMap<string, FieldDisclosure>
}

/** What lets one field be read: its label, how much of it, and the pseudonym that may stand in. */
export interface FieldDisclosure {
  readonly label: Label
  readonly level: Disclosure
  readonly pseudonym: string | null
}

/** The kind of relationship, and the fields between which a record is open where they are not `from` and `to`. */
export interface RelationshipRule {
  readonly kind: 'ALLOCATED' | 'EPISODE' | 'ON_ROLL'
  readonly begins?: string
  readonly ends?: string
  /** Field that says `CLOSED` of what is over, whether or not anybody wrote when. */
  readonly status?: string
}

/** Fields that say who is involved, of a record that says so; `contact`, `from` and `to` are read besides. */
export interface InvolvementRule {
  /** Kind, or the field that gives it with the kind where it is empty. */
  readonly kind: string | { readonly field: string; readonly otherwise: string }
  /** Fields that name the service, in order of preference. */
  readonly service: readonly string[]
  readonly professional?: string
  /** Field that says whom the service is for, where that is not the child. */
  readonly concerning?: string
}

/** How one record is narrated in the chronology, from permitted fields alone: a field that is withheld is null here. */
export interface ChronologyRule {
  readonly fields: readonly string[]
  readonly tell: (row: Row) => ChronologyLine
}

export interface ChronologyLine {
  readonly headline: string
  readonly action?: string | null
  readonly impactOnChild?: string | null
  readonly positive?: boolean
  readonly concernTags?: readonly ConcernTag[]
  /** Where somebody chose and weighed it: the record is an entry of a chronology, and no event of its own. */
  readonly curated?: CuratedLine
}

/** What somebody wrote beside an entry of a chronology. */
export interface CuratedLine {
  readonly significance: string | null
  readonly analysis: string | null
  readonly status: string | null
}

/** A value as it leaves a source: dates and instants are ISO 8601 text, so that every store gives the same. */
export type Value = string | number | boolean | null | readonly string[] | readonly Readonly<Record<string, unknown>>[]

/** One record. Only fields that were asked for and permitted are there. */
export interface Row {
  /** `<agency>:<record id>`, unique across agencies. */
  readonly id: string
  readonly person: string
  readonly [field: string]: Value | undefined
}
