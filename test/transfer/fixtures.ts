import type { Answers, AuthorisedChild } from '../../src/disclosure/requestContext.ts'
import { type Evidence, noEvidence, periodsIn } from '../../src/facts/transferBorneOut.ts'
import { type AgencyName, agencies, eachAgency } from '../../src/foundation/agencies.ts'
import { registryOf } from '../../src/foundation/registry.ts'
import { buildModel, loadAgencies } from '../../src/graphql/schemaModel.ts'
import type { Grant, WithheldLabel } from '../../src/policy/grant.ts'
import { type Label, labels, maskOf } from '../../src/policy/labels.ts'
import type { ListContract, Row, SourceContract } from '../../src/sources/contract.ts'
import { plainRecords } from '../../src/sources/plainRecords.ts'
import { listsOf } from '../../src/sources/recordSet.ts'
import type { SectionInput } from '../../src/transfer/carriedRows.ts'
import type { CompileInput } from '../../src/transfer/compile.ts'
import type { TransferHead } from '../../src/transfer/transferTypes.ts'
import { type AnyTransferView, showsRecord, type TransferView } from '../../src/transfer/transferView.ts'

const authority = (number: number, force: string) => ({
  code: `LA${number}`,
  name: `Authority ${number}`,
  dfeCode: `99${number}`,
  gssCode: `E0699999${number}`,
  force,
  contact: `front door of LA${number}`,
})

export const registry = registryOf(
  [
    authority(1, 'F1'),
    authority(2, 'F1'),
    authority(3, 'F2'),
    authority(4, 'F3'),
    authority(5, 'F4'),
    authority(6, 'F1'),
  ],
  ['F1', 'F2', 'F3', 'F4'].map((code) => ({ code, name: `Force ${code}`, contact: `desk of ${code}` })),
)

const real = buildModel(await loadAgencies(), []).contracts
const toldHere = ['s47Enquiries', 'crimes', 'concerns', 'unscheduledAttendances']

/** The contract of an agency with only what a transfer reads of it. */
const contractOf = (agency: AgencyName): SourceContract => {
  const lists: Record<string, ListContract> = {}
  for (const [list, { chronology: _rule, ...rest }] of Object.entries(real[agency].lists)) {
    if (!rest.transferred) continue
    const rule = { fields: ['eventAt'], tell: () => ({ headline: `one of ${list}` }) }
    lists[list] = toldHere.includes(list) ? { ...rest, chronology: rule } : rest
  }
  return { ...real[agency], title: agency, contact: `contact of ${agency}`, system: `${agency} system`, lists }
}

export const contracts = eachAgency(contractOf)

/** A row of an agency in LA2, unless said otherwise. */
export const row = (agency: AgencyName, id: string, fields: Record<string, Row[string]> = {}): Row => ({
  id: `${agency}:${id}`,
  person: `${agency}-person-77`,
  eventAt: '2026-03-01T09:00:00Z',
  sensitivity: [],
  'provenance.agency': real[agency].agency,
  'provenance.la': agency === 'police' ? null : 'LA2',
  'provenance.force': agency === 'police' ? 'F1' : null,
  'provenance.organisation': null,
  ...fields,
})

type Lists = Readonly<Partial<Record<AgencyName, Readonly<Record<string, readonly Row[]>>>>>

/** Answers of every agency; those in `down` did not answer. */
export const answersOf = (lists: Lists, down: readonly AgencyName[] = []): Answers => {
  const answer = (agency: AgencyName): Answers[AgencyName] =>
    down.includes(agency)
      ? { state: 'UNAVAILABLE', detail: 'stopped' }
      : { state: 'ANSWERED', records: plainRecords(lists[agency] ?? {}), holdings: [] }
  return eachAgency(answer)
}

const hidden: readonly Label[] = [
  'ADOPTION',
  'LEGAL_PRIVILEGE',
  'POLICE_INTELLIGENCE',
  'HEALTH_SEXUAL',
  'REFERRER_IDENTITY',
]

