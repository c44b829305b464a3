import type { RelationshipSeed } from '../seedRecord.ts'
import { recordId } from '../seedRowWriter.ts'

type Line = readonly [organisation: string, child: string, kind: RelationshipSeed['kind'], from: string, to?: string]

/** Allocation by social care and by the care provider. */
const allocated: readonly Line[] = [
  ['LA2-CSC', 'C01', 'ALLOCATED', '2026-03-05'],
  ['LA2-CSC', 'C02', 'ALLOCATED', '2026-10-05'],
  ['LA2-CSC', 'C03', 'ALLOCATED', '2025-02-10'],
  ['LA2-CSC', 'C04', 'ALLOCATED', '2019-03-04'],
  ['LA2-CSC', 'C05', 'ALLOCATED', '2026-03-09'],
  ['LA2-CSC', 'C06', 'ALLOCATED', '2021-06-07'],
  ['LA2-CSC', 'C07', 'ALLOCATED', '2022-03-07'],
  ['LA2-CSC', 'C10', 'ALLOCATED', '2026-07-13'],
  ['LA2-CSC', 'C11', 'ALLOCATED', '2026-09-14'],
  ['LA5-CSC', 'C08', 'ALLOCATED', '2026-10-13'],
  ['HOME-LA2', 'C04', 'ALLOCATED', '2024-08-05', '2025-05-19'],
  ['HOME-LA5', 'C04', 'ALLOCATED', '2025-05-19'],
  ['FOSTER-LA2', 'C02', 'ALLOCATED', '2026-10-06', '2026-10-11'],
]

/** Schools, by enrolment. One that a child left has no more to do with the child. */
const onRoll: readonly Line[] = [
  ['900003', 'C01', 'ON_ROLL', '2023-09-05', '2026-03-31'],
  ['900005', 'C01', 'ON_ROLL', '2026-04-15'],
  ['900002', 'C02', 'ON_ROLL', '2024-09-03'],
  ['900002', 'C03', 'ON_ROLL', '2025-11-03'],
  ['900001', 'C04', 'ON_ROLL', '2018-09-04', '2024-07-19'],
  ['900002', 'C04', 'ON_ROLL', '2024-09-03', '2025-08-31'],
  ['900005', 'C04', 'ON_ROLL', '2025-09-01'],
  ['900001', 'C05', 'ON_ROLL', '2019-09-03', '2026-07-17'],
  ['900002', 'C05', 'ON_ROLL', '2026-09-02'],
  ['900002', 'C06', 'ON_ROLL', '2020-09-03', '2024-02-09'],
  ['900004', 'C06', 'ON_ROLL', '2025-09-03', '2026-03-27'],
  ['900006', 'C06', 'ON_ROLL', '2026-04-13'],
  ['900005', 'C08', 'ON_ROLL', '2024-09-03'],
  ['900003', 'C09', 'ON_ROLL', '2026-09-02'],
  ['900003', 'C09B', 'ON_ROLL', '2026-09-02'],
  ['900002', 'C10', 'ON_ROLL', '2023-09-05'],
  ['900001', 'C12', 'ON_ROLL', '2019-09-03', '2026-07-17'],
  ['900002', 'C12', 'ON_ROLL', '2026-09-02'],
]

