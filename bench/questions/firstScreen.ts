import { alertRules } from '../../src/alerts/rules.ts'
import { type AgencyName, agencies } from '../../src/foundation/agencies.ts'
import { mergeNeeds } from '../../src/records/mergeNeeds.ts'
import type { SourceContract } from '../../src/sources/contract.ts'
import type { Layouts, Shape } from '../questionShape.ts'
import type { Question } from './question.ts'

/**
 * Every list that the rules or the chronology read, with the fields that they read of it and that are stored: what
 * whoever answers the same without the gateway has to read.
 */
export function firstScreenShape(layouts: Layouts, contracts: Readonly<Record<AgencyName, SourceContract>>): Shape {
  const needs: Readonly<Record<string, Readonly<Record<string, readonly string[]>> | undefined>> = mergeNeeds(
    ...alertRules.map((rule) => rule.needs),
  )
  const listsOf = (agency: AgencyName): readonly (readonly [string, readonly string[]])[] =>
    [...layouts[agency].lists].flatMap(([list, { columns }]) => {
      const asked = [...(needs[agency]?.[list] ?? []), ...(contracts[agency].lists[list]?.chronology?.fields ?? [])]
      if (asked.length === 0) return []
      return [[list, ['id', 'eventAt', ...new Set(asked.filter((field) => columns.has(field)))]]]
    })
  return Object.fromEntries(agencies.map((agency) => [agency, Object.fromEntries(listsOf(agency))]))
}

/** What whoever opens a child looks at first. */
export const firstScreen: Question = {
  name: 'q1',
  title: 'The first screen of a child: status, sources, involvements, alerts, gaps, fifty events',
  query: `query Q6($id: ID!) { child(id: $id) {
    id status { level responsibleLa areaLa missingNow leadProfessional }
    sources { agency state asOf recordCount }
    involvements { id kind service professional contact from to }
    alerts { id code since explanation }
    alertsNotJudged { code }
    gaps { kind area ask }
    chronology(first: 50) { events { id eventAt headline action recordType } pageInfo { endCursor hasNextPage } }
  } }`,
  connections: 8,
  variables: ({ children }) => children.map((id) => ({ id })),
  shape: null,
}
