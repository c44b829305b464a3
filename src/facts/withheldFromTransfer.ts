import { z } from 'zod'
import { type AgencyName, agencies, environmentPrefix, leadAgency } from '../foundation/agencies.ts'
import type { HoldFact } from '../policy/facts.ts'
import { ukDay } from '../records/dayAndAge.ts'

const stored = z.object({
  transfer: z.string(),
  service: z.string(),
  by: z.string().nullable(),
  recordedAt: z.string(),
})

/** In front of the id of a transfer: the decision is in its register, and in no register of holds. */
const mark = 'transfer:'

/**
 * What a supplier withholds from a transfer as a decision of the organisation that said so, on all that it holds: else
 * the receiving authority would read in the child's view what is left out of the record. Of what others hold it decides
 * nothing, also where it speaks for them in the record.
 */
export function withheldPartOf(json: string): readonly HoldFact[] {
  const { transfer, service, by, recordedAt } = stored.parse(JSON.parse(json))
  // An actor is stored as role, organisation and subject.
  const organisation = by?.split(' ')[1] ?? ''
  if (organisation === '') return []
  return kindsOf(service).map((agency) => ({
    ...{ id: `${mark}${transfer}`, agency, organisation, kind: 'DETRIMENT' as const },
    ...{ recordId: null, label: null, reviewOn: '', recordedOn: ukDay(new Date(recordedAt)) },
  }))
}

/** A service is a kind's own, or one of those whose records stand with adult services or social care. */
function kindsOf(service: string): readonly AgencyName[] {
  const own = agencies.filter((kind) => service === (kind === leadAgency ? leadService : environmentPrefix(kind)))
  return own.length > 0 ? own : [leadAgency, 'adultServices']
}

const leadService = 'CHILDRENS_SOCIAL_CARE'

/** The holds of the register of holds: the record of a transfer leaves out by itself what its suppliers withhold. */
export const withoutWithheldParts = (holds: readonly HoldFact[]): readonly HoldFact[] =>
  holds.filter(({ id }) => !id.startsWith(mark))
