import type { Database } from '../store/database.ts'

/** Ids that one statement gives. */
const pageSize = 1000

/** Pages of ids, each after the last of the one before, until there are no more. */
export async function* pagesOf(
  read: (after: string) => Promise<readonly string[]>,
  first = '',
): AsyncIterable<readonly string[]> {
  for (let after = first; ; ) {
    const ids = await read(after)
    if (ids.length > 0) yield ids
    if (ids.length < pageSize) return
    after = ids.at(-1) ?? after
  }
}

/**
 * Children who may belong to the answer of a question over many, by what the gateway's own registers say. Only who is
 * looked at comes from here: who the caller may know of, and what is so of them, is decided child by child.
 */
export class Candidates {
  readonly #rows: Database['rows']
  readonly #ownHolders: (organisation: string) => readonly string[]
  readonly #caseHolders: (la: string | null) => readonly string[]

  /**
   * @param ownHolders holders of an organisation, whose records know children.
   * @param caseHolders holders of children's social care of one authority, or of all.
   */
  constructor(
    database: Pick<Database, 'rows'>,
    ownHolders: (organisation: string) => readonly string[],
    caseHolders: (la: string | null) => readonly string[],
  ) {
    this.#rows = (statement) => database.rows(statement)
    this.#ownHolders = ownHolders
    this.#caseHolders = caseHolders
  }

  /**
   * With whom an organisation works on a day, or whom its own records know; for social care instead those whom its
   * authority answers for, and those of its records of whom nobody has asked yet whose they are.
   */
  async ofOrganisation(organisation: string, la: string | null, day: string, after: string): Promise<string[]> {
    return this.#ids(
      'oversight_of_organisation',
      `${workedWith}
        union select child_id from gateway.last_known where responsible_la = $5::text and child_id > $2::text
        union ${heldBy('$6')}
        union ${heldAndNeverAsked('$7')}
        order by 1 limit $3::int`,
      [organisation, after, String(pageSize), day, la, ...this.#holders(organisation, la)],
    )
  }

  /** The same, and those last known in one of these areas: a force answers for whoever is there. */
  async ofOrganisationOrAreas(
    organisation: string,
    las: readonly string[],
    la: string | null,
    day: string,
    after: string,
  ): Promise<string[]> {
    return this.#ids(
      'oversight_of_organisation_or_areas',
      `${workedWith}
        union select child_id from gateway.last_known where (responsible_la = $5::text or area_la = any($6::text[]))
          and child_id > $2::text
        union select child_id from gateway.child where area_la = any($6::text[]) and child_id > $2::text
        union ${heldBy('$7')}
        union ${heldAndNeverAsked('$8')}
        order by 1 limit $3::int`,
      [organisation, after, String(pageSize), day, la, las, ...this.#holders(organisation, la)],
    )
  }

  /** Known to an organisation of the authority, last known as its own, or in its records and never asked about. */
  async ofAuthority(la: string, after: string): Promise<string[]> {
    return this.#ids(
      'oversight_of_authority',
      `${everKnownTo('$1::text')}
        union select child_id from gateway.last_known where responsible_la = $1::text and child_id > $2::text
        union ${heldAndNeverAsked('$4')}
        order by 1 limit $3::int`,
      [la, after, String(pageSize), this.#caseHolders(la)],
    )
  }

  /**
   * Last known in the area of one of these authorities, known to an organisation of it, or in any authority's records
   * and never asked about: where they live nobody knows yet.
   */
  async inAreas(las: readonly string[], after: string): Promise<string[]> {
    return this.#ids(
      'oversight_in_areas',
      `select child_id from gateway.child where area_la = any($1::text[]) and child_id > $2::text
        union select child_id from gateway.last_known where area_la = any($1::text[]) and child_id > $2::text
        union select known.child_id from unnest($1::text[]) authority cross join lateral (${everKnownTo('authority')}) known
        union ${heldAndNeverAsked('$4')}
        order by 1 limit $3::int`,
      [las, after, String(pageSize), this.#caseHolders(null)],
    )
  }

  /**
   * Whose records add to an organisation's children: its own, and an authority's where nobody asked about the child.
   * Social care does not work with everybody of whom it has a record: there an authority answers for those it is said
   * to answer for.
   */
  #holders(organisation: string, la: string | null): readonly [readonly string[], readonly string[]] {
    const ofAuthority = la === null ? [] : this.#caseHolders(la)
    return [this.#ownHolders(organisation).filter((id) => !ofAuthority.includes(id)), ofAuthority]
  }

  async #ids(name: string, text: string, values: readonly unknown[]): Promise<string[]> {
    return (await this.#rows({ name, text, values })).flatMap(([id]) => id ?? [])
  }
}

/** Children of whom one of some holders has a person. */
const heldBy = (holders: string): string => `select child_id from gateway.link
          where holder = any(${holders}::text[]) and ended_at is null and child_id > $2::text`

/**
 * Of these, children of whom social care was never asked: who answers for them and where they live is learnt when they
 * are first looked at. Without them a question over many would be answered with nobody until each was asked for.
 */
const heldAndNeverAsked = (holders: string): string => `${heldBy(holders)}
          and not exists (select from gateway.last_known known where known.child_id = link.child_id)`

/**
 * A page of the children of some relationships, each once: from child to child by an index, past every further entry of
 * the same child. Years of use give one child many. The recursion gives them in order, and ends where a page is full:
 * to sort them would go through all.
 *
 * @param of condition on a row `one`, which the index begins with.
 * @param also condition on the child `known.child_id`.
 */
const childByChild = (of: string, also = ''): string => {
  const next = (behind: string) => `(select one.child_id from gateway.relationship one
            where ${of} and one.child_id > ${behind} order by one.child_id limit 1)`
  return `(with recursive known as (select ${next('$2::text')} as child_id
            union all select ${next('known.child_id')} from known where known.child_id is not null)
          select child_id from known where child_id is not null ${also} limit $3::int)`
}

/** With whom the organisation $1 works on the day $4. */
const workedWith = childByChild(
  'one.organisation = $1::text',
  `and exists (select from gateway.relationship own where own.organisation = $1::text
            and own.child_id = known.child_id and coalesce(own.to_on, 'infinity'::date) > $4::date
            and (own.from_on is null or own.from_on <= $4::date))`,
)

/** Whom an organisation of an authority ever worked with: its code begins with the authority's. */
const everKnownTo = (authority: string): string => childByChild(`split_part(one.organisation, '-', 1) = ${authority}`)
