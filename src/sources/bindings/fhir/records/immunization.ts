import type { HeldRecord } from '../../../heldRecord.ts'
import { classify, hasCode, namesOf } from '../classify.ts'
import { withPartial } from '../dates.ts'
import { heldOf, type Reading } from '../draft.ts'
import { type Json, listAt, objectAt, textAt } from '../json.ts'
import { named } from '../names.ts'

const actReason = 'http://terminology.hl7.org/CodeSystem/v3-ActReason'
/** Objection of the patient, or of whoever decides for them. */
const objections: ReadonlySet<string> = new Set(['PATOBJ', 'RELIG', 'PHILISOP', 'PATCAR'])
const refusedWords = /refus|declin|objection/iu

/** An immunisation, given or not. Why one was not given is told only where it was declined. */
export function immunizationRecords(reading: Reading, immunization: Json, person: string): readonly HeldRecord[] {
  const { book, names, base } = reading
  const vaccine = listAt(immunization, 'vaccineCode')
  const status = statusOf(immunization)
  if (status === null) return []
  const by = named(immunization, objectAt(listAt(immunization, 'performer')[0] ?? null, 'actor'), names, base)
  return [
    heldOf(reading, immunization, {
      list: 'immunisations',
      id: `Immunization/${immunization['id']}`,
      person,
      eventAt: immunization['occurrenceDateTime'],
      recorded: immunization['recorded'],
      recordedBy: by.name,
      // The dose that somebody reports from memory is no record of having given it.
      evidence: immunization['primarySource'] === false ? 'UNCORROBORATED' : 'FACT',
      classified: classify(book, immunization, { of: vaccine, beside: listAt(immunization, 'statusReason') }),
      fields: { vaccine: withPartial(namesOf(book, vaccine), 'in', immunization['occurrenceDateTime']), status },
    }),
  ]
}

function statusOf(immunization: Json): 'GIVEN' | 'DECLINED' | 'NOT_GIVEN' | null {
  const status = textAt(immunization, 'status')
  if (status === 'completed') return 'GIVEN'
  if (status !== 'not-done') return null
  const reasons = listAt(immunization, 'statusReason')
  return hasCode(reasons, actReason, objections) || saysRefused(reasons) ? 'DECLINED' : 'NOT_GIVEN'
}

const saysRefused = (reasons: readonly Json[]): boolean =>
  reasons
    .flatMap((reason) => [
      textAt(reason, 'text'),
      ...listAt(reason, 'coding').map((coding) => textAt(coding, 'display')),
    ])
    .some((text) => text !== null && refusedWords.test(text))
