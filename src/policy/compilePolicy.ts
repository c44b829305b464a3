import { LRUCache } from 'lru-cache'
import type { AgencyName } from '../foundation/agencies.ts'
import type { Caller } from './caller.ts'
import type { ChildFacts, ConsentFact, HoldFact } from './facts.ts'
import type { Grant, HeldPart, HolderGrant } from './grant.ts'
import { headlinesOf, heldPartsOf, heldRecordsOf, nothingHeldBack } from './heldRecords.ts'
import { holdsBefore, knewOfHarm, labelHolds, standsOn } from './holdsInForce.ts'
import { type LabelObligation, type MaskQuestion, type Masks, masksOf, type RowMasks } from './labelMasks.ts'
import { type Label, labels, maskOf } from './labels.ts'
import { hashOfPack, type Pack, pathOf } from './pack.ts'
import { ownPlaceReach, placeReach } from './placePrecision.ts'
import { accessOf } from './roleAccess.ts'
import { speakingConsent } from './validConsent.ts'
import type { AgencyType } from './vocabulary.ts'
import { reachOf } from './whyReached.ts'

/** The agency whose records are asked for. */
export interface PolicySource {
  readonly agency: AgencyName
  readonly home: AgencyType
  /** Other types of organisation that hold records there. */
  readonly alsoHeldBy?: readonly AgencyType[] | undefined
  /** Labels of the agency's schema. */
  readonly labels: readonly Label[]
  /**
   * Whether its holders are told apart, so that what one holds back it holds back of its own records alone. Else it
   * stands for all that others hold.
   */
  readonly isByHolder?: boolean
}

/** One pack, ready to decide. */
export interface Policy {
  readonly pack: Pack
  /** SHA-256 of the pack. */
  readonly hash: string
  /** Mask of the labels whose existence is hidden from whoever is not named as reading them. */
  readonly hiddenLabels: number
  /** The whole decision for one caller, child and agency. */
  /** @param pseudonymKey as `Grant` has it: one for all grants of an answer. */
  grantFor(caller: Caller, facts: ChildFacts, source: PolicySource, asOf: string, pseudonymKey?: string): Grant
  /**
   * Duties that follow from a grant that this policy gave; none for any other. They are never part of what is signed.
   */
  obligationsOf(grant: Grant): readonly LabelObligation[]
  /** Whether the caller may know of the child at all. Without it the child is answered as unknown. */
  reachable(caller: Caller, facts: ChildFacts): boolean
  /** Whether the caller's role is answered, for this label, as if nothing were held. */
  hides(caller: Caller, label: Label): boolean
}

type Decide = (caller: Caller, facts: ChildFacts, source: PolicySource, asOf: string, pseudonymKey: string) => Grant

const noDuties: readonly LabelObligation[] = []

/**
 * Vectors cached for each list of labels. One is about a kilobyte; partners ask in far fewer combinations than this.
 */
const vectorsCached = 4096

/**
 * Compiles a pack. Two children with equal facts share one set of masks, so a decision is made once per combination and
 * not once per field. What is cached holds labels and reasons alone, nothing of a child.
 */
