import type { AgencyName } from '../src/foundation/agencies.ts'
import type { Holder, Service } from '../src/foundation/holder.ts'

interface Row {
  readonly organisation: string
  readonly name: string
  readonly service: Service
  readonly la: string
  /**
   * Authorities in which it is expected to know every child; a school, a home or a service one is referred to names
   * none.
   */
  readonly areas?: readonly string[]
  readonly office: string
  readonly outOfHours?: string
  readonly byLabel?: Readonly<Record<string, string>>
}

const rows: Readonly<Partial<Record<AgencyName, readonly Row[]>>> = {
  health: [
    ...practice('LA2', 'Eastvale Surgery', '01632 960201'),
    ...practice('LA5', 'Southmere Practice', '01632 960205'),
    ...practice('LA6', 'Fenwick Surgery', '01632 960206'),
    {
      ...trust('NHS-LA2-ACUTE', 'Eastvale Hospital', 'HEALTH_ACUTE', 'LA2', '01632 960211'),
      outOfHours: 'Eastvale Hospital, site manager, 01632 960411',
      byLabel: {
        HEALTH_MENTAL: 'Eastvale Hospital, liaison psychiatry, 01632 960212',
        HEALTH_SEXUAL: 'Eastvale Hospital, sexual health adviser, 01632 960213',
      },
    },
    trust('NHS-LA5-ACUTE', 'Southmere Hospital', 'HEALTH_ACUTE', 'LA5', '01632 960215'),
    trust('NHS-LA2-CHC', 'Eastvale community health', 'HEALTH_COMMUNITY', 'LA2', '01632 960221'),
    trust('NHS-LA5-CHC', 'Southmere community health', 'HEALTH_COMMUNITY', 'LA5', '01632 960225'),
    { ...trust('NHS-LA2-CAMHS', 'Eastvale CAMHS', 'HEALTH_MENTAL_HEALTH', 'LA2', '01632 960231'), areas: [] },
    { ...trust('NHS-LA5-CAMHS', 'Southmere CAMHS', 'HEALTH_MENTAL_HEALTH', 'LA5', '01632 960235'), areas: [] },
    {
      ...trust('NHS-LA5-SARC', 'Southmere sexual assault referral centre', 'HEALTH_SARC', 'LA5', '01632 960245'),
      areas: [],
    },
  ],
  education: [
    school('900001', 'Eastvale Primary', 'LA2', '01632 960101'),
    school('900002', 'Eastvale Academy', 'LA2', '01632 960102'),
    school('900003', 'Northgate School', 'LA2', '01632 960103'),
    school('900004', 'Westhaven College', 'LA4', '01632 960104'),
    school('900005', 'Southmere High', 'LA5', '01632 960105'),
    school('900006', 'Fenwick School', 'LA6', '01632 960106'),
    school('900007', 'Southmere Academy', 'LA5', '01632 960107'),
    school('900008', 'Eastvale College', 'LA2', '01632 960108'),
    {
      organisation: 'LA6-EDU',
      name: 'Fenwick education service',
      service: 'EDUCATION',
      la: 'LA6',
      areas: ['LA6'],
      office: 'Fenwick education service, 01632 960316',
    },
  ],
  police: [
    force('F1', 'LA2', ['LA1', 'LA2', 'LA6'], '01632 960021'),
    force('F2', 'LA3', ['LA3'], '01632 960022'),
    force('F3', 'LA4', ['LA4'], '01632 960023'),
    force('F4', 'LA5', ['LA5'], '01632 960024'),
  ],
  adultServices: [
    adult('LA2-ASC', 'Eastvale adult social care', 'ADULT_SOCIAL_CARE', 'LA2', '01632 960332'),
    adult('LA5-ASC', 'Southmere adult social care', 'ADULT_SOCIAL_CARE', 'LA5', '01632 960335'),
    adult('LA2-HOUSING', 'Eastvale housing', 'HOUSING', 'LA2', '01632 960352'),
    adult('LA5-HOUSING', 'Southmere housing', 'HOUSING', 'LA5', '01632 960355'),
    adult('LA2-PROBATION', 'Eastvale probation', 'PROBATION', 'LA2', '01632 960362'),
    adult('LA2-SUBSTANCE', 'Eastvale drug and alcohol service', 'SUBSTANCE_SERVICE', 'LA2', '01632 960372'),
    adult('LA6-ASC', 'Fenwick adult social care', 'ADULT_SOCIAL_CARE', 'LA6', '01632 960336'),
  ],
  socialCare: [
    ...(
      [
        ['LA1', 'Northmoor'],
        ['LA2', 'Eastvale'],
        ['LA3', 'Calderbrook'],
        ['LA4', 'Westhaven'],
        ['LA5', 'Southmere'],
        ['LA6', 'Fenwick'],
      ] as const
    ).map(([la, name]) => authority(la, name)),
    {
      organisation: 'LA2-YJS',
      name: 'Eastvale youth justice service',
      service: 'YOUTH_JUSTICE',
      la: 'LA2',
      office: 'Eastvale youth justice service, 01632 960382',
    },
    home('HOME-LA2', 'Elm Lodge', 'LA2', '01632 960392'),
    home('HOME-LA5', 'Harbour House', 'LA5', '01632 960395'),
    {
      organisation: 'FOSTER-LA2',
      name: 'Eastvale fostering service',
      service: 'FOSTER_CARER',
      la: 'LA2',
      office: 'Eastvale fostering service, 01632 960386',
    },
    {
      organisation: 'VOL-LA5',
      name: 'Southmere young people’s project',
      service: 'VOLUNTARY',
      la: 'LA5',
      office: 'Southmere young people’s project, 01632 960387',
    },
  ],
}

