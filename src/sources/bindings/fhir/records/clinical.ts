import type { HeldRecord } from '../../../heldRecord.ts'
import { type Classified, classify, isAnyInSet, namesOf } from '../classify.ts'
import { partialOf } from '../dates.ts'
import { type Draft, heldOf, type Reading } from '../draft.ts'
import { type Json, listAt, objectAt, textAt } from '../json.ts'
import { named } from '../names.ts'

const takenBack: ReadonlySet<string> = new Set(['entered-in-error', 'cancelled'])

/** How well a condition is founded, by its verification. */
const evidence: Readonly<Record<string, string>> = {
  unconfirmed: 'UNCORROBORATED',
  provisional: 'PROFESSIONAL_OPINION',
  differential: 'PROFESSIONAL_OPINION',
  refuted: 'RETRACTED',
}

/** A diagnosis or problem. */
export function conditionRecords(reading: Reading, condition: Json, person: string): readonly HeldRecord[] {
  const verified = codeOf(condition, 'verificationStatus')
  if (verified !== null && takenBack.has(verified)) return []
  const code = listAt(condition, 'code')
  const onset = firstOf(condition, ['onsetDateTime', 'onsetPeriod'])
  const by = named(
    condition,
    objectAt(condition, 'recorder') ?? objectAt(condition, 'asserter'),
    reading.names,
    reading.base,
  )
  const name = namesOf(reading.book, code)
  const said = [name, since(onset), codeOf(condition, 'clinicalStatus')].filter((part) => part !== null)
  return clinical(reading, condition, {
    id: `Condition/${condition['id']}`,
    person,
    eventAt: onset ?? condition['recordedDate'],
    recorded: condition['recordedDate'],
    recordedBy: by.name,
    evidence: evidence[verified ?? ''] ?? 'FACT',
    classified: classify(reading.book, condition, { of: code, beside: listAt(condition, 'category') }),
    ...texts(name === null ? null : said.join(', '), name, isAnyInSet(reading.book.safeguarding, code)),
  })
}

/** A measurement or finding. */
export function observationRecords(reading: Reading, observation: Json, person: string): readonly HeldRecord[] {
  if (takenBack.has(textAt(observation, 'status') ?? 'entered-in-error')) return []
  const code = listAt(observation, 'code')
  const value = objectAt(observation, 'valueCodeableConcept')
  const concepts = [...code, ...(value ? [value] : [])]
  const by = named(observation, listAt(observation, 'performer')[0] ?? null, reading.names, reading.base)
  const name = namesOf(reading.book, code)
  const found = valueText(reading, observation)
  const when = firstOf(observation, ['effectiveDateTime', 'effectiveInstant', 'effectivePeriod'])
  const said = [found === null ? name : `${name}: ${found}`, since(when)].filter((part) => part !== null)
  return clinical(reading, observation, {
    id: `Observation/${observation['id']}`,
    person,
    eventAt: when,
    recorded: observation['issued'],
    recordedBy: by.name,
    classified: classify(reading.book, observation, {
      // What a code of `coded` was found in part by part is said in the parts.
      of: [...concepts, ...listAt(observation, 'component').flatMap(conceptsOfPart)],
      beside: [...listAt(observation, 'category'), ...listAt(observation, 'interpretation')],
    }),
    ...texts(name === null ? null : said.join(', '), name, isAnyInSet(reading.book.safeguarding, concepts)),
  })
}

/** A warning that stands on the record. */
export function flagRecords(reading: Reading, flag: Json, person: string): readonly HeldRecord[] {
  const status = textAt(flag, 'status')
  if (status === null || status === 'entered-in-error') return []
  const code = listAt(flag, 'code')
  const name = namesOf(reading.book, code)
  const period = objectAt(flag, 'period')
  const by = named(flag, objectAt(flag, 'author'), reading.names, reading.base)
  return clinical(reading, flag, {
    id: `Flag/${flag['id']}`,
    person,
    eventAt: period?.['start'],
    recordedBy: by.name,
    classified: classify(reading.book, flag, { of: code, beside: listAt(flag, 'category') }),
    ...texts(
      name === null ? null : `Flag: ${name}${status === 'inactive' ? ', no longer active' : ''}`,
      name,
      isAnyInSet(reading.book.safeguarding, [...code, ...listAt(flag, 'category')]),
    ),
  })
}

