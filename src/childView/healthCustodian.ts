import { toldOf } from '../policy/grant.ts'
import { grantOfRow } from '../policy/ownRowGrants.ts'
import { type AnswersTo, rowsOf } from '../records/agencyAnswers.ts'
import { dayOf, latest, openOn, textOf, uncorrected } from '../records/currentRows.ts'
import type { RequiredFields, RowsOf } from '../records/requiredFields.ts'
import { completenessOf, type Reads } from './countCompleteness.ts'
import { type HealthDue, healthDue, healthDueNeeds } from './healthDue.ts'
import { asUnprotected, isAllRead } from './listsWereRead.ts'
import type { Ground, Without } from './whyCountIncomplete.ts'

const period = ['eventAt', 'provenance.supersedes', 'provenance.la', 'provenance.organisation', 'from', 'to'] as const

/** What it rests on who keeps the child's health record: where the child lives, and who is registered there. */
export const custodianNeeds = {
  health: {
    ...healthDueNeeds.health,
    registrations: [...period, 'practice', 'name', 'contact'],
    involvements: [...period, 'kind', 'service', 'contact'],
    historyTransfers: ['eventAt', 'provenance.supersedes', 'fromLa', 'toLa', 'requestedOn', 'receivedOn'],
  },
  socialCare: {
    ...healthDueNeeds.socialCare,
    placements: [...period, 'la'],
    addresses: [...period, 'la'],
  },
} as const satisfies RequiredFields

type Answered = AnswersTo<typeof custodianNeeds>
type Registration = RowsOf<typeof custodianNeeds>['health']['registrations']

const home = { socialCare: { placements: ['la', 'from', 'to'], addresses: ['la', 'from', 'to'] } } as const
const registered = { health: { registrations: ['practice', 'name', 'from', 'to'] } } as const
const served = { health: { involvements: ['service', 'from', 'to'] } } as const
const passed = { health: { historyTransfers: ['toLa', 'receivedOn'] } } as const
/** What is due rests on more, and says of each that it is not known. */
const inCare = { socialCare: { legalStatuses: ['code', 'from', 'to'] } } as const
const reads = { grounds: [home, registered, passed, inCare] } as const satisfies Reads

/** A provider that keeps or kept the record. */
export interface HealthKeeper {
  readonly la: string | null
  readonly ods: string | null
  readonly name: string | null
  readonly contact: string | null
}

/** Who keeps the child's health record now, and what is due of them. */
export interface HealthCustodian extends HealthKeeper {
  readonly since: string | null
  readonly previous: HealthKeeper | null
  readonly custodyTransferDue: string | null
  readonly custodyTransferredOn: string | null
  readonly outstanding: boolean | null
  readonly due: readonly HealthDue[]
  readonly without: readonly Without[]
}

/**
 * The health provider of the area where the child lives, from the day on which they began to live there. Where the
 * child goes to school says nothing of it: a record was once held back for that reason. Null where it is not
 * recorded in whose area the child lives, and no registration either; empty, with why, where the place is hidden or not
 * all of where the child lived is read: a practice that the child left would pass for the one of their area.
 */