/** Holders that the partnership knows and nothing connects: whoever wants to know rings them. */
const notConnected: ReadonlySet<string> = new Set(['LA6-ASC', 'NHS-LA6-GP', 'LA6-EDU', 'FOSTER-LA2', 'VOL-LA5'])

/** Who holds records in the demonstration. A holder's id is its organisation's code. All invented. */
export const holderRegistry: readonly Holder[] = Object.entries(rows).flatMap(([kind, list]) =>
  list.map(
    ({ organisation, name, service, la, areas = [], office, outOfHours, byLabel }): Holder => ({
      id: organisation,
      // The keys are names of kinds.
      kind: kind as AgencyName,
      organisation,
      ...{ name, service, la, areas },
      contact: { office, outOfHours, byLabel },
      timeZone: 'Europe/London',
      freshnessHours: null,
      binding: notConnected.has(organisation) ? null : { type: 'sql' },
    }),
  ),
)

function authority(la: string, name: string): Row {
  const number = `01632 96001${la.slice(2)}`
  return {
    organisation: `${la}-CSC`,
    name: `${name} children’s social care`,
    service: 'CHILDRENS_SOCIAL_CARE',
    ...{ la, areas: [la] },
    office: `${name} children’s social care front door, ${number}`,
    outOfHours: `${name} emergency duty team, 01632 96041${la.slice(2)}`,
  }
}

function force(code: string, la: string, areas: readonly string[], number: string): Row {
  const name = `Force ${code.slice(1)}`
  return {
    organisation: code,
    ...{ name, la, areas },
    service: 'POLICE',
    office: `${name} public protection desk, ${number}`,
    outOfHours: `${name} control room, 01632 96042${code.slice(1)}`,
  }
}

function practice(la: string, name: string, number: string): readonly Row[] {
  return [
    {
      organisation: `NHS-${la}-GP`,
      ...{ name, la, areas: [la] },
      service: 'HEALTH_GP',
      office: `Safeguarding lead GP, ${number}`,
    },
  ]
}

function trust(organisation: string, name: string, service: Service, la: string, number: string): Row {
  return { organisation, name, service, la, areas: [la], office: `${name}, named nurse for safeguarding, ${number}` }
}

function school(organisation: string, name: string, la: string, number: string): Row {
  return { organisation, name, la, service: 'EDUCATION', office: `Safeguarding lead, ${number}` }
}

function adult(organisation: string, name: string, service: Service, la: string, number: string): Row {
  return { organisation, name, service, la, areas: [la], office: `${name}, ${number}` }
}

function home(organisation: string, name: string, la: string, number: string): Row {
  return { organisation, name, la, service: 'CHILDRENS_HOME', office: `${name}, shift leader, ${number}` }
}
