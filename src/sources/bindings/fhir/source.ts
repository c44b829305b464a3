import { LRUCache } from 'lru-cache'
import type { Clock } from '../../../foundation/clock.ts'
import type { Grant } from '../../../policy/grant.ts'
import { asAbortSignal, type Stopping } from '../../../store/stopping.ts'
import { grantedAnswer } from '../../grantedAnswer.ts'
import type { HeldRecord } from '../../heldRecord.ts'
import { noRecords } from '../../plainRecords.ts'
import type { AgencySource, FieldSelection, SourceAnswer } from '../../source.ts'
import type { SourceLayout } from '../../sourceLayout.ts'
import type { FhirClient } from './client.ts'
import type { CodeBook } from './codeBook.ts'
import type { Reading } from './draft.ts'
import { asOfDay } from './history.ts'
import type { FhirHolder } from './holder.ts'
import { idOf, isId, type Json } from './json.ts'
import { type Named, namedOf, namedTypes, nobody, referencesIn } from './names.ts'
import { FhirError, isUnsupported } from './outcome.ts'
import { bundleOf, everyPage } from './pages.ts'
import { type ResourceType, searchOf, typesFor, type Withheld, withheldFrom } from './searches.ts'
import { subjectsOf } from './subjects.ts'

type Answered = Extract<SourceAnswer, { state: 'ANSWERED' }>

export interface FhirSourceOptions {
  readonly layout: SourceLayout
  readonly holder: FhirHolder
  readonly client: FhirClient
  readonly book: CodeBook
  readonly clock: Clock
  /** Told of every value that is not what its field takes, by list and field and never by what it was. */
  readonly onBad: (list: string, field: string) => void
}

/** So many children go into one batch. */
const mostChildren = 100
/** So many names are searched for at once. */
const mostNames = 100
/** What was asked for as of a moment ago is what the server holds now. */
const lateMs = 60_000
const namesKept = 5000
const namesLifeMs = 10 * 60_000

/**
 * A health holder behind a FHIR R4 server. Grants that are read alike go in one batch, whatever the number of
 * children; what is withheld is left out of the search where the search can, and every record that comes is judged by
 * its grant all the same.
 */
export class FhirSource implements AgencySource {
  readonly agency: string
  readonly #options: FhirSourceOptions
  readonly #closing = new AbortController()
  /** Types of which this server's search cannot leave out what is withheld: it refused once. */
  readonly #cannotLeaveOut = new Set<string>()
  readonly #names = new LRUCache<string, Named>({ max: namesKept, ttl: namesLifeMs })

  constructor(options: FhirSourceOptions) {
    this.agency = options.layout.contract.name
    this.#options = options
  }

