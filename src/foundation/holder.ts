import { type AgencyName, agencies } from './agencies.ts'

/** Services, as the `Agency` enum of the schema names them. */
export const services = [
  'CHILDRENS_SOCIAL_CARE',
  'EARLY_HELP',
  'EDUCATION',
  'HEALTH',
  'HEALTH_GP',
  'HEALTH_ACUTE',
  'HEALTH_COMMUNITY',
  'HEALTH_MENTAL_HEALTH',
  'HEALTH_SARC',
  'POLICE',
  'YOUTH_JUSTICE',
  'ADULT_SERVICES',
  'PROBATION',
  'ADULT_SOCIAL_CARE',
  'SUBSTANCE_SERVICE',
  'HOUSING',
  'VOLUNTARY',
  'FOSTER_CARER',
  'CHILDRENS_HOME',
  'COURT',
] as const
export type Service = (typeof services)[number]

/** Whom to ask about a holder's part. */
export interface HolderContact {
  /** The office, with its telephone number. */
  readonly office: string
  readonly outOfHours?: string | undefined
  /** By sensitivity label, where another person answers for it. */
  readonly byLabel?: Readonly<Record<string, string>> | undefined
}

/**
 * Where one holder's records are read. A `database` or `server` is a name of the partnership's own: its address is in
 * the environment, as `HOLDER_<NAME>_URL`, for it may hold a password. Several holders may name the same.
 */
export type HolderBinding =
  /** Tables of PostgreSQL. Without a name: the database of the kind, else the gateway's own. */
  | { readonly type: 'sql'; readonly database?: string | undefined; readonly mapping?: string | undefined }
  /** A FHIR R4 server. */
  | FhirBinding
  /** Records that the holder hands in as files: `wholeview import <holder> <file…>`. */
  | { readonly type: 'files' }
  /** A process at the holder that answers behind a grant. */
  | { readonly type: 'subgraph'; readonly server: string }

/** A FHIR R4 server, and how the gateway names itself there. */
export interface FhirBinding {
  readonly type: 'fhir'
  /** A name whose address is in the environment; or the address itself, which holds no password. */
  readonly server?: string | undefined
  readonly url?: string | undefined
  /** With a key file: client credentials by a signed assertion. Without both, no token is sent. */
  readonly clientId?: string | undefined
  readonly keyFile?: string | undefined
  readonly tokenUrl?: string | undefined
  readonly scope?: string | undefined
  /** What of the holder's own codes is sensitive, and which of its systems were looked through. */
  readonly codes?: string | undefined
}

/** One organisation that holds records of one kind. */
export interface Holder {
  /** In front of its records' ids. */
  readonly id: string
  readonly kind: AgencyName
  readonly service: Service
  /**
   * Code by which tokens and records name it: ODS, GIAS URN, authority, force, provider. Null: whoever the records
   * name.
   */
  readonly organisation: string | null
  readonly name: string
  /**
   * Authorities that it serves. It is expected to know every child there; a school or a home, which knows some, names
   * none.
   */
  readonly areas: readonly string[]
  /** Authority that it belongs to; null: to none. */
  readonly la: string | null
  /** Null where the kind's own contact is whom to ask. */
  readonly contact: HolderContact | null
  /** Zone of local times in its records. */
  readonly timeZone: string
  /** After so many hours without a load its records are stale; null: they are read where they are kept. */
  readonly freshnessHours: number | null
  /** Null: it is not connected, and whoever wants to know rings. */
  readonly binding: HolderBinding | null
}

/** Stands for all who hold records of a kind, where the registry names no holder of it. Its id is the kind's name. */
export const wholeKind = (kind: AgencyName): Holder => ({
  id: kind,
  kind,
  service: serviceOfKind[kind] ?? 'VOLUNTARY',
  organisation: null,
  name: kind,
  areas: [],
  la: null,
  contact: null,
  timeZone: 'Europe/London',
  freshnessHours: null,
  binding: { type: 'sql' },
})

/** The service that stands for a kind as a whole; an agency that is added says so in its contract. */
const serviceOfKind: Readonly<Partial<Record<string, Service>>> = {
  health: 'HEALTH',
  education: 'EDUCATION',
  police: 'POLICE',
  adultServices: 'ADULT_SERVICES',
  socialCare: 'CHILDRENS_SOCIAL_CARE',
}

/**
 * Holders of every kind: those that the registry names, and of a kind of which it names none, the whole kind as one.
 */
export const holdersOfKinds = (named: readonly Holder[]): readonly Holder[] =>
  agencies.flatMap((kind) => {
    const own = named.filter((holder) => holder.kind === kind)
    return own.length > 0 ? own : [wholeKind(kind)]
  })

/** Whether it stands for a whole kind, of which the registry names no holder. */
export const isWholeKind = ({ organisation }: Pick<Holder, 'organisation'>): boolean => organisation === null

/**
 * Holders of a kind from whom something is expected about a child: those that serve a place where this reader may know
 * that the child lives, learns, is registered or is answered for. The same for every child of these places: what a
 * holder has recorded, or whether it is linked, is not looked at.
 */
export const expectedHolders = (holders: readonly Holder[], places: ReadonlySet<string>): readonly Holder[] =>
  holders.filter((holder) => isWholeKind(holder) || holder.areas.some((area) => places.has(area)))

/** The variable of the environment that holds the address of a named database or server. */
export const addressVariable = (name: string): string => `HOLDER_${name.toUpperCase().replaceAll('-', '_')}_URL`
