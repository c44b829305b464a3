import type { HeldRecord } from '../../../heldRecord.ts'
import { classify, namesOf } from '../classify.ts'
import { heldOf, type Reading } from '../draft.ts'
import { type Json, listAt, objectAt, textAt } from '../json.ts'

/** A child does not fail to attend: somebody did not bring them. What is still to come has no outcome yet. */
const outcomes: Readonly<Record<string, string>> = {
  noshow: 'WAS_NOT_BROUGHT',
  fulfilled: 'ATTENDED',
  arrived: 'ATTENDED',
  'checked-in': 'ATTENDED',
  cancelled: 'CANCELLED',
}

export function appointmentRecords(reading: Reading, appointment: Json, person: string): readonly HeldRecord[] {
  const status = textAt(appointment, 'status')
  if (status === null || status === 'entered-in-error') return []
  const { book } = reading
  const service = [...listAt(appointment, 'serviceType'), ...listAt(appointment, 'specialty')]
  const reasons = listAt(appointment, 'reasonCode')
  const cancelled = objectAt(appointment, 'cancelationReason')
  const classified = classify(book, appointment, {
    of: [...service, ...reasons],
    beside: [...listAt(appointment, 'serviceCategory'), ...(cancelled ? [cancelled] : [])],
  })
  return [
    heldOf(reading, appointment, {
      list: 'appointments',
      id: `Appointment/${appointment['id']}`,
      person,
      eventAt: appointment['start'],
      recorded: appointment['created'],
      classified,
      fields: {
        service: namesOf(book, service) ?? place(appointment),
        outcome: outcomes[status] ?? null,
        reason: namesOf(book, cancelled ? [cancelled] : reasons),
      },
    }),
  ]
}

/** Where it was to be, by what the appointment itself calls it. */
const place = (appointment: Json): string | null =>
  listAt(appointment, 'participant')
    .map((each) => objectAt(each, 'actor'))
    .filter((actor) => /^(?:Location|HealthcareService|Organization)\//.test(textAt(actor, 'reference') ?? ''))
    .map((actor) => textAt(actor, 'display'))
    .find((display) => display !== null) ?? null
