import { personas } from '../../../seeds/personas.ts'
import { type AgencyName, environmentPrefix, leadAgency } from '../../../src/foundation/agencies.ts'
import { mayTellOf } from '../../../src/policy/revealingServices.ts'
import type { Purpose } from '../../../src/policy/vocabulary.ts'
import type { TestGateway } from '../../support/gateway.ts'
import { factsIn, factsQuery, listsIn } from './everyFact.ts'
import type { Json } from './joinedFacts.ts'
import { counted, heldOf, type ListKey, listKeys, stateOf, truthOf } from './oracle.ts'

/** Who asks, for what, about whom. */
export interface Asking {
  readonly persona: string
  readonly purpose: Purpose
  readonly child: string
}

/** What one answer said, and what of it is not so. */
export interface Judged extends Asking {
  readonly reached: boolean
  readonly said: readonly Told[]
  readonly faults: readonly string[]
}

/** How one number or fact was told: as whole as it says, TOLD, EMPTY, or WRONG. */
export interface Told {
  readonly name: string
  readonly how: string
}

/** Every persona, each with every purpose of theirs. */
export const everyAsking = (children: readonly string[]): readonly Asking[] =>
  personas.flatMap(({ id, purposes }) =>
    purposes.flatMap((purpose) => children.map((child) => ({ persona: id, purpose, child }))),
  )

const number = '{ value completeness without { agency state label reason } }'
const query = `query ($id: ID!) { child(id: $id) {
  withheld { controller categories { category } }
  status { missingNow pendingClosure }
  missing { total ${number} reported ${number} unreported ${number} reportNotKnown ${number} overnight ${number} absentSessionsDuring ${number} byForce { force count ${number} } episodes(first: 200) { from } }
  restrictivePractice { total ${number} ground ${number} injuries ${number} bySetting { name } incidents(first: 200) { id } }
  attendanceAndRestraint { attendances ${number} withinDayOfRestraint ${number} }
  contactsAndReferrals { total ${number} accepted ${number} sources ${number} weeks ${number} bySource { name } undisposed }
  basicNeedsSupport { total ${number} byKind { name } }
  careHistory { placementTotal ${number} periodTotal ${number} periods(first: 200) { id } placements(first: 200) { id } }
  adultRequirements { total ${number} weeks { week } }
  carerCustody { total ${number} periods { id } }
  legal { total ${number} orders { id } }
  attendance { possible ${number} attended ${number} overlaps { duringMissing ${number} onRestraintDays ${number} onMoveDays ${number} } periods { id } }
  engagement { offered ${number} attended ${number} byService { service } byMonth { month } missedWithoutReason ${number} missed ${number} missedOffers(first: 200) { id } }
  ${Object.entries(counted)
    .map(([agency, lists]) => `${agency} { ${lists.map((list) => `${list} { id }`).join(' ')} }`)
    .join(' ')}
} }`

interface Counted {
  readonly value: number | null
  readonly completeness: string
  readonly without: readonly unknown[]
}

interface Answer {
  readonly withheld: readonly {
    readonly controller: string
    readonly categories: readonly { readonly category: string }[]
  }[]
  readonly [field: string]: unknown
}

