import type { AgencyName } from '../foundation/agencies.ts'
import type { Caller } from './caller.ts'
import type { ChildFacts, HoldFact } from './facts.ts'
import type { Grant, HeldHeadlines, HeldPart, RowsGrant } from './grant.ts'
import { holdsBefore, knewOfHarm, standsOn } from './holdsInForce.ts'
import { decideHeldRecord, type LabelObligation, type MaskQuestion, type RowMasks } from './labelMasks.ts'
import { type Label, maskOf } from './labels.ts'

type HeldRecords = Pick<RowsGrant, 'heldRecords' | 'heldBy'>

export const nothingHeldBack: HeldRecords = { heldRecords: [] }

/** Ids of the single records that some of these holds keep back, and whose each is. */
export const heldRecordsOf = (
  holds: readonly HoldFact[],
  agency: AgencyName,
  kinds: RowMasks['heldKinds'],
  stands: (hold: HoldFact) => boolean,
): HeldRecords => {
  const held = holds.filter(
    (hold) => hold.agency === agency && hold.recordId !== null && kinds.has(hold.kind) && stands(hold),
  )
  if (held.length === 0) return nothingHeldBack
  return {
    heldRecords: held.flatMap(({ recordId }) => recordId ?? []),
    heldBy: held.map(({ organisation }) => organisation),
  }
}

/** Single records that others hold back, as this caller may be told of them. */
export interface HeldParts {
  readonly told: readonly HeldPart[]
  readonly duties: readonly LabelObligation[]
  /** Records, by holder and id, whose headline passes every hold that stands on them, and their labels. */
  readonly headlines: ReadonlyMap<string, Label>
}

const noParts: HeldParts = { told: [], duties: [], headlines: new Map() }

/** What may be told of single records that others hold back. Of one whose label is not known nothing is. */
export function heldPartsOf(
  questionOf: () => MaskQuestion,
  caller: Caller,
  facts: ChildFacts,
  agency: AgencyName,
  heldKinds: RowMasks['heldKinds'],
): HeldParts {
  if (facts.holds.length === 0) return noParts
  const standing = holdsBefore(caller, facts).filter(
    (hold) =>
      hold.agency === agency &&
      hold.recordId !== null &&
      heldKinds.has(hold.kind) &&
      standsOn(hold, caller.organisation, false),
  )
  if (standing.length === 0) return noParts
  const question = questionOf()
  const records = standing.map(({ kind, label, organisation, recordId, ...hold }) => ({
    ...{ label, organisation, key: heldKey(organisation, recordId ?? '') },
    decided:
      label === null || !question.labelsOfSource.has(label)
        ? null
        : decideHeldRecord(
            question,
            label,
            kind === 'NOT_RELEVANT' ? { relevance: kind } : { hold: kind, holdKnewOfHarm: knewOfHarm(hold, facts) },
          ),
  }))
  const shut = new Set(records.flatMap(({ decided, key }) => (decided?.opensHeadline ? [] : [key])))
  const told = records.flatMap(({ decided, organisation }) =>
    decided?.withheld ? [{ ...decided.withheld, organisation }] : [],
  )
  return {
    told: [...new Map(told.map((part) => [JSON.stringify(part), part])).values()],
    duties: records.flatMap(({ decided, label }) =>
      decided && label ? [...decided.duties].map((kind) => ({ kind, label })) : [],
    ),
    headlines: new Map(
      records.flatMap(({ key, label }) => (label === null || shut.has(key) ? [] : [[key, label] as const])),
    ),
  }
}

const heldKey = (organisation: string, recordId: string): string => `${organisation} ${recordId}`

/**
 * The decision on records whose headline passes their holds: their own labels' headlines, and what it withholds beside.
 */
export function headlinesOf(grant: Grant, { headlines, told }: HeldParts): HeldHeadlines | null {
  if (headlines.size === 0) return null
  const { apart: _, heldRecords, heldBy = [], ...decided } = grant
  const places = [...heldRecords.keys()]
  const isPassing = (at: number) => headlines.has(heldKey(heldBy[at] ?? '', heldRecords[at] ?? ''))
  const still = places.filter((at) => !isPassing(at))
  return {
    records: places.filter(isPassing).flatMap((at) => heldRecords[at] ?? []),
    grant: {
      ...decided,
      headline: grant.headline & maskOf([...headlines.values()]),
      content: 0,
      redact: 0,
      own: null,
      heldRecords: still.flatMap((at) => heldRecords[at] ?? []),
      heldBy: still.map((at) => heldBy[at] ?? ''),
      withheld: told.filter(({ level }) => level === 'CONTENT').map(({ organisation: __, ...withheld }) => withheld),
    },
  }
}
