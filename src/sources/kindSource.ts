import { type Holder, isWholeKind } from '../foundation/holder.ts'
import { type Grant, withoutApart } from '../policy/grant.ts'
import type { ChangeVersions } from '../store/changeVersions.ts'
import type { Row } from './contract.ts'
import { type GuardedSource, missingAnswer } from './guardedSource.ts'
import { mergedRecords } from './mergedRecords.ts'
import { type NarrowedGrant, narrowTo } from './narrowToHolders.ts'
import { plainRecords } from './plainRecords.ts'
import type { Ask } from './queryRounds.ts'
import type { FieldSelection, HolderGap, Holding, SourceAnswer } from './source.ts'
import { isWithin, type TimePage } from './timePage.ts'

/** Holders that are read through one binding, behind a deadline and a breaker of its own. */
export interface SourcePart {
  /** For operators. */
  readonly id: string
  readonly source: GuardedSource
  readonly holders: readonly [Holder, ...Holder[]]
  /** Whether it tells several holders apart: a process that serves a whole kind does not. */
  readonly tellsApart: boolean
}

/**
 * Everybody who holds records of one kind. Each binding is asked by itself, all at once; one that is away costs the
 * records of its own holders and nothing beside. With one binding, what it answers passes through as it is.
 */
export class KindSource {
  readonly agency: string
  readonly parts: readonly SourcePart[]
  #look: ReturnType<KindSource['health']> | null = null

  constructor(agency: string, parts: readonly SourcePart[]) {
    this.agency = agency
    this.parts = parts
  }

  /** Asks what one request wants. Never rejects. */
  async ask(asks: readonly Ask[]): Promise<readonly SourceAnswer[]> {
    const parts = this.parts.map((part) => asks.map((ask) => partsOf(ask, part, this.parts.length > 1)))
    const answered = await Promise.all(
      this.parts.map(({ source }, at) => source.ask((parts[at] ?? []).flatMap((each) => each.map(({ ask }) => ask)))),
    )
    const next = this.parts.map(() => 0)
    return asks.map(({ grant, selection }, place) => {
      const found = this.parts.map((part, at) =>
        (parts[at]?.[place] ?? []).map(({ apart: ofHolder, headlines }) => {
          const given = answered[at]?.[next[at] ?? 0] ?? missingAnswer
          next[at] = (next[at] ?? 0) + 1
          const answer = headlines ? ofRecords(given, new Set(headlines.records)) : given
          const apart = headlines?.grant ?? ofHolder
          return { part, apart, answer, tellsHolder: grant.places === 'ALL' }
        }),
      )
      return joined(found.flat(), selection)
    })
  }

  /** Whether every binding may tell what is noted of changes. */
  get mayTellChanges(): boolean {
    return this.parts.length > 0 && this.parts.every(({ source }) => source.mayTellChanges)
  }

  /** What `AgencySource.changeVersions` tells, of all bindings; null where one does not tell. Never rejects. */
  async changeVersions(persons: readonly string[]): Promise<ChangeVersions | null> {
    const told = await Promise.all(this.parts.map(({ source }) => source.changeVersions(persons)))
    return joinedVersions(told)
  }

  /** Whether each binding can be reached now. */
  health(): Promise<readonly { readonly id: string; readonly ok: boolean; readonly detail: string }[]> {
    return Promise.all(this.parts.map(async ({ id, source }) => ({ id, ...(await source.health()) })))
  }

  /**
   * Whether a binding does not answer now, of one holder or of any. Asked about no child, so that it says nothing of
   * one; who asks at once shares the look.
   */
  async isAway(holder: string | null): Promise<boolean> {
    this.#look ??= this.health().finally(() => {
      this.#look = null
    })
    const looked = await this.#look
    return this.parts.some(
      ({ holders }, at) =>
        looked[at]?.ok === false && (holder === null || holders.some((one) => isWholeKind(one) || one.id === holder)),
    )
  }

  async close(): Promise<void> {
    await Promise.all(this.parts.map(({ source }) => source.close().catch(() => undefined)))
  }
}

interface PartAsk extends Pick<NarrowedGrant, 'apart' | 'headlines'> {
  readonly ask: Ask
}

/** What is asked of one binding about one child. */
function partsOf(
  { grant, selection }: Ask,
  { holders, tellsApart }: SourcePart,
  isOneOfSeveral: boolean,
): readonly PartAsk[] {
  const narrowed = narrowTo(holders, tellsApart || !grant.apart ? grant : withoutApart(grant))
  const asked = isOneOfSeveral || narrowed.length > 1 ? withTimes(selection) : selection
  // Each a grant of its own: what is kept by a grant is not another binding's.
  const own = (narrow: Grant) => (narrow === grant && isOneOfSeveral ? { ...narrow } : narrow)
  return narrowed.map(({ grant: narrow, ...each }) => ({ ...each, ask: { grant: own(narrow), selection: asked } }))
}