/** That a document is there, and never the document: whoever needs it asks the holder for it. */
export function documentRecords(reading: Reading, document: Json, person: string): readonly HeldRecord[] {
  if (textAt(document, 'status') !== 'current' && textAt(document, 'status') !== 'superseded') return []
  const type = listAt(document, 'type')
  const name = namesOf(reading.book, type)
  const by = named(document, listAt(document, 'author')[0] ?? null, reading.names, reading.base)
  const period = objectAt(objectAt(document, 'context'), 'period')
  return clinical(reading, document, {
    id: `DocumentReference/${document['id']}`,
    person,
    eventAt: period?.['start'] ?? document['date'],
    recorded: document['date'],
    recordedBy: by.name,
    classified: classify(reading.book, document, { of: type, beside: listAt(document, 'category') }),
    ...texts(
      name === null ? null : `Document at the holder: ${name}`,
      name,
      isAnyInSet(reading.book.safeguarding, type),
    ),
  })
}

/** Where an item is told: with sexual health, with substances, else among the entries of the record. */
function clinical(
  reading: Reading,
  resource: Json,
  { text, name, relevance, ...common }: Omit<Draft, 'list' | 'fields'> & ReturnType<typeof texts>,
): readonly HeldRecord[] {
  const list = listFor(common.classified)
  return [heldOf(reading, resource, { ...common, list, fields: fieldsOf(list, { text, name, relevance }) })]
}

const listFor = ({ labels }: Classified): 'sexualHealth' | 'substanceItems' | 'gpEntries' => {
  if (labels.includes('HEALTH_SARC')) return 'gpEntries'
  if (labels.includes('HEALTH_SEXUAL')) return 'sexualHealth'
  return labels.includes('CHILD_SUBSTANCE') ? 'substanceItems' : 'gpEntries'
}

const fieldsOf = (list: ReturnType<typeof listFor>, { text, name, relevance }: ReturnType<typeof texts>) => {
  if (list === 'sexualHealth') return { text, safeguardingOutcome: relevance }
  return list === 'substanceItems' ? { substance: name, note: text } : { text, safeguardingRelevance: relevance }
}

const texts = (text: string | null, name: string | null, isSafeguarding: boolean) => ({
  text,
  name,
  relevance: isSafeguarding ? name : null,
})

/** A year or a month stays what it is: no day is made up for it. */
const since = (when: unknown): string | null => {
  const known = partialOf(when)
  return known === null ? null : `since ${known}`
}

const conceptsOfPart = (part: Json): readonly Json[] => [
  ...listAt(part, 'code'),
  ...listAt(part, 'valueCodeableConcept'),
]

/** The first date there is among several ways to say one; of a period its start. */
const firstOf = (of: Json, names: readonly string[]): unknown => {
  for (const name of names) {
    const value = of[name]
    if (typeof value === 'string') return value
    const start = objectAt(of, name)?.['start']
    if (start !== undefined) return start
  }
  return null
}

const codeOf = (of: Json, name: string): string | null =>
  textAt(listAt(objectAt(of, name), 'coding')[0] ?? null, 'code')

function valueText({ book }: Reading, observation: Json): string | null {
  const concept = objectAt(observation, 'valueCodeableConcept')
  if (concept) return namesOf(book, [concept])
  const quantity = objectAt(observation, 'valueQuantity')
  const amount = quantity?.['value']
  if (typeof amount === 'number' && Number.isFinite(amount))
    return [String(amount), textAt(quantity, 'unit') ?? textAt(quantity, 'code') ?? ''].join(' ').trim()
  const whole = observation['valueInteger']
  if (typeof whole === 'number') return String(whole)
  const yes = observation['valueBoolean']
  // Free text is no part of what the code classifies.
  return typeof yes === 'boolean' ? (yes ? 'yes' : 'no') : null
}