export function healthCustodian(
  answers: Answered,
  { grants, contracts }: Omit<Ground, 'answers'>,
  asOf: string,
): HealthCustodian | null {
  const ground = { answers, grants, contracts }
  const day = dayOf(asOf)
  const dueOf = (since: string | null, local: Registration | null, isHomeKnown: boolean) =>
    healthDue(answers, ground, {
      ...{ asOf, since, isHomeKnown, isRegistered: local !== null, registration: local?.id ?? null },
    })
  const isHidden = grants.socialCare.places === 'NONE'
  const lived = isHidden ? null : homeOn(answers, day)
  const withheld = isHidden ? placeHidden(ground) : []
  const without = [...withheld, ...completenessOf(reads, ground).without]
  // Where an address or placement may be that is not read, no practice can be said not to be of the child's area.
  if (withheld.length > 0 || !isAllRead(home, asUnprotected(ground)))
    return { ...nobody, due: dueOf(null, null, false), without }
  // Who may not be told that a place is protected is answered as of a child of whom none is recorded.
  const isRegistrationRead = isAllRead(registered, ground)
  const registrations = (isRegistrationRead ? uncorrected(rowsOf(answers, 'health', 'registrations')) : []).filter(
    (row) =>
      (textOf(row, 'from', 'eventAt') ?? '') <= `${day}T99` &&
      (!isHidden || grantOfRow(grants.health, row).places === 'ALL'),
  )
  // Where a practice may be registered that is not read, no other provider stands in its place.
  const isServiceRead = isRegistrationRead && isAllRead(served, ground)
  const servedBy = isServiceRead ? uncorrected(rowsOf(answers, 'health', 'involvements')) : []
  const open = registrations.filter((row) => openOn(day, textOf(row, 'from', 'eventAt'), textOf(row, 'to')))
  const local = latest(
    open.filter((row) => lived === null || lived.la === null || textOf(row, 'provenance.la') === lived.la),
    'from',
    'eventAt',
  )
  if (lived === null && local === null)
    return without.length > 0 ? { ...nobody, due: dueOf(null, null, false), without } : null
  const la = lived?.la ?? (local && textOf(local, 'provenance.la'))
  const nurse = latest(
    servedBy.filter(
      (row) =>
        la !== null &&
        textOf(row, 'provenance.la') === la &&
        openOn(day, textOf(row, 'from', 'eventAt'), textOf(row, 'to')),
    ),
    'from',
    'eventAt',
  )
  const before = latest(
    registrations.filter((row) => la !== null && textOf(row, 'provenance.la') !== la && row !== local),
    'from',
    'eventAt',
  )
  const since = lived?.since ?? (local && textOf(local, 'from', 'eventAt'))
  const previousLa = before ? textOf(before, 'provenance.la') : (lived?.previousLa ?? null)
  const isMoved = before !== null || (previousLa !== null && previousLa !== la)
  const received = uncorrected(rowsOf(answers, 'health', 'historyTransfers'))
    .filter((row) => la === null || textOf(row, 'toLa') === la)
    .map((row) => textOf(row, 'receivedOn'))
    .filter((on) => on !== null && dayOf(on) <= day && (since === null || dayOf(on) >= dayOf(since)))
    .sort()
    .at(0)
  const transfersKnown = isAllRead(passed, ground)
  return {
    ...(local
      ? keeperOf(local)
      : {
          la,
          ods: nurse && textOf(nurse, 'provenance.organisation'),
          name: nurse && textOf(nurse, 'service'),
          contact: nurse && textOf(nurse, 'contact'),
        }),
    la,
    since: since === null ? null : dayOf(since),
    previous: before ? keeperOf(before) : isMoved ? { la: previousLa, ods: null, name: null, contact: null } : null,
    custodyTransferDue: isMoved && since !== null ? dayOf(since) : null,
    custodyTransferredOn: received ?? null,
    // Who does not know where the child lived before does not know either that nothing was to pass.
    outstanding: received ? false : isMoved ? (transfersKnown ? true : null) : lived === null ? null : false,
    due: dueOf(since, local, lived !== null),
    without,
  }
}

const nobody = {
  ...{ la: null, ods: null, name: null, contact: null, since: null, previous: null },
  ...{ custodyTransferDue: null, custodyTransferredOn: null, outstanding: null },
} as const

/** That the place is not for this reader, where the grant tells that there may be one. */
function placeHidden({ grants, contracts }: Ground): readonly Without[] {
  const { agency, contact } = contracts.socialCare
  const told = toldOf(grants.socialCare, 'ADDRESS_PROTECTED', 'CONTENT')
  if (!told) return []
  const { label, reason } = told
  return [{ agency, holder: null, state: 'WITHHELD', contact: contact ?? null, label, reason }]
}

const keeperOf = (row: Registration): HealthKeeper => ({
  la: textOf(row, 'provenance.la'),
  ods: textOf(row, 'practice', 'provenance.organisation'),
  name: textOf(row, 'name'),
  contact: textOf(row, 'contact'),
})

interface Home {
  readonly la: string | null
  readonly since: string | null
  readonly previousLa: string | null
}

/** Where the child lives on a day, since when, and in whose area before: a placement goes before an address. */
function homeOn(answers: Answered, day: string): Home | null {
  const placements = uncorrected(rowsOf(answers, 'socialCare', 'placements'))
  const addresses = uncorrected(rowsOf(answers, 'socialCare', 'addresses'))
  const areaOf = (row: (typeof placements)[number] | (typeof addresses)[number]) => textOf(row, 'la')
  for (const rows of [placements, addresses]) {
    const begun = rows
      .filter((row) => dayOf(textOf(row, 'from', 'eventAt') ?? '9999') <= day)
      .toSorted((one, other) =>
        (textOf(one, 'from', 'eventAt') ?? '') < (textOf(other, 'from', 'eventAt') ?? '') ? -1 : 1,
      )
    const now = begun.findLast((row) => openOn(day, textOf(row, 'from', 'eventAt'), textOf(row, 'to')))
    if (!now) continue
    // Moves within one area change nothing of who keeps the record.
    const la = areaOf(now)
    const earlier = begun.slice(0, begun.indexOf(now))
    const elsewhere = earlier.findLastIndex((row) => areaOf(row) !== la)
    const first = earlier[elsewhere + 1] ?? now
    const previous = earlier[elsewhere]
    return { la, since: textOf(first, 'from', 'eventAt'), previousLa: previous ? areaOf(previous) : null }
  }
  return null
}
