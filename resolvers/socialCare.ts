import { undisposedConcerns } from '../src/childView/concerns.ts'
import { droppedFactors } from '../src/childView/factors.ts'
import { quorumFields, quorumOf } from '../src/childView/quorum.ts'
import { effectiveLevel } from '../src/childView/riskBand.ts'
import type { ComputedFields } from '../src/sources/computed.ts'

/** Fields of social care records that no column holds. */
export const computed: ComputedFields = {
  ContactOrReferral: {
    undisposed: { from: ['concerns', 'disposed'], value: (row) => undisposedConcerns(row) },
  },
  Assessment: {
    droppedFactors: {
      from: ['factors', 'eventAt'],
      siblings: true,
      value: (row, { siblings }) => droppedFactors(row, siblings),
    },
  },
  Meeting: {
    quorate: {
      from: ['type', 'status'],
      nested: { invitees: quorumFields },
      value: (row, { nested }) => quorumOf(row, nested['invitees'] ?? []).quorate,
    },
    missing: {
      from: ['type', 'status'],
      nested: { invitees: quorumFields },
      value: (row, { nested }) => quorumOf(row, nested['invitees'] ?? []).missing,
    },
  },
  Exploitation: {
    effectiveLevel: { from: ['toolLevel', 'professionalLevel'], value: (row) => effectiveLevel(row) },
  },
}
