import type { AgreementSeed, ConsentSeed, HoldSeed } from '../seedRecord.ts'
import { recordId, times } from '../seedRowWriter.ts'

/** Ilka, thirteen and judged competent, does not want her mental health told to others. On a harm path nobody asks. */
export const consents: readonly ConsentSeed[] = [
  {
    id: recordId('gateway/consent', 'ilka'),
    child: 'C02',
    state: 'REFUSED',
    labels: ['HEALTH_MENTAL'],
    recipient: null,
    purpose: null,
    giver: 'CHILD',
    competence: 'COMPETENT',
    evidence: 'Said in the emergency department; written down and read back to her in Lithuanian',
    recordedAt: '2026-10-22T23:30:00Z',
    recordedBy: 'Clinician, NHS-LA2-ACUTE',
    expiresOn: null,
  },
]

/** Health holds back what Callum asked not to be told at home: to disclose it would do him more harm than not to. */
export const holds: readonly HoldSeed[] = [
  {
    id: recordId('gateway/hold', 'callum'),
    child: 'C10',
    agency: 'health',
    organisation: 'NHS-LA2-GP',
    kind: 'DETRIMENT',
    recordId: null,
    label: 'HEALTH_SEXUAL',
    reason: 'Disclosure would keep him from coming back for treatment',
    owner: 'GP, NHS-LA2-GP',
    reviewOn: '2026-12-07',
    until: null,
    recordedAt: '2026-09-07T12:00:00Z',
  },
]

const authorities = times(6, (index) => `LA${index + 1}-CSC`)
const schools = times(6, (index) => `90000${index + 1}`)
const forces = times(4, (index) => `F${index + 1}`)
const health = ['LA2', 'LA5'].flatMap((la) => ['GP', 'ACUTE', 'CHC', 'CAMHS', 'ICB'].map((kind) => `NHS-${la}-${kind}`))
const homes = ['HOME-LA2', 'HOME-LA5', 'FOSTER-LA2']
const others = ['LA2-MASH', 'LA5-MASH', 'LA2-ASC', 'LA5-ASC', 'LA2-IG', 'NHS-LA5-SARC', ...homes]

/** One agreement for each organisation of the partnership. */
export const agreements: readonly AgreementSeed[] = [...authorities, ...schools, ...forces, ...health, ...others].map(
  (organisation) => ({
    id: recordId('gateway/agreement', organisation),
    organisation,
    title: 'Partnership agreement on sharing for safeguarding',
    from: '2024-04-01',
  }),
)