/** The receiving officer's grant in these tests: all but what is hidden and what is withheld. */
export const grantOf = (agency: AgencyName, withheld: readonly WithheldLabel[] = []): Grant => {
  const none = new Set<Label>([
    ...hidden,
    ...withheld.filter(({ level }) => level === 'HEADLINE').map(({ label }) => label),
  ])
  const headlineOnly = new Set<Label>(withheld.map(({ label }) => label))
  return {
    agency,
    childId: 'C01',
    persons: [`${agency}-person-77`],
    headline: maskOf(labels.filter((label) => !none.has(label))),
    content: maskOf(labels.filter((label) => !none.has(label) && !headlineOnly.has(label))),
    redact: 0,
    own: null,
    rows: { ncnd: false, conditions: false, undecided: true, notRelevant: false },
    places: 'ALL' as const,
    names: 'ALL' as const,
    pseudonymKey: 'key-of-a-test',
    heldRecords: [],
    withheld,
    organisation: 'LA5-CSC',
    callerType: 'SOCIAL_CARE',
    keeper: null,
    asOf: '2026-11-20T23:59:59.000Z',
  }
}

export const withheldLabel = (label: Label, level: 'HEADLINE' | 'CONTENT' = 'HEADLINE'): WithheldLabel => ({
  label,
  level,
  reason: 'W_NOT_NEEDED_FOR_PURPOSE',
  rule: 'label table',
  requestable: true,
})

export const grantsOf = (withheld: Partial<Record<AgencyName, readonly WithheldLabel[]>> = {}) =>
  eachAgency((agency) => grantOf(agency, withheld[agency]))

export const childOf = (
  answers: Answers,
  withheld: Partial<Record<AgencyName, readonly WithheldLabel[]>> = {},
  facts: Partial<AuthorisedChild['facts']> = {},
): AuthorisedChild => ({
  id: 'C01',
  asOf: '2026-11-20T23:59:59.000Z',
  facts: {
    childId: 'C01',
    persons: Object.fromEntries(agencies.map((agency) => [agency, [`${agency}-person-77`]])),
    relationship: 'EPISODE',
    harm: 'CONCERN',
    ageBand: '13_TO_15',
    responsibleLa: 'LA2',
    areaLa: 'LA5',
    agreement: true,
    breakGlass: false,
    placeProtected: false,
    consents: [],
    holds: [],
    ...facts,
  },
  grants: grantsOf(withheld),
  answers: async () => answers,
  answered: () => answers,
})

export const head = (changes: Partial<TransferHead> = {}): TransferHead => ({
  id: 'transfer-1',
  type: 'CP_TRANSFER_IN',
  childId: 'C01',
  fromLa: 'LA2',
  toLa: 'LA5',
  notifiedAt: '2026-11-20T23:59:59.000Z',
  clockStart: '2026-11-20T23:59:59.000Z',
  clockRule: 'the rule',
  workingDays: 15,
  dueOn: '2026-12-11',
  createdAt: '2026-11-20T23:59:59.000Z',
  author: 'RECEIVING_OFFICER, LA5-CSC',
  authorisedBy: null,
  responsibilityPassed: false,
  version: '1.0',
  previous: null,
  ...changes,
})

export const inputOf = (
  lists: Lists,
  options: {
    down?: readonly AgencyName[]
    withheld?: Partial<Record<AgencyName, readonly WithheldLabel[]>>
    transfer?: Partial<TransferHead>
    contributions?: SectionInput['contributions']
  } = {},
): CompileInput => {
  const answers = answersOf(lists, options.down)
  return {
    transfer: head(options.transfer),
    child: childOf(answers, options.withheld),
    answers,
    contracts,
    registry,
    contributions: options.contributions ?? [],
    now: '2026-11-21T10:00:00.000Z',
  }
}