/** Practices by registration, and the other health organisations by episode of care. */
const health: readonly Line[] = [
  ['NHS-LA5-GP', 'C01', 'ON_ROLL', '2026-04-21'],
  ['NHS-LA5-GP', 'C04', 'ON_ROLL', '2025-05-27'],
  ['NHS-LA5-GP', 'C07', 'ON_ROLL', '2024-09-09'],
  ['NHS-LA5-GP', 'C11', 'ON_ROLL', '2026-11-17'],
  ['NHS-LA2-GP', 'C01', 'ON_ROLL', '2012-03-20', '2026-04-20'],
  ['NHS-LA2-GP', 'C02', 'ON_ROLL', '2022-02-14'],
  ['NHS-LA2-GP', 'C03', 'ON_ROLL', '2012-10-10'],
  ['NHS-LA2-GP', 'C04', 'ON_ROLL', '2019-03-11', '2025-05-26'],
  ['NHS-LA2-GP', 'C05', 'ON_ROLL', '2015-02-20'],
  ['NHS-LA2-GP', 'C06', 'ON_ROLL', '2009-06-15'],
  ['NHS-LA2-GP', 'C09', 'ON_ROLL', '2020-03-02'],
  ['NHS-LA2-GP', 'C09B', 'ON_ROLL', '2020-03-02'],
  ['NHS-LA2-GP', 'C10', 'ON_ROLL', '2012-09-20'],
  ['NHS-LA2-GP', 'C12', 'ON_ROLL', '2014-12-08'],
  ['NHS-LA5-CAMHS', 'C04', 'EPISODE', '2026-09-14'],
  ['NHS-LA5-CHC', 'C04', 'EPISODE', '2025-06-10'],
  ['NHS-LA2-CHC', 'C04', 'EPISODE', '2019-04-01'],
  ['NHS-LA2-CHC', 'C05', 'EPISODE', '2026-06-25'],
  ['NHS-LA5-ICB', 'C01', 'EPISODE', '2026-04-21'],
  ['NHS-LA5-ICB', 'C04', 'EPISODE', '2025-05-27'],
  ['NHS-LA5-ICB', 'C07', 'EPISODE', '2024-09-09'],
  ['NHS-LA5-SARC', 'C10', 'EPISODE', '2026-07-12'],
]

const everyOpenCaseOfLa2 = ['C01', 'C02', 'C03', 'C04', 'C05', 'C06', 'C07', 'C10', 'C11']

/**
 * Hubs, forces, adult services, the area authority and governance: parties to an episode. For the control the contact
 * alone; none for LA3.
 */
const episodes: readonly Line[] = [
  ...everyOpenCaseOfLa2
    .filter((child) => child !== 'C07')
    .map((child): Line => ['LA2-MASH', child, 'EPISODE', '2026-03-02']),
  // A contact about the control, from which nothing followed: it is no case, and the hub still answers whoever made it.
  ['LA2-MASH', 'C12', 'EPISODE', '2026-11-16'],
  ['LA5-MASH', 'C01', 'EPISODE', '2026-04-20'],
  ['LA5-MASH', 'C08', 'EPISODE', '2026-10-13'],
  ['LA5-CSC', 'C01', 'EPISODE', '2026-04-20', '2026-04-23'],
  ['LA5-CSC', 'C04', 'EPISODE', '2025-05-23'],
  ['LA5-CSC', 'C11', 'EPISODE', '2026-11-17'],
  ['F1', 'C01', 'EPISODE', '2026-03-05'],
  ['F1', 'C02', 'EPISODE', '2026-09-11'],
  ['F1', 'C03', 'EPISODE', '2024-12-08'],
  ['F1', 'C04', 'EPISODE', '2022-02-02'],
  ['F1', 'C05', 'EPISODE', '2026-04-18'],
  ['F1', 'C06', 'EPISODE', '2022-10-03'],
  ['F1', 'C10', 'EPISODE', '2026-08-24'],
  ['F4', 'C04', 'EPISODE', '2025-10-18'],
  ['F4', 'C08', 'EPISODE', '2026-10-13'],
  ['F4', 'C10', 'EPISODE', '2026-07-11'],
  ['LA2-ASC', 'C01', 'EPISODE', '2025-11-10'],
  ['LA2-ASC', 'C05', 'EPISODE', '2024-01-08'],
  ['LA2-ASC', 'C07', 'EPISODE', '2022-02-01'],
  ['LA2-ASC', 'C11', 'EPISODE', '2026-05-11'],
  ...everyOpenCaseOfLa2.map((child): Line => ['LA2-IG', child, 'EPISODE', '2026-03-02']),
]

const bases: Readonly<Record<RelationshipSeed['kind'], string>> = {
  ALLOCATED: 'Allocation in the agency’s own record',
  ON_ROLL: 'Enrolment or registration in the agency’s own record',
  EPISODE: 'Party to an episode in the agency’s own record',
}

export const relationships: readonly RelationshipSeed[] = [...allocated, ...onRoll, ...health, ...episodes].map(
  ([organisation, child, kind, from, to]) => ({
    id: recordId('gateway/relationship', `${organisation}|${child}|${from}`),
    child,
    organisation,
    kind,
    from,
    ...(to ? { to } : {}),
    basis: bases[kind],
  }),
)
