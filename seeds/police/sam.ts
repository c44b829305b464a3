import { holders } from '../holders.ts'
import { samForce4Episodes, samForce4RecordId, samHomeEpisodeId } from '../samEpisodes.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { daysAfter, hoursAfter, instant, times, writer } from '../seedRowWriter.ts'

const one = writer('police/sam/force1', { ...holders.force1, person: 'F1-N-60412', recordedBy: 'Missing desk' })
const four = writer('police/sam/force4', {
  ...holders.force4,
  person: 'F4-N-11873',
  recordedBy: 'Missing and exploitation unit',
})

/** Hours of a Force 1 episode: every sixth is a night. */
const hours = (index: number): number => (index % 6 === 5 ? 13 : 2 + (index % 4))

/** Sam in two forces: 39 reports behind the boundary, six in front of it, and neither force sees the other's. */
export const sam: AgencySeed['records'] = {
  person: [
    one('2022-02-02', { family: 'Thornley', given: 'Sam', dateOfBirth: '2013-06-27', sex: '1', ethnicity: 'W1' }),
    four('2025-10-18', { family: 'Thornley', given: 'Sam', dateOfBirth: '2013-06-27', sex: 'M', ethnicity: 'W1' }),
  ],
  missingEpisodes: [
    ...times(39, (index) => {
      const from = `${daysAfter('2022-02-02', 34 * index)}T${hours(index) === 13 ? '20' : '16'}:00`
      return one(from, {
        kind: 'M',
        from: instant(from),
        to: hoursAfter(from, hours(index)),
        overnight: hours(index) === 13,
        grade: index % 5 === 0 ? 'HIGH' : 'MEDIUM',
        safeAndWellCheck: index % 3 !== 2,
        foundAt: index % 4 === 0 ? 'Eastvale bus station' : 'Returned by himself',
      })
    }),
    ...samForce4Episodes.map(([from, length], index) =>
      four(from, {
        id: samForce4RecordId(index),
        kind: 'M',
        from: instant(from),
        to: hoursAfter(from, length),
        overnight: length === 16,
        grade: index > 3 ? 'HIGH' : 'MEDIUM',
        safeAndWellCheck: index < 4,
        foundAt: length === 16 ? 'Address in Northmoor' : 'Southmere seafront',
        ...(length === 16 ? { foundWith: 'Graham Pask', missingWith: ['Kit Larwood'] } : {}),
        providerReference: samHomeEpisodeId(index),
      }),
    ),
  ],
  crimes: [
    four('2026-10-12T19:00', {
      offence: 'Child abduction',
      role: 'VICTIM',
      otherParty: 'Darren Tull',
      otherIsChild: false,
      sharedAt: '2026-10-16T15:00:00Z',
      evidence: 'ALLEGATION',
    }),
  ],
  arrests: [
    one('2024-10-22T20:40', { offence: 'Assault on a member of staff', setting: 'home', outcome: 'No further action' }),
    one('2025-02-11T19:15', { offence: 'Criminal damage', setting: 'home', outcome: 'Community resolution' }),
  ],
  events: [
    four('2026-07-05T01:20', {
      kind: 'URGENT_CALL',
      finding: 'Neighbours heard shouting outside the home',
      childRole: 'PRESENT',
      notified: true,
    }),
  ],
  intelligence: [
    four('2026-08-27', {
      grading: '2-C',
      subject: 'Darren Tull',
      text: 'Seen collecting children near the seafront in a grey van',
      'field.handling': 'Source must not be shown',
      handling: 'CONDITIONS',
      evidence: 'INTELLIGENCE',
    }),
    four('2026-10-31', {
      grading: '1-B',
      subject: 'Graham Pask',
      text: 'Sam was found in the flat where he stays in Northmoor',
      'field.handling': 'None',
      evidence: 'INTELLIGENCE',
    }),
  ],
  notices: [
    four('2026-11-01T10:00', {
      kind: 'CHILD_ABDUCTION_WARNING',
      issuedAt: '2026-11-01T10:00:00Z',
      servedAt: null,
      breaches: 0,
      protects: 'CHILDRENS_HOME',
      adult: 'Darren Tull',
    }),
  ],
  managedOffenders: [
    one('2026-10-31T12:00', {
      la: 'LA1',
      managingForce: 'F1',
      contact: 'Force 1 offender management, 01632 960031, day and night',
      adult: 'Graham Pask',
      basis: 'Harm prevention order',
    }),
  ],
  personsOfConcern: [
    four('2026-08-27', { name: 'Darren Tull', link: 'Seen with Sam twice', postcode: 'ZZ5 8KD' }),
    four('2026-10-31', { name: 'Graham Pask', link: 'Sam found at his address', postcode: 'ZZ1 3NM' }),
  ],
  onlineIdentifiers: [
    four('2026-09-17', { platform: 'Messaging', handle: 'harbour_fox_27', device: 'Second phone, held by staff' }),
    four('2026-11-03', { telephone: '+44 7700 900188' }),
  ],
}