/** C01 in outline: an open enquiry in LA2, a move to LA5, one hidden item nowhere in what the receiver may read. */
export const movedWithOpenEnquiry: Lists = {
  socialCare: {
    person: [
      row('socialCare', 'p1', {
        family: 'Ashdown',
        given: 'Robin',
        dateOfBirth: '2012-02-11',
        sex: 'F',
        isAlias: false,
      }),
    ],
    s47Enquiries: [
      row('socialCare', 's47', { startedOn: '2026-03-05', endedOn: null, 'provenance.organisation': 'LA2-CSC' }),
    ],
    contacts: [
      row('socialCare', 'c2', { concerns: ['SEXUAL_ABUSE', 'NEGLECT'], disposed: ['NEGLECT'], 'provenance.la': 'LA5' }),
    ],
  },
  education: {
    person: [row('education', 'pupil', { upn: 'M992500112100', dateOfBirth: '2012-02-11' })],
    enrolments: [
      row('education', 'a', { school: 'Northgate School', to: '2026-04-01', 'provenance.organisation': '900003' }),
      row('education', 'b', { school: 'Southmere High', 'provenance.la': 'LA5', 'provenance.organisation': '900005' }),
    ],
  },
  police: { events: [row('police', 'e', { kind: 'WELFARE_CHECK', eventAt: '2026-03-10T10:00:00Z' })] },
  health: {
    person: [row('health', 'h', { nhsNumber: '9991010009', nhsNumberVerified: true, dateOfBirth: '2012-02-11' })],
    registrations: [
      row('health', 'gp', {
        name: 'Eastvale Surgery',
        'provenance.agency': 'HEALTH_GP',
        'provenance.organisation': 'NHS-LA2-GP',
      }),
    ],
  },
  adultServices: {
    housing: [row('adultServices', 't', { kind: 'TENANCY', 'provenance.agency': 'HOUSING', 'provenance.la': 'LA5' })],
  },
}

/** C04 in outline: looked after by LA2, placed in LA5 with a home that logs, and two forces. */
export const placedAtADistance: Lists = {
  socialCare: {
    person: [
      row('socialCare', 'p4', {
        family: 'Thornley',
        given: 'Sam',
        dateOfBirth: '2013-06-27',
        sex: 'M',
        isAlias: false,
      }),
    ],
    placements: [
      row('socialCare', 'pl1', { code: 'K2', la: 'LA2', force: 'F1', from: '2024-08-01', to: '2025-05-18' }),
      row('socialCare', 'pl2', { code: 'K2', la: 'LA5', force: 'F4', from: '2025-05-19', to: null }),
    ],
    missing: [
      row('socialCare', 'm1', {
        reported: false,
        loggedBy: 'CHILDRENS_HOME',
        from: '2026-09-01T20:00:00Z',
        'provenance.agency': 'CHILDRENS_HOME',
        'provenance.la': 'LA5',
        'provenance.organisation': 'HOME-LA5',
      }),
      row('socialCare', 'm2', {
        reported: true,
        loggedBy: 'CHILDRENS_HOME',
        from: '2026-10-30T20:00:00Z',
        to: '2026-10-31T08:00:00Z',
        'provenance.agency': 'CHILDRENS_HOME',
        'provenance.la': 'LA5',
        'provenance.organisation': 'HOME-LA5',
      }),
    ],
  },
  police: {
    missingEpisodes: [
      row('police', 'f1', { force: 'F1', from: '2025-08-01T20:00:00Z', eventAt: '2025-08-01T20:00:00Z' }),
      row('police', 'f4', {
        force: 'F4',
        from: '2026-10-30T20:00:00Z',
        eventAt: '2026-10-30T20:00:00Z',
        overnight: true,
        'provenance.force': 'F4',
      }),
    ],
  },
  education: { enrolments: [row('education', 'x', { school: 'Eastvale Academy', to: '2025-08-31' })] },
  health: { registrations: [row('health', 'g', { name: 'Southmere Practice', 'provenance.la': 'LA5' })] },
}

/** The same answers as evidence, as the gateway reads it for itself. */
export const evidenceOf = (
  child: AuthorisedChild | undefined,
  answers: Answers | undefined = child?.answered(),
): Evidence =>
  child && answers
    ? {
        responsibleLa: child.facts.responsibleLa,
        isWhole: answers.socialCare.state === 'ANSWERED',
        periods: Object.values(answers).flatMap((answer) =>
          answer.state === 'ANSWERED' ? periodsIn(listsOf(answer.records)) : [],
        ),
      }
    : noEvidence

/** A transfer that is not pending. */
export const sent = async (view: Promise<AnyTransferView>): Promise<TransferView> => {
  const given = await view
  if (!showsRecord(given) || given.toLa === null) throw new Error(`The transfer of ${given.childId} is ${given.state}.`)
  return given
}
