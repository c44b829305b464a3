import type { Count } from '../../src/childView/countCompleteness.ts'
import { loadCatalogue } from '../../src/composition/catalogue.ts'
import type { Answers } from '../../src/disclosure/requestContext.ts'
import { type AgencyName, agencies, environmentPrefix, leadAgency } from '../../src/foundation/agencies.ts'
import { type Registry, registryOf } from '../../src/foundation/registry.ts'
import type { Grant } from '../../src/policy/grant.ts'
import { type Disclosure, type Label, labels, maskOf } from '../../src/policy/labels.ts'
import type { Contracts } from '../../src/records/agencyAnswers.ts'
import type { AnyRow } from '../../src/sources/commonRowFields.ts'
import type { ListContract, Row, SourceContract, Value } from '../../src/sources/contract.ts'
import { plainRecords } from '../../src/sources/plainRecords.ts'
import type { Holding, SourceAnswer } from '../../src/sources/source.ts'

/** The view's date of the story cases. */
export const asOf = '2026-11-20T23:59:59Z'

type Lists = Readonly<Record<string, readonly Row[]>>

/** A row as a source gives it: fields that are not permitted are null or left out. */
export const row = <const Fields extends Readonly<Record<string, Value>>>(
  id: string,
  fields?: Fields,
): AnyRow & Fields =>
  // Fields that are left out are as those that may not be read.
  ({ id, person: 'P-1', 'provenance.recordedAt': '2026-01-01T00:00:00Z', ...fields }) as unknown as AnyRow & Fields

/** `count` rows of one list, each made from its place. */
export const rows = (count: number, make: (index: number) => Row): readonly Row[] =>
  Array.from({ length: count }, (_, index) => make(index))

export const answered = (lists: Lists = {}, holdings: readonly Holding[] = []): SourceAnswer => ({
  state: 'ANSWERED',
  records: plainRecords(lists),
  holdings,
})

export const down: SourceAnswer = { state: 'UNAVAILABLE', detail: 'The source did not answer.' }

/** Answers of all agencies; those not named answered and hold nothing. */
export const answersOf = (given: Readonly<Partial<Record<AgencyName, Lists | SourceAnswer>>> = {}): Answers => {
  const answer = (agency: AgencyName): SourceAnswer => {
    const lists = given[agency]
    if (lists && isAnswer(lists)) return lists
    return answered(lists ?? {})
  }
  return byAgency(answer)
}

const isAnswer = (given: Lists | SourceAnswer): given is SourceAnswer => typeof given['state'] === 'string'

/** One value for each agency, whatever agencies there are: every name of the list gets its own. */
const byAgency = <Made>(make: (agency: AgencyName) => Made): Readonly<Record<AgencyName, Made>> =>
  Object.fromEntries(agencies.map((agency) => [agency, make(agency)])) as Record<AgencyName, Made>

const contractOf = (name: AgencyName, lists: Readonly<Record<string, ListContract>>): SourceContract => ({
  name,
  title: name,
  agency: name === leadAgency ? 'CHILDRENS_SOCIAL_CARE' : environmentPrefix(name),
  home: 'HEALTH',
  contact: `${name} desk`,
  system: `${name} system`,
  speakers: {},
  beforeRelease: `read the part of ${name}`,
  lists,
})

const { contracts: ownContracts } = (await loadCatalogue({ demonstration: false, registryFile: null })).model

/** Contracts of invented desks and systems, with the lists that the schema has where none are given. */
export const contractsOf = (
  lists?: Readonly<Partial<Record<AgencyName, Readonly<Record<string, ListContract>>>>>,
): Contracts => byAgency((agency) => contractOf(agency, (lists ? lists[agency] : ownContracts[agency].lists) ?? {}))

const everything = maskOf(labels)

/** A grant that permits everything but what is given. */
export const grantOf = (agency: AgencyName, fields: Partial<Grant> = {}): Grant => ({
  agency,
  childId: 'C04',
  persons: ['P-1'],
  headline: everything,
  content: everything,
  redact: 0,
  own: null,
  rows: { ncnd: false, conditions: false, undecided: false, notRelevant: false },
  places: 'ALL' as const,
  names: 'ALL' as const,
  pseudonymKey: 'key-of-a-test',
  heldRecords: [],
  withheld: [],
  organisation: 'LA2-CSC',
  callerType: 'SOCIAL_CARE',
  keeper: null,
  asOf,
  ...fields,
})

export const grantsOf = (
  given: Readonly<Partial<Record<AgencyName, Partial<Grant>>>> = {},
): Readonly<Record<AgencyName, Grant>> => byAgency((agency) => grantOf(agency, given[agency]))

/** What a joined number goes by: contracts, and grants that permit everything but what is given. */
export const groundOf = (given: Parameters<typeof grantsOf>[0] = {}) => ({
  grants: grantsOf(given),
  contracts: contractsOf(),
})

/** A label that is withheld and may be told. */
export const told = (label: Label, level: Disclosure = 'HEADLINE'): Grant['withheld'][number] => ({
  label,
  level,
  reason: 'W_ROLE_NOT_PERMITTED',
  rule: 'test',
  requestable: false,
})

/** A number that lacks nothing. */
export const whole = (value: number): Count => ({ value, completeness: 'WHOLE', without: [] })

const authority = (code: string, dfeCode: string, force: string) => ({
  code,
  name: code,
  dfeCode,
  gssCode: `E06999${dfeCode}`,
  force,
  contact: `${code} front door`,
})

export const registry: Registry = registryOf(
  [
    authority('LA1', '991', 'F1'),
    authority('LA2', '992', 'F1'),
    authority('LA3', '993', 'F2'),
    authority('LA5', '995', 'F4'),
  ],
  ['F1', 'F2', 'F4'].map((code) => ({ code, name: `Force ${code.slice(1)}`, contact: `${code} desk` })),
)