/**
 * Of an answer the records of these ids alone. That they are there was told; how many there are of a kind is counted of
 * the others.
 */
function ofRecords(answer: SourceAnswer, only: ReadonlySet<string>): SourceAnswer {
  if (answer.state !== 'ANSWERED') return answer
  const { records, matching: _, ...rest } = answer
  const ofIds = ({ id }: Row): boolean => only.has(id.slice(id.indexOf(':') + 1))
  const lists = Object.fromEntries(records.lists.map((list) => [list, records.rows(list).filter(ofIds)]))
  records.release()
  return { ...rest, records: plainRecords(lists), holdings: [] }
}

interface Found {
  /** The decision, where it is not the common one. */
  readonly apart: Grant | null
  readonly part: SourcePart
  readonly answer: SourceAnswer
  /** Who holds records tells where the child is: only where places are not kept back. */
  readonly tellsHolder: boolean
}

/** What the bindings answered about one child, as one answer. */
function joined(found: readonly Found[], { pages = [] }: FieldSelection): SourceAnswer {
  const [only] = found
  if (!only) return { state: 'NOT_CONNECTED', detail: 'no holder is connected' }
  const away = found.flatMap(({ part, answer }): HolderGap[] =>
    answer.state === 'ANSWERED'
      ? []
      : part.holders.flatMap((holder) => (isWholeKind(holder) ? [] : { holder, state: answer.state })),
  )
  const gaps = away.length === 0 ? {} : { gaps: distinct(away) }
  const answers = found.flatMap(({ answer, ...rest }) => (answer.state === 'ANSWERED' ? [{ ...rest, answer }] : []))
  const [first] = answers
  if (!first) return { ...only.answer, ...gaps }
  if (found.length === 1) return withHolder(first)
  const versions = answers.map(({ answer }) => answer.changeVersions ?? null)
  return {
    state: 'ANSWERED',
    records: mergedRecords(answers.map(({ apart, answer }) => ({ records: answer.records, apart }))),
    holdings: answers.flatMap((each) => withHolder(each).holdings),
    changeVersions: away.length === 0 ? (joinedVersions(versions) ?? undefined) : undefined,
    ...gaps,
    ...(pages.length === 0 ? {} : { matching: matchingOf(answers, pages) }),
  }
}

/** Of several bindings together: one counted, another gave all that it has. */
function matchingOf(
  answers: readonly { readonly answer: Answered }[],
  pages: readonly TimePage[],
): ReadonlyMap<string, number> {
  const counted = pages.filter(({ key }) => answers.some(({ answer }) => answer.matching?.has(key)))
  return new Map(
    counted.map((page) => {
      const given = ({ records }: Answered) =>
        records.lists.reduce((sum, list) => sum + records.readings(list).filter((row) => isWithin(page, row)).length, 0)
      return [page.key, answers.reduce((sum, { answer }) => sum + (answer.matching?.get(page.key) ?? given(answer)), 0)]
    }),
  )
}

type Answered = Extract<SourceAnswer, { state: 'ANSWERED' }>

/** A binding of one holder need not say of each count whose it is. */
function withHolder({ part, answer, tellsHolder }: Omit<Found, 'apart'> & { readonly answer: Answered }): Answered {
  const [holder] = part.holders
  if (!tellsHolder || part.holders.length > 1 || holder.organisation === null) return answer
  if (answer.holdings.every((each) => each.holder !== undefined)) return answer
  const said = (each: Holding): Holding => (each.holder === undefined ? { ...each, holder: holder.id } : each)
  return { ...answer, holdings: answer.holdings.map(said) }
}

const distinct = (gaps: readonly HolderGap[]): readonly HolderGap[] => [
  ...new Map(gaps.map((gap) => [gap.holder.id, gap])).values(),
]

/** Of several bindings, each in its turn: what one notes of a person's id is not what another does. */
function joinedVersions(all: readonly (ChangeVersions | null)[]): ChangeVersions | null {
  const told = all.flatMap((each) => each ?? [])
  const [only] = told
  if (!only || told.length < all.length) return null
  if (told.length === 1) return only
  const keys = new Set(told.flatMap((each) => [...each.keys()]))
  return new Map(
    [...keys].map((key) => [
      key,
      {
        value: told.map((each) => each.get(key)?.value ?? '').join(' '),
        latest: Math.max(...told.map((each) => each.get(key)?.latest ?? Number.NEGATIVE_INFINITY)),
      },
    ]),
  )
}

const timed = new WeakMap<FieldSelection, FieldSelection>()

/** The same selection, and of every record when it happened: what comes from several places is put in order by it. */
function withTimes(selection: FieldSelection): FieldSelection {
  const known = timed.get(selection)
  if (known) return known
  const lists = new Map([...selection.lists].map(([list, fields]) => [list, new Set([...fields, 'eventAt'])] as const))
  const made = { ...selection, lists }
  timed.set(selection, made)
  return made
}
