import type { ChildSeed, GatewaySeed, IdentifierSeed } from '../seedRecord.ts'

/** The children of the demonstration. An adopted sibling is not among them, and must never be. */
export const children: readonly ChildSeed[] = [
  { id: 'C01', areaLa: 'LA5', bornOn: '2012-02-11' },
  { id: 'C02', areaLa: 'LA2', bornOn: '2013-04-19' },
  { id: 'C03', areaLa: 'LA2', bornOn: '2012-09-03' },
  { id: 'C04', areaLa: 'LA5', bornOn: '2013-06-27' },
  { id: 'C05', areaLa: 'LA2', bornOn: '2015-01-15' },
  { id: 'C06', areaLa: 'LA6', bornOn: '2009-05-06' },
  { id: 'C07', areaLa: 'LA5', bornOn: '2011-10-30' },
  { id: 'C08', areaLa: 'LA5', bornOn: '2012-12-08' },
  { id: 'C09', areaLa: 'LA2', bornOn: '2015-07-21' },
  { id: 'C09B', areaLa: 'LA2', bornOn: '2015-07-21' },
  { id: 'C10', areaLa: 'LA2', bornOn: '2012-08-14' },
  { id: 'C11', areaLa: 'LA5', bornOn: null },
  { id: 'C12', areaLa: 'LA2', bornOn: '2014-11-02' },
]

type Persons = Partial<Record<GatewaySeed['links'][number]['agency'], readonly string[]>>

/** Who is who, agency by agency. Nothing else joins two agencies' records. */
const persons: Readonly<Record<string, Persons>> = {
  C01: {
    health: ['H-620318'],
    education: ['P-27740', 'P-81263'],
    police: ['F1-N-65530'],
    adultServices: ['A-33021'],
    socialCare: ['EV-38107', 'SM-30455'],
  },
  C02: { health: ['H-570162'], education: ['P-36674'], police: ['F1-N-69013'], socialCare: ['EV-44250'] },
  C03: {
    health: ['H-398155'],
    education: ['P-28819'],
    police: ['F1-N-58842'],
    adultServices: ['A-30587'],
    socialCare: ['EV-39984'],
  },
  C04: {
    health: ['H-509274'],
    education: ['P-30811', 'P-77402'],
    police: ['F1-N-60412', 'F4-N-11873'],
    socialCare: ['EV-41873', 'SM-20716'],
  },
  C05: {
    health: ['H-318840'],
    education: ['P-41926'],
    police: ['F1-N-72855'],
    adultServices: ['A-26614'],
    socialCare: ['EV-50962'],
  },
  C06: {
    health: ['H-204419'],
    education: ['P-15507', 'P-90218'],
    police: ['F1-N-47720', 'F2-N-20931', 'F3-N-08164'],
    socialCare: ['EV-22671'],
  },
  C07: {
    health: ['H-287703'],
    education: ['P-52138'],
    police: ['F1-N-51977'],
    adultServices: ['A-19045'],
    socialCare: ['EV-29316'],
  },
  C08: { education: ['P-69340'], police: ['F4-N-13390'], socialCare: ['SM-33870'] },
  C09: { health: ['H-488130'], education: ['P-55271'], police: ['F1-N-70044'], socialCare: ['EV-47718'] },
  C09B: { health: ['H-488671'], education: ['P-55926'], socialCare: ['EV-47093'] },
  C10: { health: ['H-352266'], education: ['P-31187'], police: ['F1-N-61188', 'F4-N-12765'], socialCare: ['EV-40417'] },
  C11: { health: ['H-331207'], adultServices: ['A-38871'], socialCare: ['EV-52608', 'SM-35102'] },
  C12: { health: ['H-455091'], education: ['P-48805'] },
}

const agencyOrder = ['health', 'education', 'police', 'adultServices', 'socialCare'] as const

export const links: GatewaySeed['links'] = Object.entries(persons).flatMap(([child, known]) =>
  agencyOrder.flatMap((agency) => (known[agency] ?? []).map((person) => ({ child, agency, person }))),
)

/** Child, NHS number, UPN, numbers of the authorities. */
const numbers: readonly (readonly [string, string, string, readonly string[]])[] = [
  ['C01', '9991010009', 'M992500112100', ['992038107', '995030455']],
  ['C02', '9991010912', 'W992500213101', ['992044250']],
  ['C03', '9991011838', 'H992500312102', ['992039984']],
  ['C04', '9991012745', 'R992500413103', ['992041873']],
  ['C05', '9991013652', 'A992500514104', ['992050962']],
  ['C06', '9991014578', 'T992500609105', ['992022671']],
  ['C07', '9991015485', 'N992500711106', ['992029316']],
  ['C08', '9991017305', 'V992500912108', ['995033870']],
  ['C09', '9991018212', 'W992501015109', ['992047718']],
  ['C09B', '9991019138', 'Q992501115110', ['992047093']],
  ['C10', '9991020047', 'F992501212111', ['992040417']],
  ['C12', '9991021868', 'Y992501414113', []],
]

/** Of the twins, Daniel's NHS number was never traced. */
const unverified = new Set(['9991019138'])

export const identifiers: readonly IdentifierSeed[] = [
  ...numbers.flatMap(([child, nhsNumber, upn, local]): IdentifierSeed[] => [
    { scheme: 'NHS_NUMBER', value: nhsNumber, child, verified: !unverified.has(nhsNumber) },
    { scheme: 'UPN', value: upn, child, verified: true },
    ...local.map((value): IdentifierSeed => ({ scheme: 'LA_CHILD_ID', value, child, verified: true })),
  ]),
  { scheme: 'MOTHER_NHS_NUMBER', value: '9991020950', child: 'C11', verified: true },
  { scheme: 'LA_CHILD_ID', value: '992052608', child: 'C11', verified: true },
  { scheme: 'LA_CHILD_ID', value: '995035102', child: 'C11', verified: true },
]
