import { createHash } from 'node:crypto'
import type { Clock } from '../foundation/clock.ts'
import type { AgencyType, Purpose, Role } from '../policy/vocabulary.ts'
import { ukDay } from '../records/dayAndAge.ts'
import { type Around, type Notice, nameOf, type WatchList } from './alertWatchList.ts'
import { type Audience, audiences } from './audience.ts'
import type { Evaluation, FoundAlert } from './evaluateRules.ts'
import type { Rule } from './rule.ts'

/** An organisation as its issuer registers it: what it is, and which roles may ask for what. */
export interface WatchedOrganisation {
  readonly code: string
  readonly agencyType: AgencyType
  readonly la: string | null
  readonly force: string | null
  readonly roles: readonly { readonly role: Role; readonly purposes: readonly Purpose[] }[]
}

/** As whom the gateway looks at a child for itself. */
export interface Watching {
  readonly organisation: WatchedOrganisation
  readonly role: Role
  readonly purpose: Purpose
}

/** What the gateway looks at, under the grant of an audience. */
export interface Look {
  readonly evaluation: Evaluation
  /** Writes the audit entry of what is told of it; before `release`, while its records are there. */
  readonly record: () => Promise<void>
  readonly release: () => void
}

/** One notice on its way. The same key is the same notice, however often it is sent. */
export interface SentNotice extends Notice {
  readonly key: string
  /** What the rule looks for. What it found stands in the live answer alone, where what is withheld later leaves it. */
  readonly explanation: string
}

export interface WatcherParts {
  readonly list: WatchList
  readonly clock: Clock
  /** Organisations of which somebody may know of a child, by who is around the child. */
  readonly organisationsAround: (around: Around) => readonly WatchedOrganisation[]
  /** Null where the audience may not know of the child. */
  readonly look: (childId: string, as: Watching, rules: readonly Rule[]) => Promise<Look | null>
  readonly notify: (notice: SentNotice) => Promise<void>
  /** What else follows from what is on record of a child now, for whom no rule speaks. */
  readonly followUp: (childId: string) => Promise<void>
  readonly rules: readonly Rule[]
  /** How long a child about whom no clock runs is left alone: then its holders' records are read again. */
  readonly everyMilliseconds: number
  readonly onFailure: (reason: string) => void
  /** Told how many milliseconds each look took; what comes next waits for it. */
  readonly makeWay: (took: number) => Promise<unknown>
}

/** Children that one replica takes at once. */
const taken = 20

/** Of these, how many are looked at side by side: while one waits for the database, another is judged. */
const sideBySide = 2

/**
 * Looks at children whose time has come, once for each audience of each organisation that works with them, under that
 * audience's own grant, and tells it of what it was not told of. What one audience may know reaches no other.
 */
export class AlertWatcher {
  readonly #parts: WatcherParts
  #isStopped = false

  constructor(parts: WatcherParts) {
    this.#parts = parts
  }

  /** Begins no further look. A child whose turn it was is looked at again when its lease is over. */
  stop(): void {
    this.#isStopped = true
  }

  /** Looks at some children that are due; gives how many. */
  async turn(): Promise<number> {
    const { list, clock, everyMilliseconds, onFailure } = this.#parts
    await list.enrol(clock.today())
    const ids = await list.take(clock.today(), clock.now(), taken)
    const waiting = [...ids]
    const work = async (): Promise<void> => {
      for (let id = waiting.shift(); id !== undefined && !this.#isStopped; id = waiting.shift()) {
        const later = new Date(clock.today().getTime() + everyMilliseconds)
        const next = await this.#lookAt(id).catch(() => {
          onFailure('a child could not be looked at')
          return null
        })
        if (this.#isStopped) return
        await list.done(id, next !== null && next < later ? next : later)
      }
    }
    await Promise.all(Array.from({ length: sideBySide }, work))
    return ids.length
  }

  /** When the first clock runs out that an audience may know of. */
  async #lookAt(childId: string): Promise<Date | null> {
    const { list, clock, followUp, makeWay, organisationsAround, look, rules } = this.#parts
    const [around, told] = await Promise.all([list.around(childId, ukDay(clock.today())), list.toldOf(childId)])
    let first: Date | null = null
    for (const organisation of organisationsAround(around)) {
      for (const audience of audiencesOf(organisation)) {
        if (this.#isStopped) return null
        const began = performance.now()
        const own = rules.filter((rule) => rule.audience.includes(audience))
        const seen = await look(childId, { organisation, ...audience }, own)
        if (seen) {
          const { alerts, nextAt } = seen.evaluation
          const notices = alerts.map((found) => noticeOf(childId, organisation.code, audience.role, found))
          await this.#tell(
            notices.filter((notice) => !told.has(nameOf(notice))),
            seen,
          ).finally(seen.release)
          const at = nextAt === null ? null : new Date(nextAt)
          if (at !== null && (first === null || at < first)) first = at
        }
        await makeWay(performance.now() - began)
      }
    }
    await followUp(childId)
    return first
  }

  async #tell(fresh: readonly SentNotice[], { record }: Look): Promise<void> {
    const { list, clock, notify } = this.#parts
    if (fresh.length === 0) return
    // Nothing is told of what the log does not hold.
    await record()
    const sent: SentNotice[] = []
    try {
      for (const notice of fresh) {
        await notify(notice)
        sent.push(notice)
      }
    } finally {
      // Told first and kept then: whoever dies between tells it again under the same key, and nobody hears it twice.
      await list.told(sent, clock.today())
    }
  }
}

/** Audiences that an organisation has people for. */
const audiencesOf = ({ agencyType, roles }: WatchedOrganisation): readonly Audience[] =>
  audiences.filter(
    (audience) =>
      audience.agencyType === agencyType &&
      roles.some(({ role, purposes }) => role === audience.role && purposes.includes(audience.purpose)),
  )

function noticeOf(childId: string, organisation: string, role: Role, { rule, finding }: FoundAlert): SentNotice {
  const parts = [childId, rule.code, finding.anchor, organisation, role]
  return {
    childId,
    code: rule.code,
    version: rule.version,
    anchor: finding.anchor,
    organisation,
    role,
    key: createHash('sha256').update(JSON.stringify(parts)).digest('hex'),
    explanation: rule.rule,
  }
}
