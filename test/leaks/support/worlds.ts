import type { Persona } from '../../../src/auth/persona.ts'
import { type AgencyName, agencies } from '../../../src/foundation/agencies.ts'
import { type Label, labels } from '../../../src/policy/labels.ts'
import type { Pack } from '../../../src/policy/pack.ts'
import type { TestGateway } from '../../support/gateway.ts'
import { formerNhsNumber, type Hiding, hideRows, holderOf, mark } from './hiddenRows.ts'
import { registerWorlds } from './registerWorlds.ts'

/** One way in which a store differs from its twin, and from whom the difference is hidden. */
export interface World {
  readonly name: string
  /** By the pack's own lists and the agencies' homes, not by any mask or grant of the gateway. */
  readonly hiddenFrom: (persona: Persona) => boolean
  /** Whether the one whom the records are about has a right to it; left out, not even they are told. */
  readonly toldToSubject?: boolean
  readonly apply: (gateway: TestGateway, children: readonly HiddenChild[]) => Promise<void>
  /** What stands in both stores meanwhile; gives what takes it out again. */
  readonly inBoth?: (gateway: TestGateway, children: readonly HiddenChild[]) => Promise<() => Promise<unknown>>
}

export interface HiddenChild {
  readonly id: string
  readonly persons: Readonly<Partial<Record<AgencyName, readonly string[]>>>
}

const rowsWorld = (name: string, hiddenFrom: World['hiddenFrom'], hiding: Hiding): World => ({
  name,
  hiddenFrom,
  apply: async (gateway, children) => {
    await hideRows(
      gateway,
      children.map(({ persons }) => persons),
      hiding,
    )
  },
})

/** Agencies whose own people may read what the agency neither confirms nor denies to others. */
const isAnyHome = ({ agencyType }: Persona): boolean =>
  ['SOCIAL_CARE', 'HEALTH', 'EDUCATION', 'POLICE', 'ADULT'].includes(agencyType)

const silentFor =
  (pack: Pack, label: Label) =>
  ({ role }: Persona): boolean => {
    const { hiddenFrom, access } = pack.labels[label]
    // A role that is hidden from and listed at once reads something for some purpose; it is not counted here.
    if (access.some(({ roles }) => roles.includes(role))) return false
    return hiddenFrom === 'ALL_OTHERS' || hiddenFrom.includes(role)
  }

/** Labels that the pack hides from somebody. */
export const silentLabels = (pack: Pack): readonly Label[] =>
  labels.filter((label) => pack.labels[label].hiddenFrom.length > 0 && label !== 'VICTIM_ANONYMITY')

const between = '2026-06-15T08:00:00Z'
const latest = '2026-11-20T23:59:58Z'

/** What is hidden from some who work with a child and is the child's own to read. */
const subjects: ReadonlySet<Label> = new Set([
  'HEALTH_MENTAL',
  'HEALTH_SEXUAL',
  'HEALTH_SARC',
  'CHILD_SUBSTANCE',
  'POLICE_RECORD',
])

/** Hides rows at the agencies of one home alone. */
async function hideAt(
  gateway: TestGateway,
  children: readonly HiddenChild[],
  home: string,
  hiding: Hiding,
): Promise<void> {
  const own = agencies.filter((agency) => gateway.opened.contracts[agency].home === home)
  await hideRows(
    gateway,
    children.map(({ persons }) => Object.fromEntries(own.map((agency) => [agency, persons[agency] ?? []]))),
    hiding,
  )
}

/** Every world of the proof. */
export const worldsOf = (pack: Pack): readonly World[] => [
  ...['SOCIAL_CARE', 'HEALTH', 'EDUCATION', 'POLICE', 'ADULT'].map(
    (home): World => ({
      name: `neither confirmed nor denied by ${home}`,
      hiddenFrom: ({ agencyType }) => agencyType !== home,
      apply: (gateway, children) => hideAt(gateway, children, home, { handling: 'NCND', recordedAt: latest }),
    }),
  ),
  ...['HEALTH', 'EDUCATION', 'POLICE', 'ADULT'].map(
    (home): World => ({
      name: `under the handling conditions of ${home}`,
      // MASH and social care read past conditions where there is harm to act on.
      hiddenFrom: ({ agencyType }) => ![home, 'MASH', 'SOCIAL_CARE'].includes(agencyType),
      apply: (gateway, children) => hideAt(gateway, children, home, { handling: 'CONDITIONS', recordedAt: between }),
    }),
  ),
  {
    ...rowsWorld('judged not relevant', (persona) => !isAnyHome(persona), {
      relevance: 'NOT_RELEVANT',
      recordedAt: between,
    }),
    toldToSubject: true,
  },
  rowsWorld('recorded after the day of the view', () => true, { recordedAt: '2026-11-21T09:00:00Z' }),
  ...silentLabels(pack).map((label) => ({
    ...rowsWorld(`rows of ${label}`, silentFor(pack, label), { label, recordedAt: latest }),
    toldToSubject: subjects.has(label),
    ...(label === 'ADDRESS_PROTECTED' ? { inBoth: protectedAlready } : {}),
  })),
  ...silentLabels(pack).map((label) => holdsWorld(pack, label)),
  linksWorld,
  formerIdentifierWorld(pack),
  ...registerWorlds,
]

