import { type AgencyName, agencies } from '../foundation/agencies.ts'
import { dayLength, londonInstant } from '../foundation/london.ts'
import { type Answers, type AnswersTo, anyRowsOf, type Contracts } from '../records/agencyAnswers.ts'
import { millisecondsOf } from '../records/calendarDays.ts'
import { textOf, uncorrected } from '../records/currentRows.ts'
import { mergeNeeds } from '../records/mergeNeeds.ts'
import { type RequiredFields, requiredByContracts } from '../records/requiredFields.ts'
import type { AnyRow } from '../sources/commonRowFields.ts'
import { type Completeness, completenessOf, listed } from './countCompleteness.ts'
import { type MissingMonth, missingByMonth } from './missingByMonth.ts'
import { missingNeeds } from './missingEpisodeFields.ts'
import { isDated, missingPattern } from './missingEpisodes.ts'
import { narratedLists } from './narratedLists.ts'
import { serviceOf } from './provenance.ts'
import { type Recurrence, recurrencesOf } from './recurrences.ts'
import { type InTimeRecord, type PlacedRecord, shown } from './timeLinkRecord.ts'
import type { Ground } from './whyCountIncomplete.ts'

/** Lists that are laid beside each other. Missing is joined over its own. */
const lists = {
  socialCare: ['carerLog', 'restraints'],
  education: ['suspensions', 'restraints'],
  police: ['restraints', 'crimes', 'arrests', 'events'],
  health: ['unscheduledAttendances', 'restraints'],
} as const satisfies Readonly<Partial<Record<AgencyName, readonly string[]>>>

const triggerNeeds = {
  socialCare: { triggers: ['eventAt', 'provenance.supersedes', 'monthDay', 'text'] },
} as const satisfies RequiredFields
const ownFields: Readonly<Record<string, readonly string[]>> = { carerLog: ['category', 'text'], suspensions: ['from'] }

const listNeeds = (contracts: Contracts): RequiredFields => {
  const needs: Record<string, Record<string, readonly string[]>> = {}
  for (const [agency, names] of Object.entries<readonly string[]>(lists))
    for (const list of names) {
      const told = narratedLists(contracts).find((one) => one.agency === agency && one.list === list)
      const fields = ['eventAt', 'provenance.agency', 'provenance.supersedes', ...(told?.rule.fields ?? [])]
      needs[agency] = { ...needs[agency], [list]: [...new Set([...fields, ...(ownFields[list] ?? [])])] }
    }
  return requiredByContracts(needs)
}

const declared = mergeNeeds(missingNeeds, triggerNeeds)

/** What it rests on: more than what is declared, never less. */
export const inTimeNeeds = (contracts: Contracts): typeof declared =>
  mergeNeeds(declared, listNeeds(contracts)) as typeof declared

/** `TimeLinkKind` of `schema/timeLinks.graphql`. */
export type TimeLinkKind = 'CANCELLED_CONTACT_THEN_INCIDENT' | 'SUSPENSION_THEN_MISSING' | 'RESTRAINT_THEN_ATTENDANCE'

/** `TimeLink` of `schema/timeLinks.graphql`. */
export interface TimeLink {
  readonly kind: TimeLinkKind
  readonly before: InTimeRecord
  readonly after: InTimeRecord
  readonly hours: number
  readonly linkedBy: 'TIME'
}

/** `InTime` of `schema/timeLinks.graphql`; the resolver gives as many links as were asked. */
export interface InTime extends Completeness {
  readonly links: readonly TimeLink[] | null
  readonly recurrences: readonly Recurrence[] | null
  readonly firstOvernight: InTimeRecord | null
  readonly missingByMonth: readonly MissingMonth[] | null
}

interface Placed extends PlacedRecord {
  readonly row: AnyRow | null
}

type InTimeAnswers = AnswersTo<typeof declared>

const hour = 3_600_000

