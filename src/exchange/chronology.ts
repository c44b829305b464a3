import DataLoader from 'dataloader'
import type { GatewayLine } from '../childView/chronology.ts'
import type { AgencyType } from '../policy/vocabulary.ts'
import { askedBy, type ExchangeParts } from './exchangeParts.ts'
import { disagreement, subjectOf } from './kinds/disagreement.ts'
import { mailboxesOf } from './mailboxes.ts'
import type { Author, MessageEvent, StoredMessage } from './message.ts'
import { textIn } from './messageKind.ts'
import { viewOf } from './messageView.ts'

/** Values of the `Agency` enum, by the type of organisation that spoke. */
const agencyOf: Readonly<Partial<Record<AgencyType, string>>> = {
  HEALTH: 'HEALTH',
  EDUCATION: 'EDUCATION',
  POLICE: 'POLICE',
  ADULT: 'ADULT_SERVICES',
  CARE_PROVIDER: 'CHILDRENS_HOME',
}

/** A view is of a whole second: what was said within it, a moment before it was asked for, stands in it. */
const endOfSecond = (asOf: string): string => asOf.replace(/(:\d{2})Z$/, '$1.999Z')

/**
 * What of disagreements stands in a child's chronology, for those who are party to them. Children of one turn are asked
 * together.
 */
export class ExchangeChronology {
  readonly #parts: ExchangeParts
  readonly #ofChild: DataLoader<string, readonly StoredMessage[]>

  constructor(parts: ExchangeParts) {
    this.#parts = parts
    this.#ofChild = new DataLoader(async (ids) => {
      const asked = askedBy(parts, parts.now().toISOString())
      const found = await parts.store.ofChildren(asked, ids, disagreement.name)
      return ids.map((id) => found.filter(({ heading }) => heading.childId === id))
    })
  }

  async of(childId: string, asOf: string): Promise<readonly GatewayLine[]> {
    if (mailboxesOf(this.#parts.caller).length === 0) return []
    if (this.#parts.caller.scope && !(await this.#parts.tokenReaches(childId))) return []
    const messages = await this.#ofChild.load(childId)
    const until = endOfSecond(asOf)
    return messages
      .filter((message) => viewOf(this.#parts, message, until) !== null)
      .flatMap((message) => this.#lines(message, until))
  }

  #lines(message: StoredMessage, asOf: string): readonly GatewayLine[] {
    const { heading } = message
    // What was said at one moment stands in the order in which it was said: the chronology's own tie is the id.
    const numbered = (at: number): string => `${heading.id}:${String(at).padStart(4, '0')}`
    const raised = this.#line(numbered(0), heading.sentAt, heading.from, {
      headline: `Disagreement raised: ${subjectOf(message)}`,
      action: textIn(heading.fields, 'wanted') || null,
    })
    const later = message.events
      .filter(({ at }) => Date.parse(at) <= Date.parse(asOf))
      .flatMap((event, at) => {
        const told = tellingOf(event, message)
        return told ? [this.#line(numbered(at + 1), event.at, event.by, told)] : []
      })
    return [raised, ...later]
  }

  #line(id: string, at: string, by: Author, told: Pick<GatewayLine, 'headline' | 'action'>): GatewayLine {
    const organisation = this.#parts.organisationOf(by.organisation)
    return {
      ...told,
      ...{ id: `exchange:${id}`, at, recordedBy: by.role, organisation: by.organisation },
      agency: (organisation && agencyOf[organisation.agencyType]) ?? 'CHILDRENS_SOCIAL_CARE',
      la: organisation?.la ?? null,
      force: organisation?.force ?? null,
    }
  }
}

function tellingOf(event: MessageEvent, message: StoredMessage): Pick<GatewayLine, 'headline' | 'action'> | null {
  if (event.kind === 'STAGE')
    return {
      headline: `Disagreement moved to stage ${String(event.fields['stage'])}: ${subjectOf(message)}`,
      action: textIn(event.fields, 'reason') || null,
    }
  if (event.kind !== 'RESOLUTION') return null
  return {
    headline: `Disagreement resolved (${textIn(event.fields, 'resolution')}): ${subjectOf(message)}`,
    action: textIn(event.fields, 'reasons') || null,
  }
}
