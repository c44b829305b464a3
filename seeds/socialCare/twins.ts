import { holders } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { writer } from '../seedRowWriter.ts'

const dawid = writer('socialCare/dawid', { ...holders.csc2, person: 'EV-47718', recordedBy: 'Early help worker' })
const daniel = writer('socialCare/daniel', { ...holders.csc2, person: 'EV-47093', recordedBy: 'Early help worker' })

const born = { isAlias: false, dateOfBirth: '2015-07-21', sex: 'M', ethnicity: 'WOTH' }
const home = {
  display: '5 Canal View, Eastvale',
  postcode: 'ZZ2 5CV',
  'field.force': 'F1',
  from: '2020-02-01',
  protected: false,
}

const mother = {
  relation: 'MOTHER',
  name: 'Ewa Nowicka',
  parentalResponsibility: true,
  inHousehold: true,
  isChild: false,
}
const twin = { relation: 'TWIN', parentalResponsibility: false, inHousehold: true, isChild: true, sex: 'M' }

/**
 * Two boys of one birthday, one surname, one address and one school. Only a verified number tells one from the other.
 */
export const twins: AgencySeed['records'] = {
  person: [
    dawid('2025-10-06', {
      laChildId: '992047718',
      family: 'Nowicki',
      given: 'Dawid',
      ...born,
      nhsNumber: '9991018212',
      upn: 'W992501015109',
    }),
    dawid('2025-10-06', { family: 'Novicki', given: 'David', ...born, isAlias: true }),
    daniel('2025-10-06', {
      laChildId: '992047093',
      family: 'Nowicki',
      given: 'Daniel',
      ...born,
      nhsNumber: '9991019138',
      upn: 'Q992501115110',
    }),
    daniel('2025-10-06', { family: 'Novicki', given: 'Daniel', ...born, isAlias: true }),
  ],
  addresses: [dawid('2025-10-06', home), daniel('2025-10-06', home)],
  communication: [
    dawid('2025-10-06', { whose: 'MOTHER', language: 'pl', interpreterRequired: true, needs: [] }),
    daniel('2025-10-06', { whose: 'MOTHER', language: 'pl', interpreterRequired: true, needs: [] }),
  ],
  contacts: [
    dawid('2025-10-06T10:00', {
      sourceCode: '2A',
      fromAgency: 'EDUCATION',
      fromOrganisation: '900001',
      referrer: 'Ms Lane, pastoral lead',
      outcome: 'CONTACT_ONLY',
      outOfHours: false,
      concerns: ['FINANCIAL'],
      disposed: ['FINANCIAL'],
      feedback: 'Food bank',
      feedbackAt: '2025-10-07T10:00:00Z',
    }),
  ],
  family: [
    dawid('2025-10-06', mother),
    dawid('2025-10-06', { ...twin, name: 'Daniel Nowicki', laChildId: '992047093' }),
    daniel('2025-10-06', mother),
    daniel('2025-10-06', { ...twin, name: 'Dawid Nowicki', laChildId: '992047718' }),
  ],
}