/** What stands beside what in time, of the records that this caller may read. */
export function inTime(answers: InTimeAnswers, { grants, contracts }: Omit<Ground, 'answers'>, asOf: string): InTime {
  const ground = { grants, contracts, answers }
  const completeness = completenessOf({ grounds: [readIn(contracts)] }, ground)
  const missing = missingPattern(answers, { grants, contracts }, asOf, () => false)
  const of = (agency: AgencyName, list: string) => placedOf(answers, contracts, agency, list)
  const dated = (missing.episodes ?? []).filter(isDated)
  const episodes = dated.map((episode) => placedEpisode(episode, contracts, answers))
  const restraints = agencies.flatMap((agency) =>
    (lists[agency as keyof typeof lists] ?? []).some((list) => list === 'restraints') ? of(agency, 'restraints') : [],
  )
  const log = of('socialCare', 'carerLog')
  const offences = [...of('police', 'crimes'), ...of('police', 'arrests'), ...of('police', 'events')]
  const behaviour = log.filter(({ row }) =>
    /INCIDENT|AGGRESSION|BEHAVIOUR|DAMAGE|SELF_HARM/.test(wordIn(row, 'category')),
  )
  const incidents = [...restraints, ...behaviour, ...offences, ...episodes]
  const links = [
    ...linked('CANCELLED_CONTACT_THEN_INCIDENT', log.filter(isCancelledContact), incidents, 24 * hour),
    ...linked('SUSPENSION_THEN_MISSING', of('education', 'suspensions').map(onItsDay), episodes, 14 * dayLength),
    ...linked('RESTRAINT_THEN_ATTENDANCE', restraints, of('health', 'unscheduledAttendances'), 24 * hour),
  ].sort((one, other) => (one.after.eventAt < other.after.eventAt ? 1 : -1))
  const overnight = dated.filter((episode) => episode.overnight).at(-1)
  const triggers = uncorrected(anyRowsOf(answers, 'socialCare', 'triggers'))
  return {
    links: listed(links, completeness),
    recurrences: listed(
      recurrencesOf(triggers, [...incidents, ...of('health', 'unscheduledAttendances')]),
      completeness,
    ),
    firstOvernight: overnight ? shown(placedEpisode(overnight, contracts, answers)) : null,
    missingByMonth: missing.episodes && missingByMonth(missing, asOf),
    ...completeness,
  }
}

const readIn = (contracts: Contracts): RequiredFields => {
  const needs: Record<string, Record<string, readonly string[]>> = { police: { missingEpisodes: ['from'] } }
  for (const agency of Object.keys(listNeeds(contracts)))
    for (const list of lists[agency as keyof typeof lists]) needs[agency] = { ...needs[agency], [list]: ['eventAt'] }
  needs['socialCare'] = { ...needs['socialCare'], missing: ['from'], triggers: ['monthDay'] }
  return requiredByContracts(needs)
}

function placedOf(answers: Answers, contracts: Contracts, agency: AgencyName, list: string): readonly Placed[] {
  const told = narratedLists(contracts).find((one) => one.agency === agency && one.list === list)
  return uncorrected(anyRowsOf(answers, agency, list)).flatMap((row) => {
    const eventAt = textOf(row, 'eventAt')
    const at = millisecondsOf(eventAt)
    if (eventAt === null || at === null) return []
    const headline = told ? told.rule.tell(new told.Narratable(row)).headline : list
    const agencyCode = serviceOf(row, contracts[agency])
    return [{ recordId: row.id, recordType: list, agency: agencyCode, eventAt, headline, at, row }]
  })
}

/** A suspension begins with its day in London, whenever it was written down. */
const onItsDay = (placed: Placed): Placed => {
  const from = placed.row && textOf(placed.row, 'from')
  const at = from === null ? null : londonInstant(from.slice(0, 10), '00:00')
  return at === null ? placed : { ...placed, at, eventAt: new Date(at).toISOString().replace('.000Z', 'Z') }
}

const wordIn = (row: AnyRow | null, field: string): string => (row && textOf(row, field)) ?? ''

const isCancelledContact = ({ row }: Placed): boolean =>
  /CONTACT/.test(wordIn(row, 'category')) && /CANCELL?ED/i.test(`${wordIn(row, 'category')} ${wordIn(row, 'text')}`)

const placedEpisode = (
  {
    from,
    records,
    overnight,
  }: { readonly from: string; readonly records: readonly string[]; readonly overnight: boolean | null },
  contracts: Contracts,
  answers: Answers,
): Placed => {
  const recordId = records[0] ?? ''
  const isReport = anyRowsOf(answers, 'police', 'missingEpisodes').some(({ id }) => id === recordId)
  return {
    recordId,
    recordType: isReport ? 'missingEpisodes' : 'missing',
    agency: contracts[isReport ? 'police' : 'socialCare'].agency,
    eventAt: from,
    headline: overnight ? 'Missing over a night' : 'Missing',
    at: Date.parse(from),
    row: null,
  }
}

/** Each later record with the nearest earlier one of the other kind, so that one event is not told many times. */
function linked(
  kind: TimeLinkKind,
  earlier: readonly Placed[],
  later: readonly Placed[],
  within: number,
): readonly TimeLink[] {
  return later.flatMap((after) => {
    const nearest = earlier
      .filter(({ at, recordId }) => at <= after.at && after.at - at <= within && recordId !== after.recordId)
      .reduce<Placed | null>((last, one) => (last === null || one.at > last.at ? one : last), null)
    if (!nearest) return []
    const hours = Math.floor((after.at - nearest.at) / hour)
    return [{ kind, before: shown(nearest), after: shown(after), hours, linkedBy: 'TIME' as const }]
  })
}