  async fetch(
    grants: readonly Grant[],
    selection: FieldSelection,
    stopping: Stopping,
  ): Promise<ReadonlyMap<string, Answered>> {
    const signal = AbortSignal.any([asAbortSignal(stopping), this.#closing.signal])
    const groups = new Map<string, Group>()
    for (const grant of grants) {
      const asked = this.#asked(grant, selection)
      const key = JSON.stringify([asked.searches, grant.asOf])
      const group = groups.get(key) ?? { ...asked, asOf: grant.asOf, grants: [] }
      group.grants.push(grant)
      groups.set(key, group)
    }
    const answers = new Map<string, Answered>()
    const parts = [...groups.values()].flatMap(inParts)
    await Promise.all(parts.map((part) => this.#fetchGroup(part, selection, signal, answers)))
    return answers
  }

  /** What is asked for one grant: types, and how each is searched for whoever it is about. */
  #asked(grant: Grant, selection: FieldSelection): Pick<Group, 'types' | 'withheld' | 'searches'> {
    const { layout, holder, book } = this.#options
    const types = typesFor(layout, grant, selection)
    const withheld = withheldFrom(grant, holder.organisation, book)
    return { types, withheld, searches: types.map((type) => searchOf(type, [], withheld)) }
  }

  async #fetchGroup(
    group: Group,
    selection: FieldSelection,
    signal: AbortSignal,
    answers: Map<string, Answered>,
  ): Promise<void> {
    const { layout, holder } = this.#options
    const persons = new Set(group.grants.flatMap(({ persons: own }) => own.filter(isId)))
    const records = persons.size === 0 || group.types.length === 0 ? [] : await this.#records(group, persons, signal)
    for (const grant of group.grants)
      answers.set(
        grant.childId,
        group.types.length === 0 ? nothingOpen(selection) : grantedAnswer(layout, grant, selection, records, holder),
      )
  }

  async #records(
    { types, withheld, asOf }: Group,
    persons: ReadonlySet<string>,
    signal: AbortSignal,
  ): Promise<readonly HeldRecord[]> {
    const { layout, holder, client, book, clock, onBad } = this.#options
    const found = await this.#search(types, [...persons], withheld, signal)
    const isPast = Date.parse(asOf) < clock.now().getTime() - lateMs
    const [first = ''] = persons
    const current = found.flatMap(({ resources }) => resources)
    const resources = isPast ? await asOfDay(client, current, asOf, first, signal) : current
    const reading: Reading = {
      ...{ layout, holder, book, onBad, base: client.base, readAt: asOf },
      names: await this.#namesIn(resources, signal),
    }
    const byType = new Map(types.map((type) => [type.type, type]))
    return resources.flatMap((resource) => {
      const type = byType.get(String(resource['resourceType']))
      if (!type) return []
      if (idOf(resource) === null) {
        onBad(type.lists[0] ?? '', 'id')
        return []
      }
      return subjectsOf(type, resource, client.base)
        .filter((person) => persons.has(person))
        .flatMap((person) => type.records(reading, resource, person))
    })
  }

  /**
   * Searches for all types in one batch, and once more, whole, for those of which the server cannot leave anything
   * out.
   */
  async #search(
    types: readonly ResourceType[],
    persons: readonly string[],
    withheld: Withheld,
    signal: AbortSignal,
  ): Promise<readonly { readonly resources: readonly Json[] }[]> {
    const { client } = this.#options
    const urlOf = (type: ResourceType): string =>
      searchOf(type, persons, this.#cannotLeaveOut.has(type.type) ? null : withheld)
    const parts = await client.batch(types.map(urlOf), signal)
    const whole = types.filter((type, nth) => {
      const part = parts[nth]
      return part && isUnsupported(part.status) && urlOf(type) !== searchOf(type, persons, null)
    })
    for (const { type } of whole) this.#cannotLeaveOut.add(type)
    const again = await client.batch(whole.map(urlOf), signal)
    return Promise.all(
      types.map(async (type, nth) => {
        const part = again[whole.indexOf(type)] ?? parts[nth]
        if (!part) throw new FhirError(0, `no answer about ${type.type}`)
        const { matches, included } = await everyPage(client, type.type, bundleOf(part, type.type), signal)
        this.#remember(included)
        return { resources: matches }
      }),
    )
  }

  /**
   * The people and organisations that records name: those that are not known yet are read together, roles before whom
   * they name.
   */
  async #namesIn(resources: readonly Json[], signal: AbortSignal): Promise<Reading['names']> {
    const wanted = new Set(resources.flatMap((resource) => referencesIn(resource, this.#options.client.base)))
    await this.#readNames([...wanted], signal)
    const further = [...wanted].flatMap((reference) => {
      const known = this.#names.get(reference)
      return [known?.practitioner, known?.organization].flatMap((each) => each ?? [])
    })
    await this.#readNames(further, signal)
    return new Map(
      [...wanted, ...further].flatMap((reference) => {
        const known = this.#names.get(reference)
        return known ? [[reference, known] as const] : []
      }),
    )
  }

  async #readNames(references: readonly string[], signal: AbortSignal): Promise<void> {
    const { client } = this.#options
    const unknown = [...new Set(references)].filter((reference) => !this.#names.has(reference))
    const searches = namedTypes.flatMap((type) => {
      const ids = unknown.filter((each) => each.startsWith(`${type}/`)).map((each) => each.slice(type.length + 1))
      return inFew(ids, mostNames).map((few) => ({
        type,
        url: `${type}?${new URLSearchParams({ _id: few.join(',') })}`,
      }))
    })
    const parts = await client.batch(
      searches.map(({ url }) => url),
      signal,
    )
    for (const [nth, part] of parts.entries()) {
      const type = searches[nth]?.type ?? ''
      // Whoever may not be looked up is not named: the record stands without.
      if (part.status === 403 || isUnsupported(part.status)) continue
      const { matches, included } = await everyPage(client, type, bundleOf(part, type), signal)
      this.#remember([...matches, ...included])
    }
    // Who was not found is not looked for by every request.
    for (const reference of unknown) if (!this.#names.has(reference)) this.#names.set(reference, nobody)
  }

  #remember(resources: readonly Json[]): void {
    for (const resource of resources) {
      const found = namedOf(resource, this.#options.client.base)
      if (found) this.#names.set(...found)
    }
  }

  async health(): Promise<{ ok: boolean; detail: string }> {
    const { client } = this.#options
    try {
      // Nobody has this id: that the search is answered is all that is asked.
      const url = client.address('Patient?_id=wholeview-health-check&_count=1')
      const answer = await client.get(url, AbortSignal.any([AbortSignal.timeout(2000), this.#closing.signal]))
      const ok = answer['resourceType'] === 'Bundle'
      return { ok, detail: ok ? 'answers' : 'answers something else' }
    } catch (error) {
      return { ok: false, detail: error instanceof Error ? error.message : 'no answer' }
    }
  }

  async close(): Promise<void> {
    this.#closing.abort()
  }
}

/** Grants for which the same is asked. */
interface Group {
  readonly types: readonly ResourceType[]
  readonly withheld: Withheld
  readonly searches: readonly string[]
  readonly asOf: string
  readonly grants: Grant[]
}

const inParts = (group: Group): readonly Group[] =>
  inFew(group.grants, mostChildren).map((grants) => ({ ...group, grants: [...grants] }))

const inFew = <T>(all: readonly T[], most: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / most) }, (_, at) => all.slice(at * most, (at + 1) * most))

const nothingOpen = ({ lists }: FieldSelection): Answered => ({
  state: 'ANSWERED',
  records: noRecords([...lists.keys()]),
  holdings: [],
})
