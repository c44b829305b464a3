import type { HeldRecord } from '../../../heldRecord.ts'
import { type Classified, classify, hasCode, isAnyInSet, namesOf } from '../classify.ts'
import { withPartial } from '../dates.ts'
import { heldOf, type Reading } from '../draft.ts'
import { type Json, listAt, objectAt, textAt } from '../json.ts'
import { named } from '../names.ts'

const actCode = 'http://terminology.hl7.org/CodeSystem/v3-ActCode'
const snomed = 'http://snomed.info/sct'
/** Emergency department attendance, and its kin, in SNOMED CT. */
const emergencyTypes: ReadonlySet<string> = new Set(['4525004', '50849002', '183478001', '183452005'])
/** Urgent care: minor injury units, walk-in centres and urgent treatment centres. */
const urgentWords = /urgent (care|treatment)|minor injur|walk[- ]?in/iu
const notTakenPlace: ReadonlySet<string> = new Set(['planned', 'cancelled', 'entered-in-error', 'unknown'])

/**
 * An attendance: unscheduled, at a referral centre, at a sexual health service, or at any other service as an
 * appointment that was kept.
 */
export function encounterRecords(reading: Reading, encounter: Json, person: string): readonly HeldRecord[] {
  if (notTakenPlace.has(textAt(encounter, 'status') ?? 'unknown')) return []
  const id = `Encounter/${encounter['id']}`
  const of = [...listAt(encounter, 'type'), ...listAt(encounter, 'serviceType'), ...listAt(encounter, 'reasonCode')]
  const setting = settingOf(encounter, of)
  const classified = classifiedEncounter(reading, encounter, of, setting !== null)
  const { safeguarding, injury } = reading.book
  const reason = namesOf(reading.book, listAt(encounter, 'reasonCode'))
  const kind = namesOf(reading.book, [...listAt(encounter, 'serviceType'), ...listAt(encounter, 'type')])
  const outcome = namesOf(reading.book, listAt(objectAt(encounter, 'hospitalization'), 'dischargeDisposition'))
  const relevance = isAnyInSet(safeguarding, of) ? (reason ?? kind) : null
  const begun = objectAt(encounter, 'period')?.['start']
  const when = (name: string | null) => withPartial(name, 'in', begun)
  const common = {
    id,
    person,
    eventAt: begun,
    recordedBy: namedParticipant(reading, encounter),
    classified,
  }
  if (classified.labels.includes('HEALTH_SARC'))
    return [heldOf(reading, encounter, { ...common, list: 'sarcAttendances', fields: { note: when(reason) } })]
  if (classified.labels.includes('HEALTH_SEXUAL'))
    return [heldOf(reading, encounter, { ...common, list: 'sexualHealth', fields: { text: when(reason ?? kind) } })]
  if (setting !== null)
    return [
      heldOf(reading, encounter, {
        ...common,
        list: 'unscheduledAttendances',
        fields: {
          setting,
          safeguardingRelevance: relevance,
          // That no injury was seen no code says.
          injury: isAnyInSet(injury, listAt(encounter, 'reasonCode')) ? true : null,
          reason: when(reason ?? kind),
          outcome,
        },
      }),
    ]
  // Its appointment says the same, and how it came about.
  if (listAt(encounter, 'appointment').length > 0) return []
  const service = named(encounter, objectAt(encounter, 'serviceProvider'), reading.names, reading.base).name
  const fields = { service: when(kind ?? service), outcome: 'ATTENDED' }
  return [heldOf(reading, encounter, { ...common, list: 'appointments', fields })]
}

/**
 * That somebody came to an emergency department says what it was: a class of a system that was looked through. Every
 * other class says where alone.
 */
function classifiedEncounter(
  { book }: Reading,
  encounter: Json,
  of: readonly Json[],
  isUnscheduled: boolean,
): Classified {
  const beside = [
    ...listAt(encounter, 'diagnosis').flatMap((each) => listAt(each, 'use')),
    ...listAt(encounter, 'priority'),
  ]
  const attended = objectAt(encounter, 'class')
  const itself = isUnscheduled && attended ? [{ coding: [attended] }] : []
  return classify(book, encounter, { of: of.length > 0 ? of : itself, beside: [...beside, ...itself] })
}

/** Null where it is no unscheduled attendance. */
function settingOf(encounter: Json, of: readonly Json[]): 'EMERGENCY_DEPARTMENT' | 'URGENT_CARE' | null {
  const attended = objectAt(encounter, 'class')
  const isEmergency = textAt(attended, 'system') === actCode && textAt(attended, 'code') === 'EMER'
  if (isEmergency || hasCode(of, snomed, emergencyTypes)) return 'EMERGENCY_DEPARTMENT'
  const says = of.flatMap((concept) => [concept, ...listAt(concept, 'coding')])
  return says.some((each) => urgentWords.test(`${textAt(each, 'display') ?? ''} ${textAt(each, 'text') ?? ''}`))
    ? 'URGENT_CARE'
    : null
}

const namedParticipant = (reading: Reading, encounter: Json): string | null =>
  listAt(encounter, 'participant')
    .map((each) => named(encounter, objectAt(each, 'individual'), reading.names, reading.base).name)
    .find((name) => name !== null) ?? null
