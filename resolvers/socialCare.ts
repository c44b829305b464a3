import { droppedFactors } from '../src/childView/droppedRiskFactors.ts'
import { effectiveLevel } from '../src/childView/effectiveRiskLevel.ts'
import { quorumFields, quorumOf } from '../src/childView/quorum.ts'
import { undisposedConcerns } from '../src/childView/undisposedConcerns.ts'
import type {
  AssessmentRow,
  ContactOrReferralRow,
  ExploitationRow,
  MeetingInviteeRow,
  MeetingRow,
} from '../src/records/generated.ts'
import { type ComputedFields, computedFrom } from '../src/sources/computedFields.ts'

const ofMeeting = computedFrom<MeetingRow, { invitees: MeetingInviteeRow }>()

/** Fields of social care records that no column holds. */
export const computed: ComputedFields = {
  ContactOrReferral: {
    undisposed: computedFrom<ContactOrReferralRow>()({
      from: ['concerns', 'disposed'],
      value: (row) => undisposedConcerns(row),
    }),
  },
  Assessment: {
    droppedFactors: computedFrom<AssessmentRow>()({
      from: ['factors', 'eventAt'],
      siblings: true,
      value: (row, { siblings, hasAllSiblings }) => droppedFactors(row, siblings, hasAllSiblings),
    }),
  },
  Meeting: {
    quorate: ofMeeting({
      from: ['type', 'status'],
      nested: { invitees: quorumFields },
      value: (row, { nested }) => quorumOf(row, nested.invitees ?? []).quorate,
    }),
    missing: ofMeeting({
      from: ['type', 'status'],
      nested: { invitees: quorumFields },
      value: (row, { nested }) => quorumOf(row, nested.invitees ?? []).missing,
    }),
  },
  Exploitation: {
    effectiveLevel: computedFrom<ExploitationRow>()({
      from: ['toolLevel', 'professionalLevel'],
      value: (row) => effectiveLevel(row),
    }),
  },
}
