import type { Answers, AuthorisedChild, RequestContext } from '../disclosure/context.ts'
import type { AgencyName } from '../foundation/agencies.ts'
import type { Registry } from '../foundation/registry.ts'
import { permits } from '../policy/grant.ts'
import { bitOf, type Label } from '../policy/labels.ts'
import type { Row, SourceContract } from '../sources/contract.ts'
import { disclosureOf, neverWritten } from './disclosure.ts'
import type { Contribution, SupplierContent, TransferHead, WithheldEntry } from './types.ts'

/** What every section is filled from: the agencies' answers under the receiving authority's grants, and nothing else. */
export interface SectionInput {
  readonly transfer: TransferHead
  readonly child: Pick<AuthorisedChild, 'id' | 'asOf' | 'facts' | 'grants'>
  readonly answers: Answers
  readonly contracts: RequestContext['contracts']
  readonly registry: Registry
  readonly contributions: readonly Contribution[]
  /** ISO 8601. */
  readonly now: string
}

/** What a section is told besides: it is computed first. */
export interface FilledInput extends SectionInput {
  readonly suppliers: readonly SupplierContent[]
}

/** The key under which a source answers a list; a nested list, `plans.actions` here, has the name that its contract gives it. */
export const listKey = (contract: SourceContract, list: string): string | null => {
  const [parent, nested] = list.split('.')
  if (nested === undefined) return list
  const found = Object.entries(contract.lists).find(
    ([, { parent: under }]) => under?.list === parent && under?.field === nested,
  )
  return found?.[0] ?? null
}

const carries = (row: Row): boolean => {
  const { sensitivity } = row
  return !(Array.isArray(sensitivity) && sensitivity.some((label) => neverWritten.has(String(label))))
}

const byDateThenId = (a: Row, b: Row): number => {
  const one = `${a['eventAt'] ?? ''} ${a.id}`
  const two = `${b['eventAt'] ?? ''} ${b.id}`
  return one < two ? -1 : one > two ? 1 : 0
}

/** Rows of a list that may be written into the record, in a fixed order. Empty when the agency did not answer. */
export const rowsOf = (input: SectionInput, agency: AgencyName, list: string): readonly Row[] => {
  const answer = input.answers[agency]
  const key = listKey(input.contracts[agency], list)
  if (answer.state !== 'ANSWERED' || key === null) return []
  return answer.records.rows(key).filter(carries).toSorted(byDateThenId)
}

/** Whether the agency answered at all. */
export const answered = (input: SectionInput, agency: AgencyName): boolean => input.answers[agency].state === 'ANSWERED'

/** Whether the recipient may know that records of this list exist. */
export const mayKnow = (input: SectionInput, agency: AgencyName, list: string): boolean => {
  const disclosure = disclosureOf(input.contracts[agency], list)
  return disclosure !== undefined && permits(input.child.grants[agency], bitOf(disclosure.label), disclosure.existence)
}

/** What is withheld of a label, as the recipient's grant says. Independent of every row, so it tells nothing of hidden ones. */
export const withheldOf = (input: SectionInput, agency: AgencyName, label: Label): WithheldEntry | null => {
  const entry = input.child.grants[agency].withheld.find((withheld) => withheld.label === label)
  if (entry === undefined || neverWritten.has(label)) return null
  const { agency: controller, contact } = input.contracts[agency]
  const { reason, level, requestable } = entry
  return { reason, category: label, level, controller, contact, requestable }
}
