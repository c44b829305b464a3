import { z } from 'zod'
import { ukDay } from '../records/dayAndAge.ts'
import { batchPerTick } from '../store/batchPerTick.ts'
import { type ChangeVersions, changeVersionFrom } from '../store/changeVersions.ts'
import type { Database, StoredRow } from '../store/database.ts'
import { type FactsQuestion, factRows, factsStatement } from './factsStatement.ts'
import type { Facts, GatewayFacts } from './gatewayFacts.ts'
import { lastKnownIn } from './lastKnownAuthorities.ts'
import { heard } from './parentalResponsibility.ts'
import {
  consentsOf,
  holdOf,
  orderIn,
  personsOf,
  responsibilityIn,
  storedAgency,
  storedHolds,
  strongest,
} from './storedFacts.ts'
import { withheldPartOf } from './withheldFromTransfer.ts'

/** Looks children up, all in one statement, whoever asks for them in one turn. */
export const factsFrom = (database: Pick<Database, 'wireRows'>): ((question: FactsQuestion) => Promise<Facts>) =>
  batchPerTick(
    (questions: readonly FactsQuestion[]) => factsOfAll(database, questions),
    ({ childIds }) => childIds.length,
  )

async function factsOfAll(
  database: Pick<Database, 'wireRows'>,
  questions: readonly FactsQuestion[],
): Promise<readonly Facts[]> {
  if (questions.every(({ childIds }) => childIds.length === 0))
    return questions.map(() => ({ known: new Map(), asked: new Map(), changeVersions: new Map() }))
  const rows = await database.wireRows(factsStatement(questions))
  const found = groupedFacts(rows)
  const changeVersions = stampsIn(rows)
  return questions.map((question) => ({
    known: factsOf(question, found),
    asked: askedOf(question, found),
    changeVersions,
  }))
}

const stampsIn = (rows: readonly StoredRow[]): ChangeVersions =>
  new Map(
    rows
      .filter((row) => row.text(0) === factRows.stamp)
      .map((row) => [row.text(1) ?? '', changeVersionFrom(row.text(2), null)]),
  )

/** Rows of `factsStatement` by what they tell, and whose they are. */
type GroupedFacts = (what: keyof typeof factRows, whose: string) => readonly StoredRow[]

function groupedFacts(rows: readonly StoredRow[]): GroupedFacts {
  const groups = new Map<string, StoredRow[]>()
  for (const row of rows) {
    const key = `${row.text(0)} ${row.text(1)}`
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return (what, whose) => groups.get(`${factRows[what]} ${whose}`) ?? nothingKnown
}

const nothingKnown: readonly StoredRow[] = []

function factsOf({ caller, childIds, now, today }: FactsQuestion, found: GroupedFacts): Facts['known'] {
  const [nowDay, day] = [ukDay(now), ukDay(today)]
  const hasBegun = (from: string | null) => from === null || from <= day
  const agreement = found('agreement', caller.organisation).some((row) => {
    const to = row.text(5)
    return hasBegun(row.text(4)) && (to === null || to >= day) && isFor(caller.purpose, row.text(2))
  })
  const facts = new Map<string, GatewayFacts>()
  for (const childId of childIds) {
    const [child] = found('child', childId)
    if (!child) continue
    const kinds = found('relationship', childId).flatMap((row) => {
      const to = row.text(5)
      const isTheirs = row.text(2) === caller.organisation && hasBegun(row.text(4)) && (to === null || to > day)
      return isTheirs ? [row.text(3)] : []
    })
    const links = found('link', childId)
    const holds = found('holds', childId).flatMap((row) => storedHolds.parse(JSON.parse(row.text(2) ?? '')))
    const broken = found('breakGlass', childId).filter(
      (row) => row.text(2) === caller.organisation && row.text(3) === caller.subject && row.text(4) === caller.issuer,
    )
    // Nobody opens more of a child by their own word.
    const signals = found('signal', childId).filter((row) => row.text(3) !== caller.organisation)
    facts.set(childId, {
      childId,
      ...personsOf(links),
      areaLa: child.text(2),
      bornOn: child.text(3),
      protectedBy: (child.text(4) ?? '')
        .split(' ')
        .flatMap((agency) => (agency === '' ? [] : [storedAgency.parse(agency)])),
      lastKnown: lastKnownIn(child.text(5)),
      relationship: strongest(kinds),
      agreement,
      transferParty: found('transfer', childId).some((row) => isParty(caller, row) && day <= notifiedUntil(row)),
      consents: heard(
        found('consents', childId).flatMap((row) => consentsOf(row.text(2) ?? '', nowDay)),
        found('responsibility', childId).map(responsibilityIn),
      ),
      holds: [
        ...holds.map(holdOf),
        ...found('withheldPart', childId).flatMap((row) =>
          readsTransfers(caller, row.text(2)) ? withheldPartOf(row.text(3) ?? '') : [],
        ),
      ],
      breakGlass: broken.length > 0,
      barred: found('bar', childId).some(
        (row) => row.text(2) === caller.subject && (row.text(3) === null || row.text(3) === caller.issuer),
      ),
      orders: found('order', childId).flatMap((row) =>
        row.text(3) === caller.organisation && (row.text(5) ?? '') >= nowDay ? orderIn(row.text(2) ?? '') : [],
      ),
      harmSignal: signals.length > 0,
      endsAt: endOf([
        ...links.map((row) => row.text(4)),
        ...holds.map((hold) => hold.endsAt),
        ...broken.map((row) => row.text(5)),
        ...signals.map((row) => row.text(2)),
      ]),
    })
  }
  return facts
}

/** An agreement that names purposes holds for those alone. */
const isFor = (purpose: string, json: string | null): boolean =>
  json === null || storedPurposes.parse(JSON.parse(json)).includes(purpose)
const storedPurposes = z.array(z.string())

/** What a supplier withholds from a receiving authority, it withholds from all who could read it in the record. */
const readsTransfers = ({ agencyType, la }: FactsQuestion['caller'], toLa: string | null): boolean =>
  la !== null && la === toLa && (agencyType === 'SOCIAL_CARE' || agencyType === 'MASH')

const isParty = ({ la }: FactsQuestion['caller'], row: StoredRow): boolean =>
  la !== null && (row.text(2) === la || row.text(3) === la)

/** Before every day where the sending authority has not notified it. */
const notifiedUntil = (row: StoredRow): string => row.text(5) ?? ''

const askedOf = ({ caller, childIds, today }: FactsQuestion, found: GroupedFacts): Facts['asked'] => {
  const day = ukDay(today)
  const isAsked = (row: StoredRow): boolean =>
    row.text(5) === null ? row.text(3) === caller.la : isParty(caller, row) && day > notifiedUntil(row)
  return new Map(
    childIds.flatMap((childId) => {
      const rows = found('transfer', childId).filter(isAsked)
      const asked = rows.map((row) => ({
        fromLa: row.text(2) ?? '',
        toLa: row.text(3) ?? '',
        type: row.text(4) ?? '',
        notifiedUntil: row.text(5),
      }))
      return asked.length === 0 ? [] : [[childId, asked] as const]
    }),
  )
}

/** The first of some ends, which are in seconds. */
function endOf(ends: readonly (string | number | null)[]): number | null {
  const milliseconds = ends.flatMap((end) => (end === null ? [] : [Number(end) * 1000]))
  return milliseconds.length === 0 ? null : Math.min(...milliseconds)
}