const at = (answer: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((value, name) => {
    if (Array.isArray(value)) return value.find((item: { force?: string }) => item.force === name)?.count
    return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
  }, answer)

/** As the enum `Agency` has it. */
const controllerOf = (agency: AgencyName): string =>
  agency === leadAgency ? 'CHILDRENS_SOCIAL_CARE' : environmentPrefix(agency)

/** The label under which a list's rows are known of, by the schema. */
type LabelOf = (key: ListKey) => string | undefined

const labelsIn =
  (gateway: TestGateway): LabelOf =>
  (key) => {
    const [agency, list = ''] = key.split('.') as [AgencyName, string]
    return gateway.opened.catalogue.model.layouts[agency].lists.get(list)?.type.label
  }

/** Whether some of a list's own label is withheld, and told so: fields of a list that is there can be. */
const isTold = (answer: Answer, lists: readonly ListKey[], labelOf: LabelOf): boolean =>
  lists.some((key) =>
    answer.withheld.some(
      ({ controller, categories }) =>
        controller === controllerOf(key.split('.')[0] as AgencyName) &&
        categories.some(({ category }) => category === labelOf(key)),
    ),
  )

const reveals = (key: ListKey, row: Record<string, unknown>): boolean =>
  key.startsWith('adultServices.') && !mayTellOf('ADULT', [String(row['service'] ?? '')], 0)

/** How a list came back beside what is held of it. */
function listState(answer: Answer, key: ListKey, child: string, labelOf: LabelOf): 'OPEN' | 'PART' | 'SHUT' | 'HIDDEN' {
  const rows = at(answer, key)
  const held = heldOf(child, new Set())(key)
  if (rows === null || rows === undefined) return 'SHUT'
  if (!Array.isArray(rows) || rows.length >= held.length) return 'OPEN'
  // A service that reveals what an adult is treated for is not told of at all to who may not know that.
  const ids = new Set(rows.map(({ id }: { id: string }) => id.slice(id.indexOf(':') + 1)))
  if (rows.length > 0 && held.every((row) => ids.has(row.id) || reveals(key, row))) return 'OPEN'
  if (rows.length > 0 || isTold(answer, [key], labelOf)) return 'PART'
  return 'HIDDEN'
}

/** Judges one answer by what the seeds hold: each number is true, or says that it is not whole and why. */
export async function judge(gateway: TestGateway, asking: Asking): Promise<Judged> {
  const { persona, purpose, child } = asking
  const { data, errors } = await gateway.ask(persona, query, { purpose, variables: { id: child } })
  const answer = data?.['child'] as Answer | null | undefined
  if (!answer) {
    const codes = errors.map(({ extensions }) => extensions['code'])
    const faults = codes.every((code) => code === 'NOT_FOUND') ? [] : [`answered ${codes.join(', ')}`]
    return { ...asking, reached: false, said: [], faults }
  }
  const labelOf = labelsIn(gateway)
  const states = new Map(listKeys.map((key) => [key, listState(answer, key, child, labelOf)]))
  const hidden = new Set(listKeys.filter((key) => states.get(key) === 'HIDDEN'))
  const lacking = (lists: readonly ListKey[]) => lists.filter((key) => ['PART', 'SHUT'].includes(states.get(key) ?? ''))
  const said: Told[] = []
  const faults = Object.entries(truthOf(heldOf(child, hidden))).flatMap(([path, { lists, value }]) => {
    const count = at(answer, path) as Counted | undefined
    if (!count) return []
    const untrue = faultsOf(count, value, lacking(lists))
    said.push({ name: path, how: untrue.length > 0 ? 'WRONG' : count.completeness })
    return untrue.map((fault) => `${path}: ${fault}`)
  })
  const states_ = Object.entries(stateOf(heldOf(child, hidden))).flatMap(([path, { lists, is }]) => {
    const value = at(answer, path)
    if (value === null)
      return lacking(lists).length > 0 || isTold(answer, lists, labelOf)
        ? []
        : [`${path} is not told, and nothing is lacking`]
    return value === is || (value === true && is) ? [] : [`${path} is ${String(value)}, and in truth ${is}`]
  })
  const lists = [
    ['missing.byForce', 'missing.reported'],
    ['missing.episodes', 'missing.total'],
    ['restrictivePractice.incidents', 'restrictivePractice.total'],
    ['restrictivePractice.bySetting', 'restrictivePractice.total'],
    ['contactsAndReferrals.bySource', 'contactsAndReferrals.sources'],
    ['contactsAndReferrals.undisposed', 'contactsAndReferrals.total'],
    ['basicNeedsSupport.byKind', 'basicNeedsSupport.total'],
    ['careHistory.placements', 'careHistory.placementTotal'],
    ['careHistory.periods', 'careHistory.periodTotal'],
    ['carerCustody.periods', 'carerCustody.total'],
    ['legal.orders', 'legal.total'],
    ['engagement.byService', 'engagement.offered'],
    ['engagement.byMonth', 'engagement.offered'],
    ['adultRequirements.weeks', 'adultRequirements.total'],
    ['attendance.periods', 'attendance.possible'],
    ['engagement.missedOffers', 'engagement.missed'],
  ].flatMap(([list = '', reason = '']) => {
    const { value, completeness } = at(answer, reason) as Counted
    const items = at(answer, list)
    if (value === null) return items === null ? [] : [`${list} is told, and ${reason} is not`]
    // Of part of what is counted there may be none where no list of it was read whole.
    return items === null && completeness === 'WHOLE' ? [`${list} is not told, and ${reason} is whole`] : []
  })
  const facts = await factsTold(gateway, asking)
  return {
    ...{ ...asking, reached: true },
    said: [...said, ...facts.map(({ fact, how }) => ({ name: fact, how }))],
    faults: [...faults, ...states_, ...lists, ...facts.flatMap(({ how, said: it }) => (how === 'WRONG' ? it : []))],
  }
}

/** Every Boolean and number that has no completeness of its own. */
async function factsTold(gateway: TestGateway, { persona, purpose, child }: Asking) {
  const { data, errors } = await gateway.ask(persona, factsQuery(gateway), { purpose, variables: { id: child } })
  const answer = data?.['child'] as Json | null | undefined
  if (!answer) throw new Error(`The facts of ${child} were not answered: ${JSON.stringify(errors).slice(0, 300)}`)
  return factsIn(answer, { child }, listsIn(gateway))
}

function faultsOf({ value, completeness, without }: Counted, truth: number, lacking: readonly ListKey[]): string[] {
  const faults: string[] = []
  if (completeness === 'WHOLE') {
    if (value !== truth) faults.push(`is ${value} and whole, and in truth ${truth}`)
    if (lacking.length > 0) faults.push(`is whole without ${lacking.join(', ')}`)
    return faults
  }
  if (without.length === 0) faults.push(`is ${completeness} and says nothing that it lacks`)
  if (completeness === 'AT_LEAST' && (value === null || value > truth))
    faults.push(`is at least ${value}, and in truth ${truth}`)
  if (completeness !== 'AT_LEAST' && value !== null) faults.push(`is ${value} though ${completeness}`)
  return faults
}

/** Every number whose truth is counted from the seeds, by the fields that lead to it. */
export const judgedPaths = (): ReadonlySet<string> =>
  new Set(Object.keys(truthOf(() => [])).map((path) => path.replace(/\.F\d$/, '.count')))
