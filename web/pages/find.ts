import type { Asked } from '../askGateway.ts'
import { type Page, type Reply, sealChild, type Visit } from '../pageVisit.ts'
import { inWords, within } from '../words/codes.ts'
import { dayOfBoxes } from '../words/dates.ts'
import { choices, chosenPurpose } from './session.ts'

interface Found {
  readonly id: string
  readonly dateOfBirth: string | null
  readonly names: readonly { readonly given: string | null; readonly family: string; readonly isAlias: boolean }[]
  readonly status: {
    readonly level: string | null
    readonly responsibleLa: string | null
    readonly areaLa: string | null
  }
}

interface Problem {
  readonly text: string
  readonly href: string
}

/** Numbers are written with spaces on paper. */
const bare = (text: string | undefined): string => (text ?? '').replace(/\s+/g, '').toUpperCase()
const filled = (text: string | undefined): string | null => (text ?? '').trim() || null

/** Searches are posted: what is known of a child stands in no address. */
export const findPages: readonly Page[] = [
  { method: 'GET', path: '/find', answer: async (visit) => formPage(visit, {}, []) },
  {
    method: 'POST',
    path: '/find',
    answer: async (visit) => {
      const purpose = chosenPurpose(visit) ?? visit.session.purpose
      if (purpose !== visit.session.purpose) await visit.parts.sessions.choose(visit.session.digest, purpose)
      const { form } = visit
      const { person, problems } = descriptionIn(form)
      // A number left over from the search before is not searched by again; the enter key presses the first button.
      const number = form['by'] === 'description' && person !== null ? null : numberIn(form)
      if (number === null && person === null && problems.length === 0)
        return formPage(visit, form, [{ text: 'Enter a number, or what is known of the child', href: '#nhs-number' }])
      if (problems.length > 0) return formPage(visit, form, problems)
      if (number) return byNumber(visit, form, purpose, number)
      return byDescription(visit, form, purpose, { person })
    },
  },
]

/** The form of a search, empty or as it was sent. */
export const formPage = (visit: Visit, form: Visit['form'], errors: readonly Problem[], more: object = {}): Reply => ({
  view: 'find',
  model: {
    title: 'Find a child',
    form,
    errors,
    choices: choices(visit),
    chosen: visit.session.purpose,
    purpose: null,
    // Governance opens no record of a child: it finds one where it asks about logs and registers.
    governs: visit.session.person.role === 'INFORMATION_GOVERNANCE_OFFICER',
    ...more,
  },
  ...(errors.length > 0 ? { status: 422 } : {}),
})

const numberIn = (form: Visit['form']): Readonly<Record<string, unknown>> | null => {
  const [nhsNumber, upn, agencyNumber] = [
    bare(form['nhsNumber']),
    bare(form['upn']),
    (form['agencyNumber'] ?? '').trim(),
  ]
  if (nhsNumber) return { nhsNumber }
  if (upn) return { upn }
  return agencyNumber ? { agencyId: { agency: form['agency'], value: agencyNumber } } : null
}

const descriptionIn = (form: Visit['form']): { person: object | null; problems: readonly Problem[] } => {
  const [day = '', month = '', year = ''] = [form['birth-day'], form['birth-month'], form['birth-year']]
  const born =
    `${day}${month}${year}`.trim() === '' ? null : (dayOfBoxes(day, month, year) ?? partOfDay(day, month, year))
  if (born === '')
    return {
      person: null,
      problems: [
        {
          text: 'Enter the date of birth as a day, month and year, or leave out what is not known',
          href: '#birth-day',
        },
      ],
    }
  const former = filled(form['formerPostcode'])
  const person = {
    ...{ family: filled(form['family']), given: filled(form['given']), dateOfBirth: born },
    ...{ sex: filled(form['sex']), postcode: filled(form['postcode']) },
    ...(former ? { previousPostcodes: [former] } : {}),
  }
  return { person: Object.values(person).some((value) => value !== null) ? person : null, problems: [] }
}

/** A year, or a month of a year, where no more is known; empty for what is neither. */
const partOfDay = (day: string, month: string, year: string): string => {
  if (day.trim() !== '' || !/^\d{4}$/.test(year.trim())) return ''
  if (month.trim() === '') return year.trim()
  return /^(0?[1-9]|1[0-2])$/.test(month.trim()) ? `${year.trim()}-${month.trim().padStart(2, '0')}` : ''
}

type PurposeOf = Visit['session']['purpose']

const byNumber = async (
  visit: Visit,
  form: Visit['form'],
  purpose: PurposeOf,
  number: Readonly<Record<string, unknown>>,
): Promise<Reply> => {
  const { data, errors } = await visit.ask<{ findChild: Found | null }>('findByNumber', number, purpose)
  return outcome(visit, form, purpose, { found: data?.findChild ?? null, errors: errors.map(ofNumber), came: 'NONE' })
}

interface Match {
  readonly outcome: string
  readonly question: string | null
  readonly reviewReference: string | null
  readonly child: Found | null
}

const byDescription = async (
  visit: Visit,
  form: Visit['form'],
  purpose: PurposeOf,
  person: Readonly<Record<string, unknown>>,
): Promise<Reply> => {
  const { data, errors } = await visit.ask<{ matchChild: Match | null }>('findByDescription', person, purpose)
  const match = data?.matchChild ?? null
  const question = match?.question ? within(inWords(match.question)) : null
  const came = match?.outcome ?? 'NONE'
  const more = { question, reviewReference: match?.reviewReference }
  return outcome(visit, form, purpose, { found: match?.child ?? null, errors, came, more })
}

interface Came {
  readonly found: Found | null
  readonly errors: Asked<unknown>['errors']
  readonly came: string
  readonly more?: object
}

const outcome = (visit: Visit, form: Visit['form'], purpose: PurposeOf, { came, errors, found, more }: Came): Reply => {
  const refused = errors.find(({ code }) => code !== 'NOT_FOUND')
  const href = form['by'] === 'description' ? '#given' : '#nhs-number'
  if (refused && !found) return formPage(visit, form, [{ text: refused.message, href }], { chosen: purpose })
  const result = found
    ? { kind: 'SAME', ref: sealChild(visit, { id: found.id, purpose }), child: found }
    : { kind: came === 'ASK' ? 'ASK' : 'NONE' }
  return formPage(visit, form, [], { result: { ...result, ...more }, chosen: purpose })
}

/** What is said of a number that is none: the form asks for several, and only one of them was looked for. */
const ofNumber = <Error extends { readonly code: string; readonly message: string }>(error: Error): Error =>
  error.code === 'OPERATION_INVALID' || error.code === 'BAD_INPUT'
    ? { ...error, message: 'One of the numbers cannot be right. Check its digits.' }
    : error
