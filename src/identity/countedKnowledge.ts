import type { Database } from '../store/database.ts'
import type { LinkageModel } from './linkageModel.ts'
import { fewestBearers } from './nameShares.ts'
import type { RegisterKnowledge } from './registerKnowledge.ts'

/**
 * So many families at one postcode are no street: a hotel, a hostel, a hospital. A street has four with children,
 * seldom eight.
 */
export const mostFamilies = 12

/**
 * A day on which so many of one source were born, and so much oftener than on any, is what is written when none is
 * known.
 */
export const defaultDay = { fewest: 20, times: 8, days: 6570 } as const

/** How long what was counted stands before it is counted again. */
const standsFor = 10 * 60_000

/**
 * The linkage model with what the register shows of those on file. Counting reads every record, so it is done now and
 * then.
 */
export class Knowledge {
  readonly #database: Database
  readonly #model: LinkageModel
  readonly #testNumbersCount: boolean
  #known: { readonly model: Promise<LinkageModel>; readonly at: number } | null = null

  constructor(database: Database, model: LinkageModel, testNumbersCount: boolean) {
    this.#database = database
    this.#model = model
    this.#testNumbersCount = testNumbersCount
  }

  /** The model as of the last count. */
  model(): Promise<LinkageModel> {
    const known = this.#known
    if (known && performance.now() - known.at < standsFor) return known.model
    const next = { model: this.#counted(), at: performance.now() }
    this.#known = next
    next.model.catch(() => {
      if (this.#known === next) this.#known = known
    })
    // Whoever asks while it is counted again is answered by what stood before.
    return known ? known.model : next.model
  }

  /** Forgets the count: much was taken in. */
  forget(): void {
    this.#known = null
  }

  async #counted(): Promise<LinkageModel> {
    const rows = await this.#database.rows({ name: 'identity-knowledge', text: countText, values: [] })
    const of = (kind: string) =>
      rows.flatMap(([name, value, count]) => (name === kind && value ? [[value, Number(count)] as const] : []))
    const register: RegisterKnowledge = {
      people: Number(rows.find(([name]) => name === 'people')?.[2] ?? 0),
      given: new Map(of('given')),
      family: new Map(of('family')),
      fullNames: new Map(of('full')),
      crowdedPostcodes: new Set(of('crowded').map(([code]) => code)),
      defaultDates: new Set(of('day').map(([day]) => day)),
      testNumbersCount: this.#testNumbersCount,
    }
    return { ...this.#model, register }
  }
}

/** Protected records are not counted: no answer may depend on one, by however little. */
const countText = `
  with person as materialized (
    select agency, split_part(folded, '|', 1) as given, split_part(folded, '|', 4) as family, split_part(folded, '|', 5) as ear,
      split_part(folded, '|', 7) as birth, split_part(folded, '|', 9) as code
    from gateway.person_record where not protected and folded <> '' and agency <> 'adultServices'),
  source as (select agency, count(*) as people from person group by agency)
  select 'people', '', count(*)::text from person
  union all select 'given', given, count(*)::text from person where given <> '' group by given having count(*) >= ${fewestBearers}
  union all select 'family', family, count(*)::text from person where family <> '' group by family having count(*) >= ${fewestBearers}
  union all select 'full', given || ' ' || family, count(*)::text from person where given <> '' and family <> ''
    group by given, family having count(*) >= ${fewestBearers}
  union all select 'crowded', code, count(distinct ear)::text from person where length(code) > 4 and ear <> ''
    group by code having count(distinct ear) >= ${mostFamilies}
  union all select 'day', birth, max(borne)::text from (
    select person.agency, birth, count(*) as borne, source.people from person join source on source.agency = person.agency
    where length(birth) = 8 group by person.agency, birth, source.people
    having count(*) >= ${defaultDay.fewest} and count(*) > ${defaultDay.times} * source.people / ${defaultDay.days}.0) as days
    group by birth`