export function compilePolicy(pack: Pack): Policy {
  const masksBySource = new WeakMap<readonly Label[], LRUCache<string, Masks>>()
  const ofVector = new WeakMap<Grant['withheld'], readonly LabelObligation[]>()
  /** Of grants that owe more than their vector. */
  const duties = new WeakMap<Grant, readonly LabelObligation[]>()
  const owedBy = (grant: Grant): readonly LabelObligation[] =>
    duties.get(grant) ?? ofVector.get(grant.withheld) ?? noDuties

  const cacheFor = (labelsOfSource: readonly Label[]): LRUCache<string, Masks> => {
    const masks = new LRUCache<string, Masks>({ max: vectorsCached })
    masksBySource.set(labelsOfSource, masks)
    return masks
  }

  /** The same facts come again while one caller asks about one child: of those it is known which vector they are. */
  const lately = new WeakMap<ChildFacts, Lately>()

  const masksFor = (caller: Caller, facts: ChildFacts, source: PolicySource): Masks => {
    let last = lately.get(facts)
    if (last?.caller !== caller) {
      last = { caller, masks: new Map() }
      lately.set(facts, last)
    }
    const known = last.masks.get(source.labels)
    if (known) return known
    const masks = masksOfVector(caller, facts, source)
    last.masks.set(source.labels, masks)
    return masks
  }

  const masksOfVector = (caller: Caller, facts: ChildFacts, source: PolicySource): Masks => {
    const masks = masksBySource.get(source.labels) ?? cacheFor(source.labels)
    const key = vectorOf(caller, facts, source)
    const known = masks.get(key)
    if (known) return known
    const made = masksOf(questionOf(pack, caller, facts, source))
    masks.set(key, made)
    // By what all grants of one vector share, so that none has to be noted by itself.
    if (made.obligations.length > 0) ofVector.set(made.withheld, made.obligations)
    return made
  }

  const grantFor: Decide = (caller, facts, source, asOf, pseudonymKey) => {
    const { others, own, withheld } = masksFor(caller, facts, source)
    const { organisation } = caller
    const held = (masks: RowMasks, isOwn: boolean) =>
      facts.holds.length === 0
        ? nothingHeldBack
        : heldRecordsOf(holdsBefore(caller, facts), source.agency, masks.heldKinds, (hold) =>
            standsOn(hold, organisation, isOwn),
          )
    const { headline, content, redact, rows } = others
    const places = placeReach(facts, others)
    const asked = () => questionOf(pack, caller, facts, source)
    const parts = heldPartsOf(asked, caller, facts, source.agency, others.heldKinds)
    const decided: Grant = {
      headline,
      content,
      redact,
      rows,
      places,
      names: others.names,
      ...held(others, false),
      own: own && {
        headline: own.headline,
        content: own.content,
        redact: own.redact,
        rows: own.rows,
        places: ownPlaceReach(facts, own, caller.agencyType),
        names: own.names,
        ...held(own, true),
      },
      withheld,
      agency: source.agency,
      childId: facts.childId,
      persons: facts.persons[source.agency] ?? [],
      ...(facts.holders?.[source.agency] ? { holders: facts.holders[source.agency] } : {}),
      organisation,
      callerType: caller.agencyType,
      keeper: places === 'ALL' ? null : facts.responsibleLa,
      pseudonymKey,
      asOf,
    }
    const headlines = headlinesOf(decided, parts)
    if (parts.told.length === 0 && headlines === null) return decided
    // Whoever holds something back is where the child goes: to whom places are kept back it is nobody in particular.
    const told = places === 'ALL' ? parts.told : withoutHolders(parts.told)
    const grant: Grant = { ...decided, heldParts: told, ...(headlines ? { headlines } : {}) }
    if (parts.duties.length > 0) duties.set(grant, distinctDuties([...owedBy(grant), ...parts.duties]))
    return grant
  }

  const byHolder: Decide = (caller, facts, source, asOf, pseudonymKey) => {
    const { holds } = facts
    if (holds.length === 0) return grantFor(caller, facts, source, asOf, pseudonymKey)
    const isApart = (hold: HoldFact) =>
      hold.agency === source.agency &&
      hold.recordId === null &&
      hold.organisation !== '' &&
      hold.organisation !== caller.organisation
    const common = holds.filter((hold) => !isApart(hold))
    const organisations = [...new Set(holds.filter(isApart).map(({ organisation }) => organisation))].sort()
    const ofCommon = common.length === holds.length ? facts : { ...facts, holds: common }
    const grant = grantFor(caller, ofCommon, source, asOf, pseudonymKey)
    if (organisations.length === 0) return grant
    // Nor are holders told apart then: what one of them holds back stands for all, and says of none that it knows them.
    if (grant.places !== 'ALL') return grantFor(caller, facts, source, asOf, pseudonymKey)
    const apart = organisations.map((organisation): HolderGrant => {
      const own = holds.filter((hold) => !isApart(hold) || hold.organisation === organisation)
      const decided = grantFor(caller, { ...facts, holds: own }, source, asOf, pseudonymKey)
      // Single records are of the whole decision: who holds them back stands with each.
      const { heldParts: _, headlines: __, ...ofLabels } = decided
      const one = { ...ofLabels, heldBackBy: organisation }
      duties.set(one, owedBy(decided))
      return one
    })
    // What holds back nothing from this caller is as if it were not there: else it would be seen by what it costs.
    const told = apart.filter((one) => !isSameDecision(one, grant))
    const made = told.length === 0 ? { ...grant } : { ...grant, apart: told }
    // Whatever one holder's decision brings is owed as much as what all of them bring.
    const owed = [grant, ...apart].flatMap(owedBy)
    duties.set(made, distinctDuties(owed))
    return made
  }

  return {
    pack,
    hash: hashOfPack(pack),
    hiddenLabels: maskOf(labels.filter((label) => pack.labels[label].hiddenFrom === 'ALL_OTHERS')),
    reachable: (caller, facts) => reachOf(caller, facts, pack) !== 'NONE',
    hides: (caller, label) => {
      const path = pathOf(pack, caller.purpose)
      return path !== 'METADATA' && accessOf(pack, { label, caller, path, harmPath: false, own: false }).hidden
    },
    obligationsOf: owedBy,
    grantFor: (caller, facts, source, asOf, pseudonymKey = '') =>
      (source.isByHolder ? byHolder : grantFor)(caller, facts, source, asOf, pseudonymKey),
  }
}

