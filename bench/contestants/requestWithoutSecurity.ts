import { randomUUID } from 'node:crypto'
import DataLoader from 'dataloader'
import type { GraphQLResolveInfo } from 'graphql'
import { type Asking, agencyQueriesOf, once, queryAgencies } from '../../src/disclosure/agencyQueries.ts'
import type { Disclosing } from '../../src/disclosure/answer.ts'
import type { DisclosureSetting } from '../../src/disclosure/disclosureRequest.ts'
import { planOfChild } from '../../src/disclosure/needsPlan.ts'
import type { AuthorisedChild, RequestContext } from '../../src/disclosure/requestContext.ts'
import { type AgencyName, agencies, eachAgency } from '../../src/foundation/agencies.ts'
import { secondsOf } from '../../src/foundation/clock.ts'
import type { Caller } from '../../src/policy/caller.ts'
import type { ChildFacts } from '../../src/policy/facts.ts'
import type { Grant } from '../../src/policy/grant.ts'
import { batchPerTick } from '../../src/store/batchPerTick.ts'
import type { Database } from '../../src/store/database.ts'

export type Grants = Readonly<Record<AgencyName, Grant>>

type Persons = ChildFacts['persons']

/** Who children are in each agency, in order; null for no child of ours. */
export type Links = (ids: readonly string[]) => Promise<readonly (Persons | null)[]>

/** What a request has once nobody asks who is asking: who the child is in each agency, and what agencies say. */
export class OpenRequest implements Disclosing {
  readonly requestId: string
  readonly auditId = randomUUID()
  readonly caller: Caller
  readonly clock: RequestContext['clock']
  readonly registry: RequestContext['registry']
  readonly contracts: RequestContext['contracts']
  readonly audit: RequestContext['audit']
  readonly layouts: DisclosureSetting['opening']['planning']['layouts']
  readonly #setting: DisclosureSetting
  readonly #granted: Grants
  readonly #persons: DataLoader<string, Persons | null>
  readonly #ask: Asking

  constructor(setting: DisclosureSetting, granted: Grants, links: Links, caller: Caller, requestId: string) {
    const { opening } = setting
    this.#setting = setting
    this.#granted = granted
    this.requestId = requestId
    this.caller = caller
    this.clock = opening.clock
    this.registry = opening.registry
    this.contracts = setting.contracts
    this.audit = setting.audit
    this.layouts = opening.planning.layouts
    this.#persons = new DataLoader(links)
    this.#ask = agencyQueriesOf(opening.sources)
  }

  readonly note = (): void => {}

  readonly record = async (): Promise<void> => {}

  readonly openById = async (
    id: string,
    asOf: string | null,
    info: GraphQLResolveInfo,
  ): Promise<AuthorisedChild | null> => {
    const { planning } = this.#setting.opening
    const plan = planOfChild(info, planning)
    const persons = await this.#persons.load(id)
    if (!persons) return null
    const at = asOf ?? secondsOf(this.clock.today())
    const grants = eachAgency((agency) => ({
      ...this.#granted[agency],
      childId: id,
      persons: persons[agency] ?? [],
      asOf: at,
    }))
    const child: AuthorisedChild = {
      id,
      asOf: at,
      facts: { ...unasked, childId: id, persons },
      grants,
      ...once(() => queryAgencies(this.#ask, { grants, plan }, planning, () => {})),
    }
    await child.answers().catch(() => undefined)
    return child
  }
}

/**
 * Joining, not security: an agency knows a child by its own id. What is asked in one turn is asked together, as facts
 * are.
 */
export const linksFrom = (store: Database): Links =>
  batchPerTick(
    async (questions: readonly (readonly string[])[]) => {
      const found = await personsOf(store, [...new Set(questions.flat())])
      return questions.map((asked) => asked.map((id) => found.get(id) ?? null))
    },
    ({ length }) => length,
  )

async function personsOf(store: Database, ids: readonly string[]): Promise<ReadonlyMap<string, Persons>> {
  const rows = await store.rows({
    name: 'open_links',
    text: `select child_id, agency, person_id from gateway.link
      where child_id = any(array(select json_array_elements_text($1::json))) and ended_at is null order by 1, 2, 3`,
    values: [JSON.stringify(ids)],
  })
  const found = new Map<string, Partial<Record<AgencyName, string[]>>>()
  for (const [child, agencyName, person] of rows) {
    const agency = agencies.find((name) => name === agencyName)
    if (!child || !agency || !person) continue
    const persons = found.get(child) ?? {}
    found.set(child, persons)
    const known = persons[agency]
    if (known) known.push(person)
    else persons[agency] = [person]
  }
  return found
}

/** Facts of which none was asked: what the measured questions answer does not rest on any. */
export const unasked: ChildFacts = {
  childId: '',
  persons: {},
  relationship: 'ALLOCATED',
  harm: 'REASONABLE_CAUSE',
  ageBand: 'UNDER_13',
  responsibleLa: null,
  areaLa: null,
  agreement: true,
  breakGlass: false,
  placeProtected: false,
  consents: [],
  holds: [],
}