/**
 * That a place must not be found is a fact of the child: it keeps back every field that says where, for everyone alike
 * (`protectedPlace.test.ts`). From then on no further record of such a place, and no hold on one, changes a byte.
 */
async function protectedAlready(gateway: TestGateway, children: readonly HiddenChild[]) {
  const { knex } = gateway.opened.setting.opening.store
  const rows = children.flatMap(({ persons }) =>
    (persons['health'] ?? []).flatMap((person) =>
      ['', holderOf(person) ?? ''].map((holder) => ({
        ...{ agency: 'health', person_id: person, holder },
        seen_at: '2026-01-01T00:00:00Z',
      })),
    ),
  )
  await knex('gateway.protected_place').insert(rows).onConflict().ignore()
  return () => knex('gateway.protected_place').where({ agency: 'health' }).delete()
}

/** Holds on a silent label and on single records of it: for ever, until a day, and released long since. */
const holdsWorld = (pack: Pack, label: Label): World => ({
  name: `holds on ${label}`,
  hiddenFrom: silentFor(pack, label),
  toldToSubject: subjects.has(label),
  ...(label === 'ADDRESS_PROTECTED' ? { inBoth: protectedAlready } : {}),
  apply: async (gateway, children) => {
    const { knex } = gateway.opened.setting.opening.store
    for (const { id, persons } of children) {
      await hideRows(gateway, [persons], { label, recordedAt: latest })
      for (const [index, agency] of Object.keys(persons).entries())
        await knex('gateway.hold').insert([
          { ...hold(id, agency), id: `${id}-${index}-label${mark}`, label },
          { ...hold(id, agency), id: `${id}-${index}-record${mark}`, record_id: `some-record${mark}` },
          { ...hold(id, agency), id: `${id}-${index}-embargo${mark}`, label, kind: 'EMBARGO', until: '2027-01-01' },
          { ...hold(id, agency), id: `${id}-${index}-released${mark}`, label, released_at: '2026-10-01' },
        ])
    }
  },
})

const hold = (child: string, agency: string) => ({
  child_id: child,
  agency,
  kind: 'DETRIMENT',
  reason: 'Hidden reason',
  owner: 'HOLDER, elsewhere',
  // Overdue, so that whoever is told of it is told at every door.
  review_on: '2026-01-01',
  recorded_at: latest,
})

/** An agency that knows the child by hidden records alone, under an id of its own. */
const linksWorld: World = {
  name: 'links through hidden records',
  hiddenFrom: (persona) => !isAnyHome(persona) || persona.role === 'INFORMATION_GOVERNANCE_OFFICER',
  apply: async (gateway, children) => {
    const { knex } = gateway.opened.setting.opening.store
    for (const { id } of children) {
      const persons = Object.fromEntries(
        Object.keys(gateway.opened.contracts).map((agency) => [agency, [`${agency}-${id}${mark}`]]),
      )
      await knex('gateway.link').insert(
        Object.entries(persons).map(([agency, [person]]) => ({
          child_id: id,
          agency,
          person_id: person,
          since: '2020-01-01',
        })),
      )
      await hideRows(gateway, [persons], { handling: 'NCND', recordedAt: latest })
    }
  },
}

/** The number from before an adoption still leads to the child in the gateway's links. */
const formerIdentifierWorld = (pack: Pack): World => ({
  name: 'identifiers from before an adoption',
  hiddenFrom: silentFor(pack, 'ADOPTION'),
  apply: async (gateway, children) => {
    const first = children.slice(0, 1)
    await gateway.opened.setting.opening.store
      .knex('gateway.identifier')
      .insert(first.map(({ id }) => ({ scheme: 'NHS_NUMBER', value: formerNhsNumber, child_id: id, verified: true })))
    await hideRows(
      gateway,
      first.map(({ persons }) => persons),
      { label: 'ADOPTION', recordedAt: latest },
    )
  },
})
