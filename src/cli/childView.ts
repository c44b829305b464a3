import { z } from 'zod'
import { longDate } from '../foundation/longDate.ts'
import type { Terminal } from './terminal.ts'
import { count, inWords, table } from './terminalText.ts'

/** What `wholeview child` asks of the gateway. */
export const childQuery = `query ChildView($id: ID!, $asOf: DateTime, $first: Int!) {
  child(id: $id, asOf: $asOf) {
    id asOf purpose dateOfBirth auditId
    names { given family isAlias }
    status { level responsibleLa areaLa areaForce educationLa legalStatus cpCategory missingNow leadProfessional }
    sources { agency state recordCount asOf contact }
    involvements { service kind concerning professional contact la }
    missing { total { ...whole } reported { ...whole } unreported { ...whole } overnight { ...whole } byForce { force count { ...whole } } }
    restrictivePractice { total { ...whole } bySetting { name count { ...whole } } byTechnique { name count { ...whole } } }
    chronology(first: $first) { total unavailable pageInfo { hasNextPage endCursor } events { eventAt headline positive provenance { agency la } } }
    withheld { reason controller contact categories { category level } }
  }
}
fragment whole on Count { value completeness without { agency label state reason } }`

/** A further page of the chronology. */
export const chronologyQuery = `query Chronology($id: ID!, $asOf: DateTime, $first: Int!, $after: String) {
  child(id: $id, asOf: $asOf) {
    chronology(first: $first, after: $after) { total unavailable pageInfo { hasNextPage endCursor } events { eventAt headline positive provenance { agency la } } }
  }
}`

const text = z.string().nullable()
const counted = z.object({
  value: z.number().nullable(),
  completeness: z.enum(['WHOLE', 'AT_LEAST', 'WITHHELD', 'UNAVAILABLE', 'NOT_KNOWN']),
  without: z.array(z.object({ agency: z.string(), label: text, state: text, reason: z.string() })),
})
const named = z.array(z.object({ name: z.string(), count: counted })).nullable()

const chronologyPage = z.object({
  total: z.number().nullable(),
  unavailable: z.array(z.string()),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: text }),
  events: z
    .array(
      z.object({
        eventAt: text,
        headline: z.string(),
        positive: z.boolean(),
        provenance: z.object({ agency: z.string(), la: text }),
      }),
    )
    .nullable(),
})

/** The shape of `chronologyQuery`'s answer. */
export const chronologyShape = z.object({ child: z.object({ chronology: chronologyPage }).nullable() })

/** The shape of `childQuery`'s answer. */
export const childShape = z.object({
  child: z
    .object({
      id: z.string(),
      asOf: z.string(),
      purpose: z.string(),
      dateOfBirth: text,
      auditId: z.string(),
      names: z.array(z.object({ given: text, family: z.string(), isAlias: z.boolean() })),
      status: z.object({
        level: text,
        responsibleLa: text,
        areaLa: text,
        areaForce: text,
        educationLa: text,
        legalStatus: text,
        cpCategory: text,
        missingNow: z.boolean().nullable(),
        leadProfessional: text,
      }),
      sources: z.array(
        z.object({
          agency: z.string(),
          state: z.string(),
          recordCount: z.number().nullable(),
          asOf: text,
          contact: text,
        }),
      ),
      involvements: z
        .array(
          z.object({
            service: z.string(),
            kind: z.string(),
            concerning: z.string(),
            professional: text,
            contact: text,
            la: text,
          }),
        )
        .nullable(),
      missing: z.object({
        total: counted,
        reported: counted,
        unreported: counted,
        overnight: counted,
        byForce: z.array(z.object({ force: z.string(), count: counted })).nullable(),
      }),
      restrictivePractice: z.object({ total: counted, bySetting: named, byTechnique: named }),
      chronology: chronologyPage,
      withheld: z.array(
        z.object({
          reason: z.string(),
          controller: z.string(),
          contact: text,
          categories: z.array(z.object({ category: z.string(), level: z.string() })),
        }),
      ),
    })
    .nullable(),
})

export type ChildView = NonNullable<z.infer<typeof childShape>['child']>

