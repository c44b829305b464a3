import { leadAgency } from '../foundation/agencies.ts'
import { secondsOf } from '../foundation/clock.ts'
import type { Caller } from '../policy/caller.ts'
import type { ChildFacts } from '../policy/facts.ts'
import { ukDay } from '../records/dayAndAge.ts'
import { personKind } from '../sources/sourceLayout.ts'
import { type ChangeVersions, changeVersionOf, keyOf, wholeTable } from '../store/changeVersions.ts'
import { childKey } from '../store/registerChanges.ts'

/** Who asks, and when: registers are judged at `now`, records are read as of `today`. */
export interface Lookup {
  readonly caller: Caller
  readonly now: Date
  readonly today: Date
}

/** What is noted of changes, by the gateway's registers and by the lead agency. */
export interface Noted {
  readonly registers: ChangeVersions
  readonly lead: ChangeVersions
}

/** What was derived of one child for one caller, and until what it holds. */
export interface CachedFacts {
  /** Null: there is no such child. */
  readonly facts: ChildFacts | null
  /** Under which key the registers note changes. */
  readonly key: string
  /** Of the lead agency. */
  readonly persons: readonly string[]
  readonly noted: readonly NotedOf[]
  /** The days on which it was judged. */
  readonly days: string
  /** Milliseconds since 1970. */
  readonly cachedAt: number
  readonly endsAt: number | null
  /**
   * Records of the lead agency as of this second; null when none was dated later, so that every later one reads the
   * same.
   */
  readonly asOf: number | null
}

/** What nobody asked for again is dropped. */
const longestCached = 5 * 60_000

/**
 * One lookup of so many reads everything again, by the same statements as if something had changed. An answer that took
 * longer then tells nobody that something was noted about the child, be it something whose existence is hidden.
 */
const refreshOneIn = 32

/**
 * Facts that were derived for one caller, for as long as nothing changed that they were derived from. Whether anything
 * did is asked on every request, of the databases themselves; nothing is believed for having been so a moment ago. No
 * caller finds what another's lookup left: a quick answer would tell that somebody else looked at the child.
 */
export class FactsCache {
  /** By caller; least recently updated first. */
  readonly #callers = new Map<string, CacheOfCaller>()
  readonly #most: number
  readonly #random: () => number
  #count = 0

  /** @param most that are cached; one is a kilobyte. */
  constructor(most: number, random: () => number = Math.random) {
    this.#most = most
    this.#random = random
  }

  /**
   * What is cached of these children, in order. Null when one of them must be looked up in any case, and then all are:
   * what changed must not be distinguishable from what was never asked.
   */
  of(lookup: Lookup, ids: readonly string[]): readonly CachedFacts[] | null {
    const known = this.#callers.get(callerOf(lookup))?.children
    if (!known) return null
    const days = daysOf(lookup)
    const found: CachedFacts[] = []
    for (const id of ids) {
      const cached = known.get(id)
      if (!cached || !mayHold(cached, lookup, days)) return null
      found.push(cached)
    }
    return found
  }

  /**
   * The facts, when nothing has changed that they were derived from, and it is not the turn to refresh; else null.
   */
  holding(cached: readonly CachedFacts[], noted: Noted): readonly (ChildFacts | null)[] | null {
    if (this.#random() * refreshOneIn < 1) return null
    const isSame = ({ by, key, stamp }: NotedOf): boolean => changeVersionOf(noted[by], key) === stamp
    return cached.every((each) => each.noted.every(isSame)) ? cached.map(({ facts }) => facts) : null
  }

  /**
   * Caches what was derived. Versions must have been read with what it was derived from, or before, so that a change in
   * between shows.
   *
   * @param facts null: there is no such child.
   * @param endsAt milliseconds since 1970 at which they end by themselves; null when they do not.
   */
  keep(lookup: Lookup, id: string, facts: ChildFacts | null, endsAt: number | null, noted: Noted): void {
    const caller = callerOf(lookup)
    const at = lookup.now.getTime()
    const children = this.#callers.get(caller)?.children ?? new Map<string, CachedFacts>()
    this.#callers.delete(caller)
    this.#callers.set(caller, { children, latest: at })
    if (!children.has(id)) this.#count += 1
    // Texts of its own: those of an answer from the database keep alive all that came with them.
    const own = structuredClone(facts)
    const persons = own?.persons[leadAgency] ?? []
    const asOf = secondOf(lookup.today)
    children.set(id, {
      facts: own,
      key: childKey(id),
      persons,
      noted: notedOf(childKey(id), persons, noted),
      days: daysOf(lookup),
      cachedAt: at,
      endsAt,
      asOf: persons.some((person) => (noted.lead.get(keyOf(personKind, person))?.latest ?? 0) > asOf) ? asOf : null,
    })
    this.#forget(at)
  }

  /** Callers for whom nothing was cached for long, and as many more as there is no room for. */
  #forget(at: number): void {
    for (const [caller, { children, latest }] of this.#callers) {
      if (this.#count <= this.#most && at - latest < longestCached) break
      this.#callers.delete(caller)
      this.#count -= children.size
    }
  }
}

interface NotedOf {
  readonly by: keyof Noted
  readonly key: string
  readonly stamp: string
}

interface CacheOfCaller {
  readonly children: Map<string, CachedFacts>
  /** Milliseconds since 1970. */
  readonly latest: number
}

/** What is noted of a child, of everybody, and of the persons who stand for the child. */
const notedOf = (child: string, persons: readonly string[], noted: Noted): readonly NotedOf[] =>
  [
    ...[child, wholeTable].map((key) => ({ by: 'registers' as const, key })),
    ...[wholeTable, ...persons.map((person) => keyOf(personKind, person))].map((key) => ({ by: 'lead' as const, key })),
  ].map(({ by, key }) => ({ by, key, stamp: changeVersionOf(noted[by], key) }))

const names = new WeakMap<Caller, string>()

/** All of a caller that facts follow from. */
function callerOf({ caller }: Lookup): string {
  const known = names.get(caller)
  if (known !== undefined) return known
  const { issuer, subject, organisation, agencyType, la, force, purpose } = caller
  const name = JSON.stringify([issuer, subject, organisation, agencyType, la, force, purpose])
  names.set(caller, name)
  return name
}

/** Birthdays and the ends of consents are by the day here; records are read by the day of their instant. */
const daysOf = ({ now, today }: Lookup): string => `${ukDay(now)} ${ukDay(today)} ${secondsOf(today).slice(0, 10)}`

/** As records are read: without fractions. */
const secondOf = (today: Date): number => Math.floor(today.getTime() / 1000)

function mayHold(cached: CachedFacts, { now, today }: Lookup, days: string): boolean {
  const at = now.getTime()
  return (
    (cached.endsAt === null || at < cached.endsAt) &&
    at - cached.cachedAt < longestCached &&
    (cached.asOf === null || cached.asOf === secondOf(today)) &&
    cached.days === days
  )
}