const withoutHolders = (parts: readonly HeldPart[]): readonly HeldPart[] => [
  ...new Map(
    parts.map((part) => [`${part.label} ${part.level} ${part.reason}`, { ...part, organisation: '' }]),
  ).values(),
]

const distinctDuties = (owed: readonly LabelObligation[]): readonly LabelObligation[] => [
  ...new Map(owed.map((duty) => [`${duty.kind} ${duty.label}`, duty])).values(),
]

const questionOf = (pack: Pack, caller: Caller, facts: ChildFacts, source: PolicySource): MaskQuestion => ({
  pack,
  caller,
  child: facts,
  home: source.home,
  mayHold: mayHold(caller, source),
  labelsOfSource: new Set(source.labels),
  holdOn: labelHolds(facts, source.agency, caller),
  orderedFor: (label) => isOrdered(facts, label),
  consentFor: (label) => consentOn(caller, facts, label),
})

const isSameDecision = (one: Grant | HolderGrant, other: Grant): boolean =>
  one.headline === other.headline &&
  one.content === other.content &&
  one.redact === other.redact &&
  gates.every((gate) => one.rows[gate] === other.rows[gate]) &&
  JSON.stringify([one.withheld, one.heldRecords]) === JSON.stringify([other.withheld, other.heldRecords])

const gates = ['ncnd', 'conditions', 'undecided', 'notRelevant'] as const

/** Masks by the labels of the agency, which each has a list of its own of. */
interface Lately {
  readonly caller: Caller
  readonly masks: Map<readonly Label[], Masks>
}

const mayHold = ({ agencyType }: Caller, { home, alsoHeldBy }: PolicySource): boolean =>
  agencyType === home || alsoHeldBy?.includes(agencyType) === true

/**
 * Every fact that `masksOf` can see but the source's labels, as text. A fact left out here would let one child's answer
 * serve another. Consents stand in it as they speak for each label, so that the dates of a register do not multiply the
 * vectors.
 */
function vectorOf(caller: Caller, facts: ChildFacts, source: PolicySource): string {
  const {
    relationship,
    harm,
    ageBand,
    agreement,
    breakGlass,
    missing,
    placedForAdoption,
    consents,
    orders = [],
  } = facts
  let vector = `${caller.agencyType} ${caller.role} ${caller.purpose}|${relationship} ${harm} ${ageBand} ${agreement} ${breakGlass} ${missing} ${placedForAdoption}|${source.agency} ${source.home}`
  for (const hold of holdsBefore(caller, facts))
    if (hold.agency === source.agency && hold.recordId === null)
      vector += `|${hold.kind} ${hold.label} ${whose(hold, caller)} ${knewOfHarm(hold, facts)}`
  for (const order of orders) vector += `|ORDER ${order.labels.join(' ')}`
  if (consents.length > 0) for (const label of labels) vector += `|${spokenFor(caller, facts, label)}`
  return vector
}

/** What an order opens where it names it, and not where it speaks of a child's records as a whole. */
const onlyIfNamed: ReadonlySet<Label> = new Set(['ADDRESS_PROTECTED', 'ADOPTION'])

/** Whether an order on record for the caller's organisation covers a label. */
export const isOrdered = ({ orders = [] }: ChildFacts, label: Label): boolean =>
  orders.some(({ labels }) => (labels.length === 0 ? !onlyIfNamed.has(label) : labels.includes(label)))

const whose = ({ organisation }: HoldFact, caller: Caller): string => {
  if (organisation === '') return 'UNKNOWN'
  return organisation === caller.organisation ? 'OWN' : 'OTHER'
}

const spokenFor = (caller: Caller, facts: ChildFacts, label: Label): string => {
  const consent = consentOn(caller, facts, label)
  return consent === 'NONE' ? '' : `${consent.state} ${consent.giver} ${consent.competence}`
}

const consentOn = (caller: Caller, facts: ChildFacts, label: Label): ConsentFact | 'NONE' =>
  speakingConsent(facts.consents, {
    label,
    recipient: caller.agencyType,
    purpose: caller.purpose,
    ageBand: facts.ageBand,
  })
