import type { ContactOrReferralRow } from '../records/generated.ts'
import { textsOf } from '../records/textList.ts'

/**
 * Concerns raised in a contact that nobody disposed of; null where they may not be read. Each needs its own
 * disposition.
 */
export const undisposedConcerns = (
  contact: Pick<ContactOrReferralRow, 'concerns' | 'disposed'>,
): readonly string[] | null => {
  const raised = textsOf(contact, 'concerns')
  if (raised === null) return null
  const disposed = new Set(textsOf(contact, 'disposed') ?? [])
  return raised.filter((concern) => !disposed.has(concern))
}
