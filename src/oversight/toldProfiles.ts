import type { Database } from '../store/database.ts'
import { rowsIn } from '../store/transactionRows.ts'

/** One profile of one reader: whom they work for and as what decides what they may count. */
export interface ProfileKey {
  readonly la: string
  readonly theme: string
  readonly reader: string
  /** First and last quarter, as `2026-Q3`. */
  readonly from: string
  readonly to: string
}

/** A digest of who was counted where in one quarter. */
export interface CountedQuarter {
  readonly quarter: string
  readonly counted: string
}

/** A profile as it was told, and when first. */
export interface Told<Profile> {
  readonly profile: Profile
  /** ISO 8601. */
  readonly at: string
}

/**
 * What was told of quarters. A profile that was told once is told the same ever after, and all that are told agree on
 * who was counted in a quarter: two of them from before and after records were handed in would tell of the difference.
 */
export class ToldProfiles {
  readonly #database: Pick<Database, 'knex' | 'rows'>

  constructor(database: Pick<Database, 'knex' | 'rows'>) {
    this.#database = database
  }

  /** The very profile, where it was told before. */
  async of<Profile>(key: ProfileKey): Promise<Told<Profile> | null> {
    const [row] = await this.#database.rows({ name: 'told_profile', text: toldText, values: valuesOf(key) })
    return toldIn(row)
  }

  /**
   * Keeps a profile before it is told. Of two that are counted at once the first stands, and both readers get it.
   *
   * @returns what is to be told; null where one of the quarters was told from other records: then nothing is kept.
   */
  async keep<Profile>(
    key: ProfileKey,
    quarters: readonly CountedQuarter[],
    profile: Profile,
    at: Date,
  ): Promise<Told<Profile> | null> {
    const { la, theme, reader } = key
    const counted = [
      ...[la, theme, reader],
      ...[quarters.map(({ quarter }) => quarter), quarters.map((each) => each.counted)],
    ]
    try {
      return await this.#database.knex.transaction(async (trx) => {
        const rows = rowsIn(trx)
        await rows({ name: 'told_quarter_keep', text: keepQuarters, values: counted })
        const others = await rows({ name: 'told_quarter_differs', text: differing, values: counted })
        if (others.length > 0) throw new ToldOtherwise()
        await rows({
          name: 'told_profile_keep',
          text: `insert into gateway.told_profile (la, theme, reader, from_quarter, to_quarter, told, told_at)
            values ($1::text, $2::text, $3::text, $4::text, $5::text, $6::json, $7::timestamptz) on conflict do nothing`,
          values: [...valuesOf(key), JSON.stringify(profile), at.toISOString()],
        })
        const [row] = await rows({ name: 'told_profile', text: toldText, values: valuesOf(key) })
        return toldIn<Profile>(row)
      })
    } catch (error) {
      if (error instanceof ToldOtherwise) return null
      throw error
    }
  }
}

/** Thrown so that nothing of a profile is kept that is not told. */
class ToldOtherwise extends Error {}

const valuesOf = ({ la, theme, reader, from, to }: ProfileKey): readonly string[] => [la, theme, reader, from, to]

const toldText = `select told::text, to_char(told_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
  from gateway.told_profile where la = $1::text and theme = $2::text and reader = $3::text
    and from_quarter = $4::text and to_quarter = $5::text`

const keepQuarters = `insert into gateway.told_quarter (la, theme, reader, quarter, counted)
  select $1::text, $2::text, $3::text, quarter, counted
  from unnest($4::text[], $5::text[]) each (quarter, counted) order by quarter on conflict do nothing`

const differing = `select kept.quarter from unnest($4::text[], $5::text[]) each (quarter, counted)
  join gateway.told_quarter kept on kept.la = $1::text and kept.theme = $2::text and kept.reader = $3::text
    and kept.quarter = each.quarter where kept.counted <> each.counted limit 1`

function toldIn<Profile>(row: readonly (string | null)[] | undefined): Told<Profile> | null {
  const [told, at] = row ?? []
  return told ? { profile: JSON.parse(told), at: at ?? '' } : null
}