/** The joined view on paper: banner, sources, who is involved, patterns, latest events, what is withheld. */
export const renderChild = (child: ChildView, terminal: Terminal): string =>
  [
    banner(child, terminal),
    part('Sources', table(child.sources.map(sourceRow)), terminal),
    part(
      `Who already knows this child (${child.involvements?.length ?? 'cannot be told'})`,
      table((child.involvements ?? []).map(involvementRow)),
      terminal,
    ),
    part('Missing', missing(child), terminal),
    part('Restraint', restraint(child), terminal),
    part(
      `Chronology: the latest ${child.chronology.events?.length ?? 0} of ${child.chronology.total ?? 'what cannot be told'}`,
      table((child.chronology.events ?? []).map(eventRow)),
      terminal,
    ),
    part(`Withheld from you (${child.withheld.length})`, table(child.withheld.map(withheldRow)), terminal),
    terminal.dim(`This disclosure is recorded as ${child.auditId}.`),
  ].join('\n\n')

const part = (title: string, body: string, terminal: Terminal): string =>
  `${terminal.bold(title)}\n${body || '  nothing'}`

const banner = ({ names, id, dateOfBirth, asOf, purpose, status }: ChildView, terminal: Terminal): string => {
  const first = names[0]
  const title = first ? `${[first.given, first.family].filter(Boolean).join(' ')} (${id})` : id
  const facts: [string, string | null][] = [
    ['Born', dateOfBirth && longDate(dateOfBirth)],
    ['View of', longDate(asOf)],
    ['Purpose', inWords(purpose)],
    ['Level', [inWords(status.level), status.legalStatus, inWords(status.cpCategory)].filter(Boolean).join(', ')],
    ['Responsible', status.responsibleLa],
    ['Lives in', [status.areaLa, status.areaForce].filter(Boolean).join(', police ') || null],
    ['School in', status.educationLa],
    ['Lead professional', status.leadProfessional],
    ['Missing now', status.missingNow === null ? 'not known' : status.missingNow ? 'YES' : null],
  ]
  return `${terminal.bold(title)}\n${table(facts.flatMap(([name, value]) => (value ? [[name, value]] : [])))}`
}

const sourceRow = (source: ChildView['sources'][number]): string[] => [
  inWords(source.agency),
  inWords(source.state),
  source.recordCount === null ? '' : count(source.recordCount, 'record'),
  source.asOf ? `to ${longDate(source.asOf)}` : '',
  source.state === 'COMPLETE' ? '' : (source.contact ?? ''),
]

const involvementRow = (one: NonNullable<ChildView['involvements']>[number]): string[] => [
  one.service,
  inWords(one.kind),
  one.concerning === 'CHILD' ? '' : `for ${inWords(one.concerning).toLowerCase()}`,
  one.professional ?? '',
  one.contact ?? '',
  one.la ?? '',
]

type Counted = z.infer<typeof counted>

const missing = ({ missing: { total, reported, unreported, overnight, byForce } }: ChildView): string => {
  const forces = (byForce ?? []).map(({ force, count: one }) => `${force} ${number(one)}`).join(', ')
  return [
    `  Episodes: ${number(total)}. Reported: ${number(reported)}${forces ? ` (${forces})` : ''}. Not reported to any force: ${number(unreported)}. Over a night: ${number(overnight)}.`,
    ...lacking(total, reported, unreported, overnight),
  ].join('\n')
}

const restraint = ({ restrictivePractice: { total, bySetting, byTechnique } }: ChildView): string => {
  const list = (rows: typeof bySetting) =>
    (rows ?? []).map(({ name, count: one }) => `${inWords(name)} ${number(one)}`).join(', ')
  const named = [list(bySetting), list(byTechnique)].filter(Boolean).join('; ')
  return [`  Incidents: ${number(total)}${named ? `: ${named}` : ''}.`, ...lacking(total)].join('\n')
}

/** A number is never printed without saying that it is a part. */
const number = ({ value, completeness }: Counted): string => {
  if (value === null) return completeness === 'UNAVAILABLE' ? 'no answer' : inWords(completeness).toLowerCase()
  return completeness === 'WHOLE' ? String(value) : `at least ${value}`
}

const lacking = (...counts: readonly Counted[]): string[] => {
  const parts = counts.flatMap(({ without }) =>
    without.map(({ agency, label, state }) => `${inWords(agency)} (${inWords(label ?? state).toLowerCase()})`),
  )
  return parts.length > 0 ? [`  Without: ${[...new Set(parts)].join(', ')}.`] : []
}

const eventRow = (event: NonNullable<ChildView['chronology']['events']>[number]): string[] => [
  longDate(event.eventAt),
  inWords(event.provenance.agency),
  event.headline,
]

const withheldRow = (one: ChildView['withheld'][number]): string[] => [
  inWords(one.controller),
  one.reason,
  one.categories
    .map(({ category, level }) => `${inWords(category)}${level === 'CONTENT' ? ' (content)' : ''}`)
    .join(', '),
  one.contact ?? '',
]
